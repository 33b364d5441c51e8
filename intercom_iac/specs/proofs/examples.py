"""People who may satisfy a rule, made up of what its tests ask for, without a search.

Whether they do is for `rules.meaning` to say. Most clauses of most rules can be satisfied, and it takes much less to
show that by an example than to decide it. What an example has is what the world of proofs takes for granted: options
that are declared, whole numbers, counts that are not negative, texts of no more than 255 characters, and nothing of
the past in the future.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any, TypeVar, cast

from intercom_iac.model import DataType, Field, Person, Predicate, day_start
from intercom_iac.model.days import day_range
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import (
    And,
    Between,
    Compares,
    Equals,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    PlainDayTest,
    SomeCompany,
    Tagged,
    complementary,
)
from intercom_iac.model.standard import is_count, is_never_future

_HALF_DAY = 43_200
_FEW = 20
_FAR = 1_000_000
_Object = dict[str, Any]
_Value = TypeVar("_Value")


def blank_person() -> Person:
    """A contact of whom nothing is known."""
    return Person({"type": "contact", "role": "user"})


def examples_of(rule: Predicate, today: date, zone: tzinfo) -> Iterator[Person]:
    """People who may satisfy the rule, none where it asks for what is not made up here.

    They are as different as that goes: where several tests ask for the same value, the first of them gives it, then
    the last, and where a number may be large, it is.
    """
    first = _Example(today, zone, backwards=False)
    if (person := first.person(rule)) is None:
        return
    yield person
    if first.has_choice and (other := _Example(today, zone, backwards=True).person(rule)) is not None:
        yield other


class _Example:
    def __init__(self, today: date, zone: tzinfo, *, backwards: bool) -> None:
        self._today = today
        self._zone = zone
        self._backwards = backwards
        # Whether another value than the one that was given might do.
        self.has_choice = False
        self._contact: _Object = {"type": "contact", "role": "user"}
        self._companies: list[_Object] = []
        self._events: list[_Object] = []

    def person(self, rule: Predicate) -> Person | None:
        if not self._fill(rule, self._contact):
            return None
        return Person(self._contact, tuple(self._companies), tuple(self._events))

    def _fill(self, rule: Predicate, owner: _Object, *, holds: bool = True) -> bool:
        """Gives the contact, company or occurrence what it takes that a rule holds, or does not; False where that is
        not known."""
        match rule:
            case And(parts=parts) | Or(parts=parts):
                ordered = parts[::-1] if self._backwards else parts
                if isinstance(rule, And) is not holds:
                    self.has_choice = True
                    ordered = ordered[:1]
                return all(self._fill(part, owner, holds=holds) for part in ordered)
            case Not(part=part):
                return self._fill(part, owner, holds=not holds)
            case InSegment(rule=inner):
                return self._fill(inner, owner, holds=holds)
            case _ if holds:
                return self._meet(rule, owner)
            case Compares():
                self.has_choice = True
                other = replace(rule, comparison=complementary(rule.comparison))
                return not self._backwards or self._give(other, owner)
            case OnDay(field=field, test=days) if isinstance(days, PlainDayTest):
                self.has_choice = True
                return not self._backwards or self._give_other_day(field, days, owner)
            case _:
                # What has no value fails most tests.
                return True

    def _meet(self, test: Predicate, owner: _Object) -> bool:
        match test:
            case SomeCompany(rule=inner):
                company: _Object = {"type": "company"}
                self._companies.append(company)
                return self._fill(inner, company)
            case Occurrences():
                return self._happen(test)
            case Tagged(tag=tag):
                return self._tag(owner, tag)
            case _:
                return self._give(test, owner)

    def _give(self, test: Predicate, owner: _Object) -> bool:
        match test:
            case Equals(field=field, value=value):
                return self._put(owner, field, value)
            case OneOf(field=field, values=values):
                return self._put(owner, field, self._either(values[0], values[-1]))
            case Matches(field=field, text=text) if field.type is DataType.STRING:
                return self._put(owner, field, text)
            case Compares(field=field, comparison=comparison, value=value):
                self.has_choice = True
                step = _FAR if self._backwards else 1 if comparison in (">", "<") else 0
                number = value + (step if comparison in (">", ">=") else -step)
                return self._put(owner, field, max(number, 0) if is_count(field) else number)
            case Between(field=field, first=first, last=last):
                return self._put(owner, field, self._either(first, last))
            case IsTrue(field=field):
                return self._put(owner, field, True)
            case IsKnown(field=field) if (value := _any_value(field)) is not None:
                return self._put(owner, field, value)
            case OnDay(field=field, test=days) if isinstance(days, PlainDayTest):
                day = self._day(days, past=is_never_future(field))
                return day is not None and self._put(owner, field, self._noon(day))
            case _:
                return False

    def _give_other_day(self, field: Field, test: PlainDayTest, owner: _Object) -> bool:
        """A day beside those of a test."""
        for days in day_range(test).complement():
            first, last = days.on(self._today)
            day = first or last
            if day is not None and not (is_never_future(field) and day > self._today):
                return self._put(owner, field, self._noon(day))
        return True

    def _tag(self, owner: _Object, name: str) -> bool:
        tags = owner.setdefault("tags", {"type": "list", "data": []})
        tags["data"].append({"type": "tag", "name": name})
        return True

    def _happen(self, test: Occurrences) -> bool:
        count = test.count + (test.comparison == ">")
        if test.comparison not in (">=", ">", "=") or not 0 <= count <= _FEW:
            # None happened, which is few.
            return test.comparison in ("<", "<=")
        if test.window is not None and not isinstance(test.window, PlainDayTest):
            return False
        day = self._today if test.window is None else self._day(test.window, past=True)
        if day is None:
            return False
        metadata: _Object = {}
        event = {"event_name": test.event, "created_at": self._noon(day), "metadata": metadata}
        self._events += [event] * count
        return test.where is None or self._fill(test.where, event)

    def _day(self, test: PlainDayTest, *, past: bool) -> date | None:
        first, last = day_range(test).on(self._today)
        if past and (last is None or last > self._today):
            last = self._today
        if first is not None and last is not None and first > last:
            return None
        return self._either(last or first, first or last) or self._today

    def _either(self, one: _Value, other: _Value) -> _Value:
        self.has_choice = self.has_choice or one != other
        return other if self._backwards else one

    def _noon(self, day: date) -> int:
        return day_start(day, self._zone) + _HALF_DAY

    def _put(self, owner: _Object, field: Field, value: Any) -> bool:
        """Gives a value where there is none yet: of several tests, the first is the one that is asked. False for a
        value that nobody has."""
        if not _is_possible(field, value):
            return False
        held = owner
        for key in field.path[:-1]:
            inner = held.setdefault(key, {})
            if not isinstance(inner, dict):
                return False
            held = cast("_Object", inner)
        if field.path[-1] in held:
            self.has_choice = True
        else:
            held[field.path[-1]] = value
        return True


def _is_possible(field: Field, value: Any) -> bool:
    """Whether the world of proofs has the value, as far as it is not declared: counts and the length of texts."""
    if isinstance(value, str):
        return len(value) <= MAX_TEXT_LENGTH
    return not is_count(field) or value >= 0


def _any_value(field: Field) -> Any:
    match field.type:
        case DataType.STRING:
            return "text"
        case DataType.OPTIONS:
            return next(iter(field.options), None)
        case DataType.BOOLEAN:
            return True
        case DataType.DATE:
            return None
        case _:
            return 1
