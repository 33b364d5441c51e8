"""What a rule means: a walk over its tree that asks a person each test, a short function a form.

This is the reference. Every compiler agrees with it on every contact, the fast evaluator (`compilers.python`)
included; the property tests hold them to it. It is written to be read, beside the table of forms in docs/rules.md.

Logic is two-valued: a test of a missing value is false, and `not` is the exact complement. A value whose JSON type
does not fit the field's type is missing, so what no filter could find is not found here either. `contains` and its
kin compare in any case (`model.folding`), `=` letter by letter (help centre article 2410715). Days are calendar days
in the workspace's time zone (API 2.16 description, POST /contacts/search).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, cast

from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.days import calendar_day
from intercom_iac.model.folding import matches
from intercom_iac.model.person import Json, Person, event_key
from intercom_iac.model.predicate import (
    Amount,
    And,
    Away,
    Calendar,
    Compares,
    DayTest,
    Equals,
    FieldTest,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    Predicate,
    SomeCompany,
    Tagged,
    Within,
)

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def satisfies(person: Person, rule: Predicate, *, today: date, zone: tzinfo) -> bool:
    """Whether the person satisfies the rule on this day. For many persons, compile it with `evaluator`."""
    return _Meaning(person, today, zone).holds(rule, person.contact)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Rules asked of one person, or of what belongs to it, on one day."""

    person: Person
    today: date
    zone: tzinfo

    def holds(self, rule: Predicate, subject: Json) -> bool:
        """Whether the subject satisfies the rule: the contact, one of its companies, or an occurrence of an event."""
        match rule:
            case And(parts=parts):
                return all(self.holds(part, subject) for part in parts)
            case Or(parts=parts):
                return any(self.holds(part, subject) for part in parts)
            case Not(part=part):
                return not self.holds(part, subject)
            case InSegment(rule=rule_of_segment):
                return self.holds(rule_of_segment, subject)
            case Tagged(tag=tag):
                return tag in tag_names(subject)
            case SomeCompany(rule=rule_of_company):
                return any(self.holds(rule_of_company, company) for company in self.person.companies)
            case Occurrences():
                return self.count_holds(rule)
            case OccurrenceDay():
                return self.occurrence_day_holds(rule)
            case _:
                value = known_value(subject, rule.field)
                return value is not None and self.value_passes(rule, value)

    # --- tests on a field -----------------------------------------------------------------------------------

    def value_passes(self, test: FieldTest, value: Any) -> bool:
        """Whether a value that is known, and of its field's type, passes the test."""
        match test:
            case IsKnown():
                return True
            case IsTrue():
                return value is True
            case Equals(value=wanted):
                return value == wanted
            case OneOf(values=wanted):
                return value in wanted
            case Matches(operator=text_operator, text=part):
                return matches(text_operator, value, part)
            case Compares(comparison=comparison, value=bound):
                return _COMPARE[comparison](value, bound)
            case OnDay(test=day_test):
                return self.moment_passes(day_test, value)

    # --- tests on events ------------------------------------------------------------------------------------

    def count_holds(self, test: Occurrences) -> bool:
        """A count is never missing: it is 0 where nothing happened."""
        counted = [
            occurrence
            for occurrence in self.occurrences(test.event, test.where)
            if test.window is None or self.happened_on(occurrence, test.window)
        ]
        return _COMPARE[test.comparison](len(counted), test.count)

    def occurrence_day_holds(self, test: OccurrenceDay) -> bool:
        moments = [known_moment(occurrence) for occurrence in self.occurrences(test.event, test.where)]
        known = [moment for moment in moments if moment is not None]
        pick = min if test.which == "first" else max
        return bool(known) and self.moment_passes(test.test, pick(known))

    def occurrences(self, event: str, where: Predicate | None) -> Iterator[Json]:
        """The occurrences of the event whose metadata satisfies `where`."""
        for occurrence in self.person.events:
            if is_named(occurrence, event) and (where is None or self.holds(where, occurrence)):
                yield occurrence

    def happened_on(self, occurrence: Json, window: DayTest) -> bool:
        moment = known_moment(occurrence)
        return moment is not None and self.moment_passes(window, moment)

    # --- days -----------------------------------------------------------------------------------------------

    def moment_passes(self, test: DayTest, moment: float) -> bool:
        """Whether the calendar day of a moment, in unix seconds, passes the test."""
        return day_passes(test, calendar_day(moment, self.zone), self.today)


def day_passes(test: DayTest, day: date, today: date) -> bool:
    """Whether a day passes the test on the day that is today."""
    on, now = day.toordinal(), today.toordinal()
    match test:
        case Within(direction="next", days=n):
            return now <= on <= now + n
        case Within(days=n):
            return now - n <= on <= now
        case Away(amount=amount, days=n, direction="ago"):
            return _passes_ago(amount, on, now, n)
        case Away(amount=amount, days=n):
            return _passes_from_now(amount, on, now, n)
        case Calendar(comparison=comparison, day=other):
            return _COMPARE[comparison](day, other)


def _passes_ago(amount: Amount, on: int, now: int, n: int) -> bool:
    match amount:
        case "more than":
            return on < now - n
        case "at least":
            return on <= now - n
        case "exactly":
            return on == now - n
        case "less than":
            return now - n < on <= now
        case "at most":
            return now - n <= on <= now


def _passes_from_now(amount: Amount, on: int, now: int, n: int) -> bool:
    match amount:
        case "more than":
            return on > now + n
        case "at least":
            return on >= now + n
        case "exactly":
            return on == now + n
        case "less than":
            return now <= on < now + n
        case "at most":
            return now <= on <= now + n


# --- what a subject holds -----------------------------------------------------------------------------------


def known_value(subject: Json, field: Field) -> Any:
    """The subject's value of the field; None where it has none, or one whose JSON type does not fit."""
    value: Any = subject
    for key in field.path:
        value = cast("Json", value).get(key) if isinstance(value, Mapping) else None
    return value if _fits(value, field.type) else None


def is_named(occurrence: Json, event: str) -> bool:
    """Whether it is an occurrence of the event; Intercom takes names in any case for one."""
    name = occurrence.get("event_name")
    return isinstance(name, str) and event_key(name) == event_key(event)


def known_moment(occurrence: Json) -> float | None:
    """When the event occurred, in unix seconds; None where that is not known."""
    moment = occurrence.get("created_at")
    return moment if _fits(moment, DataType.DATE) else None


def _fits(value: Any, type_: DataType) -> bool:
    if type_.is_text:
        return isinstance(value, str)
    if type_ is DataType.BOOLEAN:
        return isinstance(value, bool)
    # JSON has one kind of number; a boolean is none, and neither is NaN, which is not equal to itself.
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def tag_names(subject: Json) -> list[str]:
    """The names of the subject's tags; a tag that is listed by its id alone has none.

    A contact's list is `tags.data`, a company's `tags.tags` (API 2.16 description).
    """
    tags = subject.get("tags")
    held: Json = cast("Json", tags) if isinstance(tags, Mapping) else {}
    listed = held.get("data", held.get("tags"))
    objects = cast("list[Any]", listed) if isinstance(listed, list) else []
    names = [cast("Json", tag).get("name") for tag in objects if isinstance(tag, Mapping)]
    return [name for name in names if isinstance(name, str)]
