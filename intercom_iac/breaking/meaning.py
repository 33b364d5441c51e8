"""What a rule says, to tell a change of it from another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.model import Field, Predicate, event_key
from intercom_iac.model.predicate import (
    And,
    Equals,
    InSegment,
    Not,
    OccurrenceDay,
    Occurrences,
    OneOf,
    Or,
    SomeCompany,
)


def said(rule: Predicate) -> Any:
    """The rule as it was written, but for spelling; a segment it refers to by its key alone, an event as Intercom
    tells it from others."""
    return _plain(rule)


def meaning(rule: Predicate, *, opened: bool = True, holds: bool = True) -> Any:
    """Equal for rules that are sure to select the same people: parts in any order, `not` wherever it stands.

    A segment that the rule refers to counts as its rule where `opened`, else as whatever it is. `holds` False is the
    complement.
    """
    match rule:
        case And(parts=parts) | Or(parts=parts):
            kind = "and" if isinstance(rule, And) == holds else "or"
            return _chain(kind, (meaning(each, opened=opened, holds=holds) for each in parts))
        case Not(part=part):
            return meaning(part, opened=opened, holds=not holds)
        case InSegment(rule=inner) if opened:
            return meaning(inner, opened=opened, holds=holds)
        case _:
            test = _test(rule, opened=opened)
            return test if holds else ("not", test)


def _test(rule: Predicate, *, opened: bool) -> Any:
    """What a single test says, and the rule inside it by its meaning."""
    match rule:
        case OneOf(field=field, values=values):
            distinct = frozenset(values)
            return (
                ("OneOf", field.address, distinct) if len(distinct) > 1 else _plain(Equals(field, values[0]))
            )
        case SomeCompany(rule=inner):
            return "company", meaning(inner, opened=opened)
        case Occurrences(where=where) | OccurrenceDay(where=where) if where is not None:
            return "event", _plain(replace(rule, where=None)), meaning(where, opened=opened)
        case _:
            return _plain(rule)


def _chain(kind: str, parts: Iterable[Any]) -> Any:
    """All or any of the parts, each once; those of a chain of the same kind among them."""
    flat: set[Any] = set()
    for each in parts:
        flat |= each[1] if each[0] == kind else {each}
    return flat.pop() if len(flat) == 1 else (kind, frozenset(flat))


def _plain(value: Any) -> Any:
    if isinstance(value, Field):
        return value.address
    if isinstance(value, InSegment):
        return "segment", value.segment
    if isinstance(value, (Occurrences, OccurrenceDay)) and value.event != event_key(value.event):
        return _plain(replace(value, event=event_key(value.event)))
    if is_dataclass(value) and not isinstance(value, type):
        inner = (_plain(getattr(value, each.name)) for each in fields(value) if each.name != "span")
        return type(value).__name__, *inner
    if isinstance(value, tuple):
        return tuple(map(_plain, cast("tuple[Any, ...]", value)))
    return value
