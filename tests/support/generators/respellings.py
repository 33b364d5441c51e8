"""The same rule written otherwise, by laws that hold for everybody."""

from __future__ import annotations

from hypothesis import strategies as st

from intercom_iac.model import DataType, Predicate
from intercom_iac.model.days import add_days
from intercom_iac.model.predicate import (
    And,
    Away,
    Calendar,
    Compares,
    DayTest,
    Equals,
    Matches,
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
        case Occurrences(where=where, window=window):
            inside = None if where is None else respelled(draw, where, whole=False)
            days = None if window is None else _day(draw, window)
            return Occurrences(rule.event, inside, rule.comparison, rule.count, days)
        case OccurrenceDay(where=where, test=test):
            inside = None if where is None else respelled(draw, where, whole=False)
            return OccurrenceDay(rule.event, rule.which, _day(draw, test), inside)
        case OnDay(field=field, test=test):
            return OnDay(field, _day(draw, test))
        case _:
            return rule


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
        case Occurrences(comparison=comparison, count=count):
            if comparison in NEXT and draw(st.booleans()):
                sign, more = NEXT[comparison]
                if count + more >= 0:
                    return Occurrences(rule.event, rule.where, sign, count + more, rule.window)
            return negation(Occurrences(rule.event, rule.where, OPPOSITE[comparison], count, rule.window))
        case _:
            return rule


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
            return test
