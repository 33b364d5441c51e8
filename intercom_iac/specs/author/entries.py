"""Entries to write: attributes, events and segments in the keys of the format."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, Event, MetadataKey, Segment
from intercom_iac.yaml.nodes import Path
from intercom_iac.yaml.shapes import Shape, keys_of

from ..load.entries import AttributeEntry, EventEntry, MetadataEntry, SegmentEntry

# The field of the model, where a key of an entry is no name that Python takes.
FIELD_OF_KEY: Mapping[str, str] = {"from": "source"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a spec file: its path, such as `("attributes", "contact", "plan_type")`, and its keys.

    `data` is what the file shall say, so a `${NAME}` in it is a variable; `literal_text` is for text that is none.
    `comment` are the lines of a comment above it, without `#`.
    """

    path: Path
    data: Mapping[str, Any]
    comment: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        section, *names = map(str, self.path)
        return ".".join((section.removesuffix("s"), *names))

    @property
    def section(self) -> Path:
        return self.path[:-1]

    @property
    def name(self) -> str:
        return str(self.path[-1])


def attribute_entry(attribute: Attribute) -> Entry:
    """The entry that declares an attribute. Keys that say what holds without them are left out."""
    return Entry(("attributes", attribute.model, attribute.name), _entry_data(attribute, AttributeEntry))


def event_entry(event: Event) -> Entry:
    """The entry that declares an event."""
    return Entry(("events", event.name), _entry_data(event, EventEntry))


def segment_entry(segment: Segment) -> Entry:
    """The entry that declares a segment. A name that is the key is left out."""
    data = _entry_data(segment, SegmentEntry)
    if segment.name == segment.key:
        data.pop("name", None)
    return Entry(("segments", segment.key), data)


def literal_text(text: str) -> str:
    """A text as a spec file has it where nothing in it is a variable."""
    return text.replace("${", "$${")


def _entry_data(declared: Attribute | Event | Segment | MetadataKey, shape: type[Shape]) -> dict[str, Any]:
    """The keys of a shape that a declared thing has, but for those at their defaults."""
    data: dict[str, Any] = {}
    for key, field in keys_of(shape).items():
        value = _plain(getattr(declared, FIELD_OF_KEY.get(key, key), None))
        if value not in (None, [], {}) and value != field.default:
            data[key] = value
    return data


def _plain(value: Any) -> Any:
    """A value of the model as the format writes it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return literal_text(value)
    if not isinstance(value, tuple):
        return value
    items = cast("tuple[Any, ...]", value)
    if items and isinstance(items[0], MetadataKey):
        return {key.name: _entry_data(key, MetadataEntry) for key in items}
    if items and isinstance(items[0], tuple):
        # Labels: one value stands for itself, several in a list.
        labels = cast("tuple[tuple[str, tuple[str, ...]], ...]", items)
        return {name: _plain(values[0]) if len(values) == 1 else _plain(values) for name, values in labels}
    return [_plain(item) for item in items]
