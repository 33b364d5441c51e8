"""Operations on audiences of Fin."""

from __future__ import annotations

from typing import ClassVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import CAPABILITIES, Kind, LiveAudience

from .operation import Action, FieldChange, Operation, Rank, field_of, reverse_update

_API = CAPABILITIES["audience"]
_RULE = frozenset({"rule", "meaning"})


def attributes_of(audience: LiveAudience | None) -> frozenset[str]:
    """The custom attributes that a live audience's filters name."""
    return (
        frozenset(_bare(predicate.attribute) for predicate in audience.predicates)
        if audience
        else frozenset()
    )


def _bare(attribute: str) -> str:
    return attribute.removeprefix("company.").removeprefix("custom_attributes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceOperation(Operation):
    kind: ClassVar[Kind] = "audience"

    @property
    def attributes_read(self) -> frozenset[str]:
        return frozenset(_bare(predicate["attribute"]) for predicate in self.after.get("predicates") or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAudience(AudienceOperation):
    action: ClassVar[Action] = "create"
    rank: ClassVar[Rank] = Rank.WRITE_AUDIENCE
    takes: ClassVar[frozenset[str]] = _API.create
    requires: ClassVar[frozenset[str]] = frozenset({"name"})

    @property
    def needs_rule(self) -> bool:
        return True

    def reverse(self) -> DeleteAudience:
        return DeleteAudience(
            name=self.name, fields=(FieldChange(path="name", before=self.name, after=None),)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAudience(AudienceOperation):
    """New filters, a new name, or both; `name` is the one it has now."""

    action: ClassVar[Action] = "update"
    rank: ClassVar[Rank] = Rank.WRITE_AUDIENCE
    takes: ClassVar[frozenset[str]] = _API.change
    of_live: ClassVar[bool] = True

    @property
    def frees_attributes(self) -> bool:
        """New filters read active attributes only."""
        return field_of(self.fields, "predicates") is not None

    @property
    def needs_rule(self) -> bool:
        return self.frees_attributes

    def reverse(self) -> UpdateAudience:
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAudience(AudienceOperation):
    """There is no way back: the operation does not hold the filters that the audience had."""

    action: ClassVar[Action] = "delete"
    rank: ClassVar[Rank] = Rank.DELETE
    takes: ClassVar[frozenset[str]] = frozenset({"name"})
    of_live: ClassVar[bool] = True
    destructive: ClassVar[bool] = True

    @property
    def frees_attributes(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualAudienceOperation(AudienceOperation):
    action: ClassVar[Action] = "manual"
    rank: ClassVar[Rank] = Rank.MANUAL
    takes: ClassVar[frozenset[str]] = _RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildAudience(ManualAudienceOperation):
    """By hand, where an audience made through the API cannot express the rule."""

    @property
    def fits_class(self) -> bool:
        return self.live_id is None

    @property
    def needs_rule(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildAudience(ManualAudienceOperation):
    """By hand: the filters of an audience that is there, since its rule changed."""

    @property
    def fits_class(self) -> bool:
        rule = field_of(self.fields, "rule")
        return self.live_id is not None and rule is not None and rule.before is not None

    @property
    def frees_attributes(self) -> bool:
        return True

    @property
    def needs_rule(self) -> bool:
        return True

    def reverse(self) -> RebuildAudience:
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireAudience(ManualAudienceOperation):
    """By hand: a person deletes the audience or keeps it, since it may be somebody else's."""

    @property
    def frees_attributes(self) -> bool:
        return True
