"""What a rule says as a key, to tell a change of it from another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.model import DataType, Field, Predicate, event_key
from intercom_iac.model.days import day_range
from intercom_iac.model.folding import fold
from intercom_iac.model.predicate import (
    And,
    Compares,
    DayTest,
    InSegment,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
)
from intercom_iac.rules.normal import complement, normal_form, split_list


def written_key(rule: Predicate) -> Any:
    """The rule as it was written, but for spelling: a segment it refers to by its key, an event by `event_key`."""
    return _plain(rule)


def semantic_key(rule: Predicate, *, open_segments: bool = True) -> Any:
    """Equal for rules that are sure to select the same people.

    Parts count in any order and each once, `not` wherever it stands, lists as what they list, days and whole numbers
    by what they let pass. A segment that the rule refers to counts as its rule where `open_segments`, else by its
    key.
    """
    return _key(normal_form(rule, open_segments=open_segments))


def _key(rule: Predicate) -> Any:
    """The key of a rule in normal form."""
    match rule:
        case And(parts=parts):
            return _chain("and", map(_key, parts))
        case Or(parts=parts):
            return _chain("or", map(_key, parts))
        case Not(part=part):
            return _complement_key(_key(part))
        case OneOf():
            return _key(split_list(rule))
        case SomeCompany(rule=inner):
            return _company(_key(normal_form(inner)))
        case Occurrences():
            return _occurrences(rule)
        case Compares(field=field, comparison=comparison, value=value) if _has_no_fraction(field):
            bound = int(value) + {">": 1, "<": -1}.get(comparison, 0)
            return "Compares", _plain(field), comparison[0], bound
        case Matches(field=field, operator=operator, text=text):
            return "Matches", _plain(field), operator, fold(text)
        case OnDay(field=field, test=test):
            return "OnDay", _plain(field), _days(test)
        case OccurrenceDay(event=event, which=which, test=test, where=where):
            return "OccurrenceDay", event_key(event), which, _days(test), _where_key(where)
        case _:
            return _plain(rule)


def _company(key: Any) -> Any:
    """Some company is one thing or another where some company is the one, or some company is the other."""
    return _chain("or", map(_company, key[1])) if key[0] == "or" else ("company", key)


def _occurrences(test: Occurrences) -> Any:
    """How often is never unknown: a count is at least so many, exactly so many, or the complement of that."""
    match test.comparison, test.count:
        case "<" | "<=" | "!=", _:
            return _complement_key(_key(complement(test)))
        case "=", 0:
            return _complement_key(_key(replace(test, comparison=">=", count=1)))
        case ">", count:
            return _key(replace(test, comparison=">=", count=count + 1))
        case comparison, count:
            window = None if test.window is None else _days(test.window)
            return "event", event_key(test.event), _where_key(test.where), comparison, count, window


def _where_key(where: Predicate | None) -> Any:
    return None if where is None else semantic_key(where)


def _has_no_fraction(field: Field) -> bool:
    """Whether all its values are whole: metadata is sent as anybody likes, and may have a fraction."""
    return field.type is DataType.INTEGER and field.owner != "event"


def _days(test: DayTest) -> Any:
    """The days that pass, counted from today or by the calendar."""
    days = day_range(test)
    return "never" if days.is_empty else (days.origin, days.first, days.last)


def _complement_key(key: Any) -> Any:
    """The key of the complement."""
    match key:
        case ("and" | "or" as kind, parts):
            return _chain("or" if kind == "and" else "and", map(_complement_key, parts))
        case ("not", part):
            return part
        case _:
            return "not", key


def _chain(kind: str, parts: Iterable[Any]) -> Any:
    """All or any of the parts, each once; those of a chain of the same kind among them."""
    flat: set[Any] = set()
    for part in parts:
        flat |= part[1] if part[0] == kind else {part}
    return flat.pop() if len(flat) == 1 else (kind, frozenset(flat))


def _plain(value: Any) -> Any:
    if isinstance(value, Field):
        return value.owner, value.name
    if isinstance(value, InSegment):
        return "segment", value.segment
    if isinstance(value, (Occurrences, OccurrenceDay)) and value.event != event_key(value.event):
        return _plain(replace(value, event=event_key(value.event)))
    if is_dataclass(value) and not isinstance(value, type):
        inner = (_plain(getattr(value, field.name)) for field in fields(value) if field.name != "span")
        return type(value).__name__, *inner
    if isinstance(value, tuple):
        return tuple(map(_plain, cast("tuple[Any, ...]", value)))
    return value
