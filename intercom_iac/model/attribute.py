"""What a rule can name: an attribute of a contact or a company, declared or Intercom's own, or a key of an event."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

from .address import ModelName, attribute_address

Status = Literal["active", "deprecated", "archived"]
Owner = Literal["contact", "company", "event"]
# Each label with its values, both in the order of the alphabet.
Labels = tuple[tuple[str, tuple[str, ...]], ...]


class DataType(StrEnum):
    """The types of a data attribute.

    Intercom returns an attribute with options as `string` plus `options` (API 2.16 description, data
    attributes); here it is a type of its own, since its values are checked.
    """

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    OPTIONS = "options"

    @property
    def is_text(self) -> bool:
        return self in (DataType.STRING, DataType.OPTIONS)

    @property
    def is_number(self) -> bool:
        return self in (DataType.INTEGER, DataType.FLOAT)


@dataclass(frozen=True, slots=True)
class Field:
    """A resolved field: all that a rule's compiler needs to know of it.

    `owner` says what has it: a contact, a company, or an event, whose fields are the keys of its metadata. `name` is
    how a rule calls it (`plan_type`, `location.country`; a company's `plan`). `wire` is its full name in Intercom's
    contact, company or event object (`custom_attributes.plan_type`, `plan.name`, `metadata.total`). `search` is its
    name in contact search, None where search does not take it: only a contact's fields are taken, and not all of
    them. `custom` says that it is a custom attribute, and not one of Intercom's own.
    """

    owner: Owner
    name: str
    type: DataType
    wire: str
    search: str | None
    options: tuple[str, ...] = ()
    custom: bool = True
    status: Status = "active"

    @property
    def address(self) -> str:
        """The address of the attribute. Raises `ValueError` for a metadata key, which stands below its event's."""
        if self.owner == "event":
            raise ValueError(f"the metadata key {self.name!r} has no address of its own")
        return attribute_address(self.owner, self.name)

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to the value in the object of its owner: `("location", "country")`."""
        if self.owner == "event":
            return "metadata", self.name
        return ("custom_attributes", self.name) if self.custom else tuple(self.wire.split("."))


@dataclass(frozen=True, slots=True)
class Replaced:
    """The attribute that another one of the same model takes the place of.

    `convert` maps its values, as text, to the new ones; a value that is not in it converts by the types alone.
    """

    attribute: str
    convert: tuple[tuple[str, str | bool | int | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A custom data attribute as specs declare it.

    `description` None leaves the one in Intercom as it is. `messenger_writable` false means that what the
    Messenger sends for it is ignored; Intercom's own default for attributes made through the API since 2.11.
    `renamed_from` is the name it had: Intercom cannot rename, so the old attribute stays until archived. `labels` say
    what kind of data it is, for the project's policy; Intercom knows nothing of them. `replaces` is a rename with
    other values or another type. `source_name` is what the tracking plan calls it that it was imported from.
    `open_options`: what sends it may send values that are not listed yet. `segment` is the key of the segment that is
    published as it, where it has no entry of its own.
    """

    model: ModelName
    name: str
    type: DataType
    options: tuple[str, ...] = ()
    description: str | None = None
    owner: str | None = None
    status: Status = "active"
    messenger_writable: bool = False
    renamed_from: str | None = None
    span: Span | None = None
    labels: Labels = ()
    replaces: Replaced | None = None
    source_name: str | None = None
    open_options: bool = False
    segment: str | None = None

    @property
    def address(self) -> str:
        return attribute_address(self.model, self.name)

    @property
    def replaced(self) -> Replaced | None:
        """What it takes the place of, unless it is archived; `renamed_from` is the short form of `replaces`."""
        if self.status == "archived":
            return None
        if self.replaces is None and self.renamed_from is not None:
            return Replaced(self.renamed_from)
        return self.replaces

    def field(self) -> Field:
        path = f"custom_attributes.{self.name}"
        return Field(
            self.model,
            self.name,
            self.type,
            wire=path,
            search=path if self.model == "contact" else None,
            options=self.options,
            status=self.status,
        )
