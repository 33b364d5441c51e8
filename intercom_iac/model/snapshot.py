"""What the workspace holds at one moment, in the vocabulary of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass

from .address import ModelName, attribute_address
from .attribute import DataType


@dataclass(frozen=True, slots=True)
class Identity:
    """Which workspace answered `GET /me`. `timezone` (IANA) decides where a calendar day begins."""

    app_id: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class History:
    """What Intercom tells of when and by whom a thing was made; no part of what it is, so no plan rests on it.

    Times are Unix seconds. `admin_id` is the teammate who created an attribute; nothing tells who changed one
    (API 2.16 description, data attributes). Each is None where the answer does not say.
    """

    created_at: int | None = None
    updated_at: int | None = None
    admin_id: str | None = None


@dataclass(frozen=True, slots=True)
class LiveAttribute:
    """A custom attribute as the workspace has it. A list reads as type `options`. `id` is for updates."""

    id: int
    model: ModelName
    name: str
    type: DataType
    options: tuple[str, ...] = ()
    description: str = ""
    messenger_writable: bool = False
    archived: bool = False
    history: History = field(default=History(), compare=False)

    @property
    def address(self) -> str:
        return attribute_address(self.model, self.name)


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A segment built in Intercom's screens; its rule is never returned.

    `person_type` is `user` or `contact`. `count` is of its people, where it was asked for; it can lag the rule.
    """

    id: str
    name: str
    history: History = field(default=History(), compare=False)
    person_type: str | None = field(default=None, compare=False)
    count: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AudiencePredicate:
    """One filter of an audience, all strings (API 2.16 description, audiences)."""

    attribute: str
    type: str
    comparison: str
    value: str

    def as_json(self) -> dict[str, str]:
        return {
            "attribute": self.attribute,
            "type": self.type,
            "comparison": self.comparison,
            "value": self.value,
        }


@dataclass(frozen=True, slots=True)
class LiveAudience:
    """An audience of Fin: `predicates` all hold, and the contact has one of the roles."""

    id: str
    name: str
    predicates: tuple[AudiencePredicate, ...] = ()
    role_predicates: tuple[AudiencePredicate, ...] = ()
    history: History = field(default=History(), compare=False)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a plan compares with.

    `attributes` are the custom ones, archived ones included. `events` are the names the registrar contact has
    sent, as Intercom spells them: the readable registry of what has been registered. `tags` maps name to id.
    `has_registrar`: that contact is there already.
    """

    identity: Identity
    attributes: tuple[LiveAttribute, ...] = ()
    events: tuple[str, ...] = ()
    segments: tuple[LiveSegment, ...] = ()
    audiences: tuple[LiveAudience, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    has_registrar: bool = True
