"""Typed tree -> a sentence that a marketer agrees with.

Two rules that mean different things never read the same: texts and tags stand in quotes, numbers and days do not, and
a name that is more than one plain word stands in backticks.
"""

from __future__ import annotations

from datetime import date

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Field, Predicate
from intercom_iac.model.days import NAMED_DAYS
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    And,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    CountComparison,
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
    SomeCompany,
    Tagged,
    Value,
    Within,
    complementary,
)
from intercom_iac.rules.normal import chain
from intercom_iac.rules.print.text import number_text

from ..limitations import by_form, compares_fields

UNSUPPORTED = by_form()

_COMPARES = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
_COUNTS = {**_COMPARES, "=": "exactly", "!=": "not exactly"}
_BESIDE = {"<": "before", "<=": "on or before", "=": "on", ">=": "on or after", ">": "after"}
_NAMED_DAYS = {day: name for name, day in NAMED_DAYS.items()}
# A name that runs into none of the words around it.
_PLAIN = lazy_pattern(r"[^\W\d](?:[\w.-]*\w)?")
# Of a negated chain as long as this, each test is negated; a longer one stands in parentheses.
_SHORT = 3
_MATCHES = {
    "contains": ("contains", "does not contain"),
    "contains word": ("contains the word", "does not contain the word"),
    "starts with": ("starts with", "does not start with"),
    "ends with": ("ends with", "does not end with"),
}


def to_english(predicate: Predicate) -> str:
    """One sentence without its period: `contacts whose plan is trial and who did the event signup`."""
    return f"contacts {_text(predicate)}"


def _text(node: Predicate, lead: str = "whose ") -> str:
    """What is said of contacts, of a company or, with an empty lead, of an event's metadata."""
    match node := _distribute_not(node):
        case And(parts=parts):
            return " and ".join(_group(part, lead) for part in parts)
        case Or(parts=parts):
            return " or ".join(_group(part, lead) for part in parts)
        case Not(part=And() | Or() as part):
            return f"{'who do not match' if lead else 'not'} ({_text(part, lead)})"
        case Not(part=part):
            return _single_test(part, lead, negated=True)
        case _:
            return _single_test(node, lead, negated=False)


def _group(node: Predicate, lead: str) -> str:
    """A part of a chain; a chain of its own stands in parentheses, and so does what is said of a company: the
    next `whose` is about the contact again."""
    match node := _distribute_not(node):
        case And() | Or():
            return f"({_text(node, lead)})"
        case SomeCompany():
            return _company(node, negated=False, enclosed=True)
        case Not(part=SomeCompany() as part):
            return _company(part, negated=True, enclosed=True)
        case _:
            return _text(node, lead)


def _distribute_not(node: Predicate) -> Predicate:
    """`not` before a short chain said of each of its tests: not (a or b) is not a and not b."""
    match node:
        case Not(part=And(parts=parts) | Or(parts=parts) as part) if _size(part) <= _SHORT:
            kind = Or if isinstance(part, And) else And
            return chain(
                kind, (part.part if isinstance(part, Not) else _distribute_not(Not(part)) for part in parts)
            )
        case _:
            return node


