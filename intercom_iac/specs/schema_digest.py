"""The digest of what the specs mean, by which a plan says which specs it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, cast

from intercom_iac.model import Attribute, Event, Field, MetadataKey, Schema, Segment, attribute_address
from intercom_iac.model.predicate import InSegment, OccurrenceDay, Occurrences, may_open
from intercom_iac.text import Span

# Fields that version 0.1 put into the digest even at their defaults. A field that came later is left out at its
# default, so that plans which were saved before it still hold: never add to this.
_WRITTEN_AT_DEFAULT: Mapping[type, frozenset[str]] = {
    Attribute: frozenset(
        {"options", "description", "owner", "status", "messenger_writable", "renamed_from", "labels"}
    ),
    Event: frozenset({"description", "metadata", "owner", "status", "renamed_from"}),
    MetadataKey: frozenset({"required", "options", "description"}),
    Segment: frozenset({"publish", "description", "owner", "status", "renamed_from"}),
    Occurrences: frozenset({"where", "comparison", "count", "window"}),
    OccurrenceDay: frozenset({"where"}),
}

_AS_THEY_ARE = frozenset({str, bool, int, float, NoneType})


def digest(schema: Schema) -> str:
    """`sha256:` and 64 hexadecimal digits.

    Equal for specs that say the same: neither the order of entries, nor comments, nor the files they stand in,
    nor how a rule is spelled make a difference; nor does the order of options, which a plan compares as sets.
    """
    canonical = {
        "attributes": {attribute.address: _plain(attribute) for attribute in schema.attributes.values()},
        "events": {event.address: _plain(event) for event in schema.events.values()},
        "segments": {segment.address: _plain_segment(segment) for segment in schema.segments.values()},
    }
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _plain_segment(segment: Segment) -> dict[str, Any]:
    """A segment with its rule, and in it the rules of the segments that are referred to.

    Where these refer to others through very many, which earlier versions did not read, they stand in their own
    entries alone: otherwise each would be there as often as it has others above it.
    """
    rule = segment.predicate
    opens = rule is None or may_open(rule)
    plain = _plain(segment, opens=opens)
    return {**plain, "rule": segment.rule if rule is None else _plain(rule, opens=opens)}


def _plain(value: Any, *, opens: bool = True) -> Any:
    """A value of the model as plain data: places left out, fields of rules by their address; `opens`: with the rules
    of the segments that are referred to."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Field):
        # A metadata key as the digests of saved plans have it: its event stands beside it.
        return attribute_address("contact" if value.owner == "event" else value.owner, value.name)
    if isinstance(value, tuple):
        return [_plain(item, opens=opens) for item in cast("tuple[Any, ...]", value)]
    if isinstance(value, InSegment) and not opens:
        return {"is": "InSegment", "segment": value.segment}
    if is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Any] = {}
        written, field_values = _fields_of(type(value))
        for (name, left_out_at), field_value in zip(written, field_values(value), strict=True):
            if left_out_at is MISSING or field_value != left_out_at:
                plain[name] = (
                    field_value if type(field_value) in _AS_THEY_ARE else _plain(field_value, opens=opens)
                )
        if "metadata" in plain:
            plain["metadata"] = {metadata_key["name"]: metadata_key for metadata_key in plain["metadata"]}
        if "options" in plain:
            plain["options"] = sorted(plain["options"])
        return {"is": type(value).__name__, **plain}
    assert not isinstance(value, (Span, Mapping))
    return value.isoformat() if isinstance(value, date) else value


@cache
def _fields_of(
    owner: type[Any],
) -> tuple[Sequence[tuple[str, Any]], Callable[[Any], tuple[Any, ...]]]:
    """The fields of a class of the model, each with the value at which it is left out, `MISSING` where never; and
    what gives their values."""
    always = {
        name for kind, names in _WRITTEN_AT_DEFAULT.items() if issubclass(owner, kind) for name in names
    }
    written = [
        (field.name, MISSING if field.name in always else field.default)
        for field in fields(owner)
        if field.name != "span"
    ]
    names = [name for name, _ in written]
    if len(names) > 1:
        return written, attrgetter(*names)
    return written, lambda value: tuple(getattr(value, name) for name in names)
