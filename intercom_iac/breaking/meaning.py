"""What a rule says, to tell a change of it from another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, cast

from intercom_iac.model import DataType, Field, Predicate, event_key
from intercom_iac.model.days import passing_days
from intercom_iac.model.folding import fold
from intercom_iac.model.predicate import (
    And,
    Calendar,
    Compares,
    DayTest,
    Equals,
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

# A day from which tests count days: far from the ends of the calendar, so that no bound falls off them.
_SOME_DAY = date(5000, 1, 1)
# Comparisons as one of two, the count or number it is made with, and whether that or its complement holds.
_COUNTS = {
    ">=": (">=", 0, True),
    ">": (">=", 1, True),
    "<": (">=", 0, False),
    "<=": (">=", 1, False),
    "=": ("=", 0, True),
    "!=": ("=", 0, False),
}


def said(rule: Predicate) -> Any:
    """The rule as it was written, but for spelling; a segment it refers to by its key alone, an event as Intercom
    tells it from others."""
    return _plain(rule)


def meaning(rule: Predicate, *, opened: bool = True, holds: bool = True) -> Any:
    """Equal for rules that are sure to select the same people: parts in any order and each once, `not` wherever it
    stands, lists as what they list, days and whole numbers by what they let pass.

    A segment that the rule refers to counts as its rule where `opened`, else as whatever it is. `holds` False is the
    complement.
    """
    return _Meaning(opened=opened).normal_form(rule, holds)


class _Meaning:
    """`whole` says that an integer has no fraction: metadata is sent as anybody likes, and may have one."""

    def __init__(self, *, opened: bool, whole: bool = True) -> None:
        self.opened = opened
        self.whole = whole

    def normal_form(self, rule: Predicate, holds: bool) -> Any:
        match rule:
            case And(parts=parts) | Or(parts=parts):
                kind = "and" if isinstance(rule, And) == holds else "or"
                return _chain(kind, (self.normal_form(each, holds) for each in parts))
            case Not(part=part):
                return self.normal_form(part, not holds)
            case InSegment(rule=inner) if self.opened:
                return self.normal_form(inner, holds)
            case OneOf(field=field, values=values):
                # Any of a list is one or the other.
                return _chain(
                    "or" if holds else "and",
                    (self.normal_form(Equals(field, value), holds) for value in values),
                )
            case SomeCompany(rule=inner):
                return self._company(self.normal_form(inner, True), holds)
            case Occurrences():
                return self._occurrences(rule, holds)
            case _:
                return _held(self._test(rule), holds)

    def _company(self, inner: Any, holds: bool) -> Any:
        """Some company that is one thing or another: some company that is the one, or some that is the other."""
        if inner[0] == "or":
            return _chain("or" if holds else "and", (self._company(each, holds) for each in inner[1]))
        return _held(("company", inner), holds)

    def _occurrences(self, rule: Occurrences, holds: bool) -> Any:
        """How often is never unknown, so that the complement of a comparison is the opposite one."""
        comparison, more, positive = _COUNTS[rule.comparison]
        window = None if rule.window is None else _days(rule.window)
        count = rule.count + more
        if comparison == "=" and count == 0:
            comparison, count, positive = ">=", 1, not positive
        test = ("event", event_key(rule.event), self._where(rule.where), comparison, count, window)
        return _held(test, holds == positive)

    def _where(self, where: Predicate | None) -> Any:
        return None if where is None else _Meaning(opened=self.opened, whole=False).normal_form(where, True)

    def _test(self, rule: Predicate) -> Any:
        """What a single test says, and the rule inside it by its meaning."""
        match rule:
            case Compares(field=field, comparison=comparison, value=value) if self.whole and _is_whole(field):
                bound = int(value) + {">": 1, "<": -1}.get(comparison, 0)
                return "Compares", _named(field), comparison[0], bound
            case Matches(field=field, operator=operator, text=text):
                return "Matches", _named(field), operator, fold(text)
            case OnDay(field=field, test=test):
                return "OnDay", _named(field), _days(test)
            case OccurrenceDay(event=event, which=which, test=test, where=where):
                return "OccurrenceDay", event_key(event), which, _days(test), self._where(where)
            case _:
                return _plain(rule)


def _named(field: Field) -> tuple[str, str]:
    return field.owner, field.name


def _is_whole(field: Field) -> bool:
    return field.type is DataType.INTEGER


def _days(test: DayTest) -> Any:
    """The days that pass, counted from today or by the calendar."""
    first, last = passing_days(test, _SOME_DAY)
    if first is not None and last is not None and first > last:
        return "never"
    if isinstance(test, Calendar):
        return "calendar", first, last
    return "from today", *(None if each is None else (each - _SOME_DAY).days for each in (first, last))


def _held(test: Any, holds: bool) -> Any:
    return test if holds else ("not", test)


def _chain(kind: str, parts: Iterable[Any]) -> Any:
    """All or any of the parts, each once; those of a chain of the same kind among them."""
    flat: set[Any] = set()
    for part in parts:
        flat |= part[1] if part[0] == kind else {part}
    return flat.pop() if len(flat) == 1 else (kind, frozenset(flat))


def _plain(value: Any) -> Any:
    if isinstance(value, Field):
        return _named(value)
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