def _size(node: Predicate) -> int:
    """How many tests the contact has to pass or fail."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            return sum(map(_size, parts))
        case Not(part=part):
            return _size(part)
        case _:
            return 1


def _single_test(node: Predicate, lead: str, *, negated: bool) -> str:
    match node:
        case SomeCompany():
            return _company(node, negated=negated)
        case InSegment(segment=segment):
            return f"who are {'not ' if negated else ''}in the segment {_name(segment)}"
        case InIntercomSegment(name=name):
            return f"who are {'not ' if negated else ''}in the segment {_value(name)}, which was built in Intercom"
        case Tagged(tag=tag):
            return f"{'without' if negated else 'with'} the tag {_value(tag)}"
        case Occurrences():
            return _occurrences(node, negated)
        case OccurrenceDay(event=event, which=which, test=test, where=where):
            verb = "did not do" if negated else "did"
            return f"who {verb} {_event(event, where)} for the {which} time {_day(test)}"
        case Aggregate():
            return _aggregate(node, negated)
        case ActiveDays(comparison=comparison, days=days):
            # Said of the complement, which `did not do it on 3 days` is not.
            held = complementary(comparison) if negated else comparison
            on_days = f"on {_COUNTS[held]} {days} {'day' if days == 1 else 'different days'}"
            return f"who did {_event(node.event, node.where)} {on_days}{_window_text(node.window)}"
        case EventSequence():
            return _sequence(node, negated)
        case And() | Or() | Not():
            raise AssertionError(f"{type(node).__name__} is no single test")
        case _:
            return f"{lead}{_field_test(node, negated)}"


def _company(node: SomeCompany, *, negated: bool, enclosed: bool = False) -> str:
    company = f"who have {'no' if negated else 'a'} company"
    rule = _distribute_not(node.rule)
    if isinstance(rule, Not) and isinstance(rule.part, (And, Or)):
        return f"{company} that does not match ({_text(rule.part)})"
    text = _text(rule)
    return f"{company} ({text})" if enclosed or isinstance(rule, (And, Or)) else f"{company} {text}"


def _occurrences(node: Occurrences, negated: bool) -> str:
    event, window = _event(node.event, node.where), _window_text(node.window)
    if (node.comparison, node.count) == (">=", 1):
        return f"who {'never did' if negated else 'did'} {event}{window}"
    times = f"{_COUNTS[node.comparison]} {_plural(node.count, 'time')}"
    return f"who {'did not do' if negated else 'did'} {event} {times}{window}"


def _aggregate(node: Aggregate, negated: bool) -> str:
    """A sum is never missing; the others are where there is nothing to take them of."""
    known = ", if known," if negated and node.function != "sum" else ""
    held: CountComparison = complementary(node.comparison) if negated else node.comparison
    total = f"{node.function} of {_name(node.key.name)} over {_event(node.event, node.where)}"
    return f"whose {total}{_window_text(node.window)}{known} is {_COUNTS[held]} {_value(node.value)}"


def _sequence(node: EventSequence, negated: bool) -> str:
    match node.days:
        case None:
            followed = "followed"
        case 0:
            followed = "followed on the same day"
        case days:
            followed = f"followed within {_plural(days, 'day')}"
    events = f"{_event(node.event, node.where)} {followed} by {_event(node.then, node.then_where)}"
    return f"who {'never did' if negated else 'did'} {events}"


def _event(event: str, where: Predicate | None) -> str:
    metadata = "" if where is None else f" ({_text(where, '')})"
    return f"the event {_name(event)}{metadata}"


def _window_text(window: DayTest | None) -> str:
    return "" if window is None else f" {_day(window)}"


def _field_test(node: FieldTest, negated: bool) -> str:
    """What is said of a field. The complement holds where there is no value too: `plan, if known, is not trial`."""
    known = "" if not negated else ", if both are known," if compares_fields(node) else ", if known,"
    no = "not " if negated else ""
    name = _name(node.field.name)
    match node:
        case Equals(value=False) if negated:
            return f"{name}{known} is true"
        case Equals(value=value):
            return f"{name}{known} is {no}{_value(value)}"
        case OneOf(values=values):
            *some, last = dict.fromkeys(map(_value, values))
            values_text = f"{', '.join(some)} or {last}" if some else last
            return f"{name}{known} is {no}{values_text}"
        case Matches(operator=operator, text=text):
            return f"{name}{known} {_MATCHES[operator][negated]} {_value(text)}"
        case Compares(comparison=comparison, value=value):
            held = complementary(comparison) if negated else comparison
            return f"{name}{known} is {_COMPARES[held]} {_value(value)}"
        case Between(first=first, last=last):
            return f"{name}{known} is {no}between {_value(first)} and {_value(last)}"
        case ComparesFields(comparison="=", other=other):
            return f"{name}{known} is {no}equal to {_other(other)}"
        case ComparesFields(comparison=comparison, other=other):
            held = complementary(comparison) if negated else comparison
            return f"{name}{known} is {_COMPARES[held]} {_other(other)}"
        case IsTrue():
            return f"{name}{known} is {'false' if negated else 'true'}"
        case IsKnown():
            return f"{name} {'is unknown' if negated else 'has any value'}"
        case OnDay(test=test):
            return f"{name}{known} is {no}{_day(test)}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quote(value, '"') if isinstance(value, str) else number_text(value)


def _name(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _quote(name, "`")


def _quote(text: str, mark: str) -> str:
    """In quotes, which are doubled inside as in a rule."""
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"


def _day(test: DayTest) -> str:
    match test:
        case Within(direction=direction, days=days):
            return f"within the {direction} {_plural(days, 'day')}"
        case Away(amount=amount, days=days, direction=direction):
            return f"{amount} {_plural(days, 'day')} {direction}"
        case Calendar(comparison=comparison, day=day):
            return f"{_BESIDE[comparison]} {day.isoformat()}"
        case NamedDay(comparison="=", day=day):
            return day
        case NamedDay(comparison=comparison, day=day):
            return f"{_BESIDE[comparison]} {day}"
        case DaysBetween(first=int(first), last=int(last)) if 0 < first <= last:
            return f"between {first} and {_plural(last, 'day')} from now"
        case DaysBetween(first=int(first), last=int(last)) if first <= last < 0:
            return f"between {-last} and {_plural(-first, 'day')} ago"
        case DaysBetween(first=first, last=last):
            return f"between {_point(first)} and {_point(last)}"
        case AgainstField(comparison="=", other=other):
            return f"on the same day as {_other(other)}"
        case AgainstField(comparison=comparison, other=other):
            return f"{_BESIDE[comparison]} {_other(other)}"
        case DaysFromField(amount=amount, days=days, side=side, other=other):
            return f"{amount} {_plural(days, 'day')} {side} {_other(other)}"


def _point(day: DayPoint) -> str:
    if isinstance(day, date):
        return day.isoformat()
    if day in _NAMED_DAYS:
        return _NAMED_DAYS[day]
    return f"{_plural(abs(day), 'day')} {'ago' if day < 0 else 'from now'}"


def _other(field: Field) -> str:
    """A field that another is compared with; of a company or an occurrence it is of the same one."""
    return f"{'their' if field.owner == 'contact' else 'its'} {_name(field.name)}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
