"""Operations on custom attributes of contacts and companies."""

from __future__ import annotations

from typing import ClassVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import CAPABILITIES, DataType, Kind, ModelName
from intercom_iac.model.capabilities import type_change

from .operation import Action, FieldChange, Operation, Rank, field_of, reverse_update

_API = CAPABILITIES["data_attribute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeOperation(Operation):
    """An operation on an attribute of contacts or companies, its `owner`."""

    owner: ModelName

    kind: ClassVar[Kind] = "data_attribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAttribute(AttributeOperation):
    action: ClassVar[Action] = "create"
    rank: ClassVar[Rank] = Rank.CREATE_ATTRIBUTE
    takes: ClassVar[frozenset[str]] = _API.create
    requires: ClassVar[frozenset[str]] = frozenset({"type"})
    active_attributes: ClassVar[int] = 1

    def reverse(self) -> ArchiveAttribute:
        """Intercom deletes no attribute."""
        archived = FieldChange(path="archived", before=False, after=True)
        return ArchiveAttribute(owner=self.owner, name=self.name, fields=(archived,))


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAttribute(AttributeOperation):
    action: ClassVar[Action] = "update"
    rank: ClassVar[Rank] = Rank.UPDATE_ATTRIBUTE
    takes: ClassVar[frozenset[str]] = _API.change - {"archived"}
    of_live: ClassVar[bool] = True

    def reverse(self) -> UpdateAttribute | None:
        """None where a text became a list: a list does not lose its options."""
        options = field_of(self.fields, "options")
        if (
            options is not None
            and not options.before
            and type_change(DataType.OPTIONS, DataType.STRING) != "api"
        ):
            return None
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreAttribute(AttributeOperation):
    """An archived attribute becomes active; other fields may change in the same call."""

    action: ClassVar[Action] = "restore"
    rank: ClassVar[Rank] = Rank.CREATE_ATTRIBUTE
    takes: ClassVar[frozenset[str]] = _API.change
    requires: ClassVar[frozenset[str]] = frozenset({"archived"})
    of_live: ClassVar[bool] = True
    active_attributes: ClassVar[int] = 1

    def reverse(self) -> ArchiveAttribute:
        """The other fields stay as they came to be: nobody sees them on an archived attribute."""
        archived = FieldChange(path="archived", before=False, after=True)
        return ArchiveAttribute(owner=self.owner, name=self.name, fields=(archived,), live_id=self.live_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAttribute(AttributeOperation):
    action: ClassVar[Action] = "archive"
    rank: ClassVar[Rank] = Rank.ARCHIVE_ATTRIBUTE
    takes: ClassVar[frozenset[str]] = frozenset({"archived"})
    requires: ClassVar[frozenset[str]] = frozenset({"archived"})
    of_live: ClassVar[bool] = True
    destructive: ClassVar[bool] = True
    active_attributes: ClassVar[int] = -1

    def reverse(self) -> RestoreAttribute:
        fields = tuple(field.reverse() for field in self.fields)
        return RestoreAttribute(owner=self.owner, name=self.name, fields=fields, live_id=self.live_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAttributeType(AttributeOperation):
    """By hand, on Intercom's screen: the API changes no types (`type_change`)."""

    action: ClassVar[Action] = "manual"
    rank: ClassVar[Rank] = Rank.MANUAL
    takes: ClassVar[frozenset[str]] = frozenset({"type", "values"})

    @property
    def fits_class(self) -> bool:
        return field_of(self.fields, "values") is None

    def reverse(self) -> ChangeAttributeType:
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyValues(AttributeOperation):
    """By `sync --replace`, or by code of one's own: the values of an old attribute come to be those of this one.

    The field `values` has the names of the two.
    """

    action: ClassVar[Action] = "manual"
    rank: ClassVar[Rank] = Rank.MANUAL
    takes: ClassVar[frozenset[str]] = frozenset({"type", "values"})

    @property
    def fits_class(self) -> bool:
        return field_of(self.fields, "values") is not None
