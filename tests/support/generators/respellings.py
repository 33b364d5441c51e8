"""The same rule written otherwise, by laws that hold for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from intercom_iac.model import DataType, Predicate
from intercom_iac.model.days import add_days
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
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    Within,
)

from .rules import conjunction, disjunction, negation

# Of counts and of whole numbers: each comparison as the other one, with the number it takes.
NEXT = {">=": (">", -1), ">": (">=", 1), "<=": ("<", 1), "<": ("<=", -1)}
# A comparison with its sides changed.
MIRRORED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "="}
OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}


def respelled(draw: st.DrawFn, rule: Predicate, *, whole: bool = True) -> Predicate:
    """The rule, each of its parts as it is or by one of the laws. `whole`: integers have no fraction here."""
    return (
        _once(draw, _inside(draw, rule, whole), whole) if draw(st.booleans()) else _inside(draw, rule, whole)
    )


def _inside(draw: st.DrawFn, rule: Predicate, whole: bool) -> Predicate:
    match rule:
        case And(parts=parts):
            return conjunction([respelled(draw, each, whole=whole) for each in parts])
        case Or(parts=parts):
            return disjunction([respelled(draw, each, whole=whole) for each in parts])
        case Not(part=part):
            return negation(respelled(draw, part, whole=whole))
        case SomeCompany(rule=inner):
            return SomeCompany(respelled(draw, inner))
        case Occurrences(window=window) | Aggregate(window=window) | ActiveDays(window=window):
            days = None if window is None else _day(draw, window)
            return replace(rule, event=_event(draw, rule.event), where=_where(draw, rule.where), window=days)
        case OccurrenceDay(where=where, test=test):
            event = _event(draw, rule.event)
            return OccurrenceDay(event, rule.which, _day(draw, test), _where(draw, where))
        case EventSequence(where=where, then_where=then_where):
            first, then = _event(draw, rule.event), _event(draw, rule.then)
            return EventSequence(first, then, rule.days, _where(draw, where), _where(draw, then_where))
        case OnDay(field=field, test=test):
            return OnDay(field, _day(draw, test))
        case _:
            return rule


def _event(draw: st.DrawFn, name: str) -> str:
    """The name as Intercom takes it for the same."""
    return draw(st.sampled_from([name, name.replace(".", "-").upper()]))


def _where(draw: st.DrawFn, where: Predicate | None) -> Predicate | None:
    return None if where is None else respelled(draw, where, whole=False)


def _once(draw: st.DrawFn, rule: Predicate, whole: bool) -> Predicate:
    match rule:
        case And(parts=parts) | Or(parts=parts):
            join, other = (conjunction, disjunction) if isinstance(rule, And) else (disjunction, conjunction)
            if draw(st.booleans()):
                return negation(other([negation(each) for each in parts]))
            return join([*draw(st.permutations(parts)), draw(st.sampled_from(parts))])
        case OneOf(field=field, values=values):
            shuffled = [*draw(st.permutations(values)), values[0]]
            if draw(st.booleans()):
                return disjunction([Equals(field, each) for each in shuffled])
            return OneOf(field, tuple(shuffled))
        case Equals(field=field, value=value) if field.type is not DataType.BOOLEAN:
            return OneOf(field, (value, value)[: draw(st.integers(1, 2))])
        case Compares(field=field, comparison=comparison, value=value) if (
            whole and field.type is DataType.INTEGER
        ):
            sign, more = NEXT[comparison]
            return Compares(field, sign, value + more)
        case Matches(field=field, operator=operator, text=text):
            return Matches(field, operator, text.replace("tri", "TRI").replace("Σ", "σ"))
        case SomeCompany(rule=Or(parts=parts)):
            return disjunction([SomeCompany(each) for each in parts])
        case Occurrences() | ActiveDays() | Aggregate():
            return _of_event(draw, rule)
        case _:
            return _of_two(rule)


def _of_two(rule: Predicate) -> Predicate:
    """A test of two numbers or of two fields in the other order."""
    match rule:
        case Between(field=field, first=first, last=last):
            return conjunction([Compares(field, "<=", last), Compares(field, ">=", first)])
        case ComparesFields(field=field, comparison=comparison, other=other):
            return ComparesFields(other, MIRRORED[comparison], field)
        case OnDay(field=field, test=AgainstField(comparison=comparison, other=other)):
            return OnDay(other, AgainstField(MIRRORED[comparison], field))
        case OnDay(field=field, test=DaysFromField(side=side, other=other) as test):
            sides = {"before": "after", "after": "before", "of": "of"}
            return OnDay(other, replace(test, side=sides[side], other=field))
        case _:
            return rule


def _of_event(draw: st.DrawFn, rule: Predicate) -> Predicate:
    match rule:
        case Occurrences(comparison=comparison, count=count):
            return _counted(draw, rule, comparison, count, "count")
        case ActiveDays(event=event, comparison=">=", days=1, where=where, window=window) if (
            window is not None
        ):
            return Occurrences(event, where, window=window)
        case ActiveDays(comparison=comparison, days=days):
            return _counted(draw, rule, comparison, days, "days")
        case Aggregate(function="sum", comparison=comparison) if comparison != "=":
            return negation(replace(rule, comparison=OPPOSITE[comparison]))
        case _:
            return rule


def _counted(draw: st.DrawFn, rule: Predicate, comparison: str, number: int, name: str) -> Predicate:
    if comparison in NEXT and draw(st.booleans()):
        sign, more = NEXT[comparison]
        if number + more >= 0:
            return replace(rule, comparison=sign, **{name: number + more})
    return negation(replace(rule, comparison=OPPOSITE[comparison]))


def _day(draw: st.DrawFn, test: DayTest) -> DayTest:
    match test:
        case Within(direction=direction, days=days):
            way = "from now" if direction == "next" else "ago"
            return draw(st.sampled_from([test, Away("at most", days, way), Away("less than", days + 1, way)]))
        case Away(amount="at least", days=days, direction=direction) if days > 0:
            return draw(st.sampled_from([test, Away("more than", days - 1, direction)]))
        case Away(amount="more than", days=days, direction=direction):
            return draw(st.sampled_from([test, Away("at least", days + 1, direction)]))
        case Away(amount="exactly" | "at most", days=0):
            return draw(
                st.sampled_from([test, Within("next", 0), Within("last", 0), Away("exactly", 0, "from now")])
            )
        case Calendar(comparison=comparison, day=day) if comparison in NEXT:
            sign, more = NEXT[comparison]
            return draw(st.sampled_from([test, Calendar(sign, add_days(day, more))]))
        case _:
            return draw(st.sampled_from([test, *_same_days(test)]))


def _same_days(test: DayTest) -> list[DayTest]:
    match test:
        case NamedDay(comparison="=", day="today"):
            return [Within("next", 0), DaysBetween(0, 0)]
        case NamedDay(comparison="<", day="today"):
            return [Away("more than", 0, "ago"), NamedDay("<=", "yesterday")]
        case NamedDay(comparison=">=", day="tomorrow"):
            return [Away("at least", 1, "from now"), NamedDay(">", "today")]
        case DaysBetween(first=int(first), last=0) if first <= 0:
            return [Within("last", -first), Away("at most", -first, "ago")]
        case DaysBetween(first=date() as first, last=last) if first == last:
            return [Calendar("=", first)]
        case AgainstField(comparison="=", other=other):
            return [DaysFromField("within", 0, "of", other)]
        case AgainstField(comparison="<", other=other):
            return [DaysFromField("more than", 0, "before", other)]
        case DaysFromField(amount="within", days=days, side="before" | "after" as side, other=other):
            return [DaysFromField("less than", days + 1, side, other)]
        case _:
            return []
