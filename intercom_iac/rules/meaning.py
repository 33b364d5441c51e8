"""What a rule means: a walk over its tree that asks a person each test, a short function a form.

This is the reference. Every compiler agrees with it on every contact, the fast evaluator (`compilers.python`)
included; the property tests hold them to it. It is written to be read, beside the table of forms in docs/rules.md.

Logic is two-valued: a test of a missing value is false, and `not` is the exact complement. A value whose JSON type
does not fit the field's type is missing, so what no filter could find is not found here either. `contains` and its
kin compare in any case (`model.folding`), `=` letter by letter (help centre article 2410715). Days are calendar days
in the workspace's time zone (API 2.16 description, POST /contacts/search).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date, tzinfo
from fractions import Fraction
from typing import Any, cast

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.days import NAMED_DAYS, calendar_day
from intercom_iac.model.folding import matches
from intercom_iac.model.person import Json, Person, event_key
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Amount,
    And,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    DayPoint,
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    FieldTest,
    InIntercomSegment,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    PlainDayTest,
    Predicate,
    SomeCompany,
    Tagged,
    Within,
    in_order_of_references,
)

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_TOTALS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "sum": lambda values: sum(values, Fraction()),
    "average": lambda values: sum(values, Fraction()) / len(values),
    "minimum": min,
    "maximum": max,
}


def satisfies(person: Person, rule: Predicate, *, today: date, zone: tzinfo) -> bool:
    """Whether the person satisfies the rule on this day. For many persons, compile it with `evaluator`.

    Raises `UndecidedRule` where that hangs on a segment that was built in Intercom.
    """
    return _Meaning(person, today, zone).holds(rule, person.contact)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Rules asked of one person, or of what belongs to it, on one day."""

    person: Person
    today: date
    zone: tzinfo
    # Of rules that are referred to, by their identity.
    answers: dict[int, bool | UndecidedRule] = field(default_factory=dict[int, "bool | UndecidedRule"])

    def answer(self, rule: Predicate) -> bool | UndecidedRule:
        """Whether the contact satisfies a rule, or why that cannot be told."""
        try:
            return self.holds(rule, self.person.contact)
        except UndecidedRule as undecided:
            return undecided

    def holds(self, rule: Predicate, subject: Json) -> bool:
        """Whether the subject satisfies the rule: the contact, one of its companies, or an occurrence of an event."""
        match rule:
            case And(parts=parts):
                return all(self.holds(part, subject) for part in parts)
            case Or(parts=parts):
                return any(self.holds(part, subject) for part in parts)
            case Not(part=part):
                return not self.holds(part, subject)
            case InSegment() | InIntercomSegment():
                return self.segment_holds(rule, subject)
            case Tagged(tag=tag):
                return tag in tag_names(subject)
            case SomeCompany(rule=rule_of_company):
                return any(self.holds(rule_of_company, company) for company in self.person.companies)
            case Occurrences():
                return self.count_holds(rule)
            case OccurrenceDay():
                return self.occurrence_day_holds(rule)
            case Aggregate():
                return self.aggregate_holds(rule)
            case ActiveDays():
                return self.active_days_hold(rule)
            case EventSequence():
                return self.sequence_holds(rule)
            case _:
                value = known_value(subject, rule.field)
                return value is not None and self.value_passes(rule, value, subject)

    def segment_holds(self, test: InSegment | InIntercomSegment, subject: Json) -> bool:
        """A segment is its rule. That of a segment which was built in Intercom nobody knows: it is never false."""
        if isinstance(test, InIntercomSegment):
            raise UndecidedRule([test.name])
        # Not by calling itself down a chain of references, which may be longer than what Python recurses over.
        for asked in in_order_of_references(test.rule, self.answers):
            self.answers[id(asked)] = self.answer(asked)
        answer = self.answers[id(test.rule)]
        if isinstance(answer, UndecidedRule):
            raise answer
        return answer

    # --- tests on a field -----------------------------------------------------------------------------------

    def value_passes(self, test: FieldTest, value: Any, subject: Json) -> bool:
        """Whether the subject's value that is known, and of its field's type, passes the test."""
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
            case Between(first=first, last=last):
                return first <= value <= last
            case ComparesFields(comparison=comparison, other=other):
                other_value = known_value(subject, other)
                return other_value is not None and _COMPARE[comparison](value, other_value)
            case OnDay(test=day_test):
                return self.moment_passes(day_test, value, subject)

    # --- tests on events ------------------------------------------------------------------------------------

    def count_holds(self, test: Occurrences) -> bool:
        """A count is never missing: it is 0 where nothing happened."""
        counted = self.occurrences(test.event, test.where, test.window)
        return _COMPARE[test.comparison](len(list(counted)), test.count)

    def occurrence_day_holds(self, test: OccurrenceDay) -> bool:
        moments = self.moments(test.event, test.where)
        pick = min if test.which == "first" else max
        return bool(moments) and self.moment_passes(test.test, pick(moments), self.person.contact)

    def aggregate_holds(self, test: Aggregate) -> bool:
        """The numbers are added as the decimals they are written as, so that 0.1 and 0.2 make 0.3.

        One that is not finite, which JSON cannot say, is none.
        """
        values = [
            _as_written(value)
            for occurrence in self.occurrences(test.event, test.where, test.window)
            if (value := known_value(occurrence, test.key)) is not None and abs(value) < math.inf
        ]
        if not values and test.function != "sum":
            return False
        return _COMPARE[test.comparison](_TOTALS[test.function](values), _as_written(test.value))

    def active_days_hold(self, test: ActiveDays) -> bool:
        days = {
            calendar_day(moment, self.zone) for moment in self.moments(test.event, test.where, test.window)
        }
        return _COMPARE[test.comparison](len(days), test.days)

    def sequence_holds(self, test: EventSequence) -> bool:
        later = self.moments(test.then, test.then_where)
        return any(
            moment >= start
            and (
                test.days is None
                or (calendar_day(moment, self.zone) - calendar_day(start, self.zone)).days <= test.days
            )
            for start in self.moments(test.event, test.where)
            for moment in later
        )

    def moments(self, event: str, where: Predicate | None, window: DayTest | None = None) -> list[float]:
        """When the occurrences happened that count, of those of which it is known."""
        found = map(known_moment, self.occurrences(event, where, window))
        return [moment for moment in found if moment is not None]

    def occurrences(
        self, event: str, where: Predicate | None, window: DayTest | None = None
    ) -> Iterator[Json]:
        """The occurrences of the event whose metadata satisfy `where` and whose day lies in the window."""
        for occurrence in self.person.events:
            if (
                is_named(occurrence, event)
                and (where is None or self.holds(where, occurrence))
                and (window is None or self.happened_on(occurrence, window))
            ):
                yield occurrence

    def happened_on(self, occurrence: Json, window: DayTest) -> bool:
        moment = known_moment(occurrence)
        return moment is not None and self.moment_passes(window, moment, self.person.contact)

    # --- days -----------------------------------------------------------------------------------------------

    def moment_passes(self, test: DayTest, moment: float, subject: Json) -> bool:
        """Whether the calendar day of a moment, in unix seconds, passes the test; other dates are the subject's."""
        day = calendar_day(moment, self.zone)
        match test:
            case AgainstField(comparison=comparison, other=other):
                other_day = self.known_day(subject, other)
                return other_day is not None and _COMPARE[comparison](day, other_day)
            case DaysFromField(other=other):
                other_day = self.known_day(subject, other)
                return other_day is not None and _passes_from(test, day, other_day)
            case _:
                return day_passes(test, day, self.today)

    def known_day(self, subject: Json, field: Field) -> date | None:
        """The day of the subject's date; None where it is not known."""
        moment = known_value(subject, field)
        return None if moment is None else calendar_day(moment, self.zone)


def day_passes(test: PlainDayTest, day: date, today: date) -> bool:
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
        case NamedDay(comparison=comparison, day=name):
            return _COMPARE[comparison](on, now + NAMED_DAYS[name])
        case DaysBetween(first=first, last=last):
            return _ordinal(first, now) <= on <= _ordinal(last, now)


def _ordinal(day: DayPoint, now: int) -> int:
    return day.toordinal() if isinstance(day, date) else now + day


def _passes_from(test: DaysFromField, day: date, other: date) -> bool:
    """Whether a day is so many days before or after another."""
    on, from_, n = day.toordinal(), other.toordinal(), test.days
    if test.amount != "within":
        passes = _passes_from_now if test.side == "after" else _passes_ago
        return passes(test.amount, on, from_, n)
    match test.side:
        case "before":
            return from_ - n <= on <= from_
        case "after":
            return from_ <= on <= from_ + n
        case "of":
            return from_ - n <= on <= from_ + n


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


def _as_written(number: float) -> Fraction:
    """The decimal that a number is written as; a float is not quite that."""
    return Fraction(number if isinstance(number, int) else str(number))


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
