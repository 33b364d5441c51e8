"""The schema of a call's payload: an envelope of `context`, `traits` and `properties`, or the properties themselves.

Segment's older API wraps each rule in an envelope, its newer one some of them; Avo's export does with more parts.
"""

from __future__ import annotations

from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text.lists import brief_list

from ..proposal import NotMapped
from .contents import Content, Steps
from .plain_data import mapping

_PARTS = frozenset(
    {"properties", "traits", "context", "userProperties", "groupProperties", "systemProperties"}
)
_BESIDE = frozenset(
    {
        *("type", "event", "name", "category", "userId", "anonymousId", "groupId", "messageId", "previousId"),
        *("timestamp", "sentAt", "receivedAt", "originalTimestamp", "integrations", "channel", "version"),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a payload: its schema, and where that stands."""

    schema: dict[str, Any]
    steps: Steps

    @property
    def says_something(self) -> bool:
        """Whether it describes any property."""
        return bool(mapping(self.schema.get("properties")) or self.schema.get("required"))


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload's parts by name; where there is no envelope, all of it is its `own` part. `beside` are the fields of
    the call, such as its type, where `steps` lead to them."""

    parts: dict[str, Part]
    own: Part | None = None
    beside: tuple[str, ...] = ()
    steps: Steps = ()

    def part(self, name: str) -> Part:
        """The part, or all of a payload that has no parts."""
        return self.own or self.parts.get(name) or Part({}, ())

    def left_out(self, of: str, used: tuple[str, ...], content: Content) -> tuple[NotMapped, ...]:
        """The parts besides those used that describe something."""
        notes: list[NotMapped] = []
        for name, part in self.parts.items():
            if name not in used and part.says_something:
                members = list(mapping(part.schema.get("properties")))
                holds = f" (holds {brief_list(members)})" if members else ""
                why = "Intercom has no such part of an event"
                notes.append(
                    NotMapped(
                        what=f"`{name}` of {of}{holds}",
                        why=why,
                        place=content.place(part.steps),
                        whose=f"{of}{holds}",
                    )
                )
        if self.beside:
            what, why = f"{brief_list(self.beside)} of {of}", "it is of the call, and no property"
            notes.append(NotMapped(what=what, why=why, place=content.place(self.steps), whose=of))
        return tuple(notes)


def read_payload(schema: Any, steps: Steps) -> Payload:
    """The parts of a rule's schema."""
    shape = mapping(schema)
    members = mapping(shape.get("properties"))
    if not _is_envelope(members):
        return Payload({}, Part(shape, steps))
    parts = {
        name: Part(_as_object(member), (*steps, "properties", name))
        for name, member in members.items()
        if name in _PARTS
    }
    # The name of the event is read for itself.
    beside = tuple(name for name in members if name not in _PARTS and name != "event")
    return Payload(parts, beside=beside, steps=steps)


def _is_envelope(members: dict[str, Any]) -> bool:
    parts = members.keys() & _PARTS
    # A property may be called `context`, too.
    if not parts - {"context"} and members.keys() != {"context"}:
        return False
    return members.keys() <= _PARTS | _BESIDE and all(_is_object(members[name]) for name in parts)


def _is_object(schema: Any) -> bool:
    shape = mapping(schema)
    if not isinstance(schema, dict):
        return False
    type_ = shape.get("type")
    return type_ is None or type_ == "object" or (isinstance(type_, list) and "object" in type_)


def _as_object(schema: Any) -> dict[str, Any]:
    """The schema of an object, where only its properties are written, too."""
    shape = mapping(schema)
    if shape and "properties" not in shape and "type" not in shape and "$ref" not in shape:
        named = all(isinstance(member, dict) for member in shape.values())
        return {"type": "object", "properties": shape} if named else shape
    return shape
