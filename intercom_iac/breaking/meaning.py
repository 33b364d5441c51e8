"""What a rule says as a key, to tell a change of it from another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.model import DataType, Field, Predicate, event_key
from intercom_iac.model.days import day_range, distance_range
from intercom_iac.model.folding import fold
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    ActiveDays,
    Aggregate,
    And,
    Between,
    Compares,
    ComparesFields,
    CountComparison,
    DayTest,
    EventSequence,
    EventTest,
    InIntercomSegment,
    InSegment,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    may_open,
    mirrored,
)
from intercom_iac.rules.normal import complement, normal_form, split_list, split_range


def written_key(rule: Predicate) -> Any:
    """The rule as it was written, but for spelling: a segment it refers to by its key, an event by `event_key`."""
    return _plain(rule)


def semantic_key(rule: Predicate, *, open_segments: bool = True) -> Any:
    """Equal for rules that are sure to select the same people.

    Parts count in any order and each once, `not` wherever it stands, lists as what they list, days and whole numbers
    by what they let pass, two fields against each other in either order. A segment that the rule refers to counts as
    its rule where `open_segments`, else by its key. Of a rule that refers to others through very many, which are not
    opened, nothing is sure.
    """
    if open_segments and not may_open(rule):
        return object()
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
        case Between():
            return _key(split_range(rule))
        case SomeCompany(rule=inner):
            return _company(_key(normal_form(inner)))
        case Compares() | ComparesFields() | Matches() | OnDay():
            return _field_key(rule)
        case Occurrences() | OccurrenceDay() | Aggregate() | ActiveDays() | EventSequence():
            return _event_key(rule)
        case _:
            return _plain(rule)


def _field_key(test: Compares | ComparesFields | Matches | OnDay) -> Any:
    """The key of a test of a field that can be said in other ways."""
    field = _plain(test.field)
    match test:
        case Compares(comparison=comparison, value=value) if _has_no_fraction(test.field):
            bound = int(value) + {">": 1, "<": -1}.get(comparison, 0)
            return "Compares", field, comparison[0], bound
        case Compares(comparison=comparison, value=value):
            return "Compares", field, comparison, value
        case ComparesFields(comparison=comparison, other=other):
            return _compared_fields(field, comparison, _plain(other))
        case Matches(operator=operator, text=text):
            return "Matches", field, operator, fold(text)
        case OnDay(test=day_test):
            return _compared_dates(field, _days(day_test))


def _compared_fields(field: Any, comparison: str, other: Any) -> Any:
    """`f < g` is `g > f`."""
    if other < field:
        return "ComparesFields", other, mirrored(comparison), field
    return "ComparesFields", field, comparison, other


def _compared_dates(field: Any, days: Any) -> Any:
    """`d before e` is `e after d`."""
    match days:
        case ("from", other, first, last) if other < field:
            return "OnDay", other, ("from", field, _negative(last), _negative(first))
        case _:
            return "OnDay", field, days


def _negative(days: int | None) -> int | None:
    return None if days is None else -days


def _event_key(test: EventTest) -> Any:
    """The key of a test of events: what they are called, what it asks of them, which of them count."""
    match test:
        case Occurrences(comparison=comparison, count=count):
            return _counted(test, comparison, count)
        case ActiveDays(comparison=">=", days=1, event=event, where=where, window=window) if (
            window is not None
        ):
            return _key(Occurrences(event, where, window=window))
        case ActiveDays(comparison=comparison, days=days):
            return _counted(test, comparison, days)
        case OccurrenceDay(event=event, which=which, test=day_test, where=where):
            return "OccurrenceDay", event_key(event), which, _days(day_test), _where_key(where)
        case Aggregate(function="sum", comparison="<" | "<="):
            return _complement_key(_key(complement(test)))
        case Aggregate(event=event, function=function, key=key, comparison=comparison, value=value):
            return function, _occurrences(event, test.where, test.window), key.name, comparison, value
        case EventSequence(event=event, then=then, days=days, where=where, then_where=then_where):
            return "then", _occurrences(event, where), _occurrences(then, then_where), days


def _company(key: Any) -> Any:
    """Some company is one thing or another where some company is the one, or some company is the other."""
    return _chain("or", map(_company, key[1])) if key[0] == "or" else ("company", key)


def _counted(test: Occurrences | ActiveDays, comparison: CountComparison, number: int) -> Any:
    """How often is never unknown: a count is at least so many, exactly so many, or the complement of that."""
    match comparison, number:
        case "<" | "<=" | "!=", _:
            return _complement_key(_key(complement(test)))
        case "=", 0:
            return _complement_key(_key(_at_least(test, 1)))
        case ">", _:
            return _key(_at_least(test, number + 1))
        case _:
            return type(test).__name__, _occurrences(test.event, test.where, test.window), comparison, number


def _at_least(test: Occurrences | ActiveDays, number: int) -> Occurrences | ActiveDays:
    if isinstance(test, Occurrences):
        return replace(test, comparison=">=", count=number)
    return replace(test, comparison=">=", days=number)


def _occurrences(event: str, where: Predicate | None, window: DayTest | None = None) -> Any:
    return event_key(event), _where_key(where), None if window is None else _days(window)


def _where_key(where: Predicate | None) -> Any:
    return None if where is None else semantic_key(where)


def _has_no_fraction(field: Field) -> bool:
    """Whether all its values are whole: metadata is sent as anybody likes, and may have a fraction."""
    return field.type is DataType.INTEGER and field.owner != "event"


def _days(test: DayTest) -> Any:
    """The days that pass: counted from today, by the calendar, or from another date."""
    if isinstance(test, FIELD_DAY_TESTS):
        first, last = distance_range(test)
        is_empty = first is not None and last is not None and first > last
        return "never" if is_empty else ("from", _plain(test.other), first, last)
    days = day_range(test)
    return "never" if days.is_empty else days


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
    if isinstance(value, (InSegment, InIntercomSegment)):
        return "segment", value.segment
    if isinstance(value, EVENT_TESTS):
        value = _with_event_keys(value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = (_plain(getattr(value, field.name)) for field in fields(value) if field.name != "span")
        return type(value).__name__, *inner
    if isinstance(value, tuple):
        return tuple(map(_plain, cast("tuple[Any, ...]", value)))
    return value


def _with_event_keys(test: EventTest) -> EventTest:
    if isinstance(test, EventSequence):
        return replace(test, event=event_key(test.event), then=event_key(test.then))
    return replace(test, event=event_key(test.event))
