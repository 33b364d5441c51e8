"""Typed tree -> the clicks that build the same filter on Intercom's screen.

The operators by type are those of help centre article 2410715; that filters match all or any, with one level of
groups inside, and how company, tag and event filters are called, is assumed. What the screen lacks is said
plainly, with the way out.
"""

from __future__ import annotations

from intercom_iac.model import DataType, Predicate
from intercom_iac.model.days import DayRange, add_days, day_range
from intercom_iac.model.predicate import (
    FIELD_TESTS,
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
    SomeCompany,
    Tagged,
    Within,
    complementary,
)
from intercom_iac.rules.normal import chain, complement, normal_form, spell_out, split_list
from intercom_iac.rules.print.text import number_text
from intercom_iac.rules.print.unparse import format_rule

from ..limitations import Limitation, by_form, unsupported

_WAY_OUT = "publish the segment as a tag (`publish: [tag]`), tag its people and filter on the tag"


def _counts_forward(node: Predicate) -> bool:
    return isinstance(node, OnDay | OccurrenceDay) and _day(node.test) is None


# What the screen lacks, of rules as `_expand_test` puts them.
UNSUPPORTED = by_form(
    Limitation(
        (OneOf, Matches, Compares, IsTrue, OnDay, SomeCompany, Occurrences, OccurrenceDay),
        "it has no negated filter of this kind",
        negated=True,
    ),
    Limitation((And, Or, InSegment), "its groups do not nest so deep"),
    Limitation(
        (SomeCompany,),
        "a company filter is about one attribute and one value",
        when=lambda node: isinstance(node, SomeCompany) and isinstance(node.rule, And | Or | Not),
    ),
    Limitation(
        (OccurrenceDay,),
        "it does not filter on metadata of one occurrence",
        when=lambda node: isinstance(node, OccurrenceDay) and node.where is not None,
    ),
    Limitation(
        (Occurrences,),
        "it counts all occurrences, whenever and whatever their metadata",
        when=lambda node: isinstance(node, Occurrences) and not (node.where is None is node.window),
    ),
    Limitation(
        (Occurrences,),
        "it does not count those who never did it",
        when=lambda node: isinstance(node, Occurrences) and _count(node) is None,
    ),
    Limitation((OnDay, OccurrenceDay), "its dates only count back from today", when=_counts_forward),
)


def to_screen_steps(predicate: Predicate) -> tuple[str, ...]:
    """One step a filter, `add filter: plan_type · is · trial`, and how the filters go together.

    A test the screen cannot express is a step that says so, with the way out.
    """
    match screen_form(predicate):
        case And(parts=parts):
            return ("match all filters", *_steps(parts))
        case Or(parts=parts):
            return ("match any filter", *_steps(parts))
        case single:
            return _steps((single,))


def _steps(parts: tuple[Predicate, ...]) -> tuple[str, ...]:
    steps: list[str] = []
    for part in parts:
        if isinstance(part, (And, Or)) and not any(isinstance(inner, (And, Or)) for inner in part.parts):
            steps.append(
                f"add a group of filters that match {'all' if isinstance(part, And) else 'any'}, with:"
            )
            steps += (f"  {_step(inner)}" for inner in part.parts)
        else:
            steps.append(_step(part))
    return tuple(steps)


def _step(node: Predicate) -> str:
    lacking = unsupported(node, UNSUPPORTED)
    if lacking is not None:
        return f"the screen cannot express `{format_rule(node)}` ({lacking.reason}): {_WAY_OUT}"
    return f"add filter: {_filter(node)}"


# --- only what the screen has words for ---------------------------------------------------------------------


def screen_form(predicate: Predicate) -> Predicate:
    """The rule in normal form, of tests that the screen has words for, as far as that goes. It means the same."""
    return spell_out(normal_form(predicate), _expand_test)


def _expand_test(test: Predicate) -> Predicate:
    """Values one by one, and tests that the screen cannot negate turned into those it has."""
    match test:
        case OneOf() | Not(part=OneOf()):
            return split_list(test)
        case Compares(field=field, comparison=">=" | "<=" as comparison, value=value) if (
            field.type is DataType.FLOAT
        ):
            return Or((Compares(field, ">" if comparison == ">=" else "<", value), Equals(field, value)))
        case Not(part=Compares() | IsTrue() | Equals(value=False) as part):
            return spell_out(complement(part), _expand_test)
        case Not(part=OnDay(field=field, test=day_test)) if others := _other_days(day_test):
            return chain(Or, (*(OnDay(field, other) for other in others), Not(IsKnown(field))))
        case _:
            return test


def _other_days(test: DayTest) -> tuple[DayTest, ...]:
    """All days but those of the test, as tests that the screen has words for; none where it lacks some of them."""
    match test:
        case Calendar("=", day):
            return Calendar("<", day), Calendar(">", day)
        case Calendar(comparison, day):
            return (Calendar(complementary(comparison), day),)
        case _:
            others = [_until(days) for days in day_range(test).complement()]
            return tuple(other for tests in others for other in tests) if all(others) else ()


def _until(days: DayRange) -> tuple[DayTest, ...]:
    """All days until one before today, or until today; none for other ranges."""
    match days:
        case DayRange(origin="today", first=None, last=int(last)) if last < 0:
            return (Away("more than", -last - 1, "ago"),)
        case DayRange(origin="today", first=None, last=0):
            return Away("more than", 0, "ago"), Away("exactly", 0, "ago")
        case _:
            return ()


# --- one filter ---------------------------------------------------------------------------------------------


def _filter(node: Predicate) -> str:
    """The filter of a test that the screen can express."""
    match node:
        case Not(part=Equals(field=field, value=value)):
            return f"{field.name} · is not · {_value(value)}"
        case Not(part=IsKnown(field=field)):
            return f"{field.name} · is unknown"
        case Not(part=Tagged(tag=tag)):
            return f"Tag · is not · {tag}"
        case Tagged(tag=tag):
            return f"Tag · is · {tag}"
        case SomeCompany(rule=Tagged(tag=tag)):
            return f"Company tag · is · {tag}"
        case SomeCompany(rule=rule):
            return f"Company {_filter(rule)}"
        case Occurrences(event=event):
            return f"Event {event} · {_count(node)}"
        case OccurrenceDay(event=event, which=which, test=test):
            return f"Event {event} · {which} occurred · {_day(test)}"
        case _:
            assert isinstance(node, FIELD_TESTS), f"{type(node).__name__} is no filter"
            return f"{node.field.name} · {_condition(node)}"


def _count(node: Occurrences) -> str | None:
    match node.comparison, node.count:
        case ">=", count if count > 0:
            return f"count greater than · {count - 1}"
        case ">", count:
            return f"count greater than · {count}"
        case "=", count if count > 0:
            return f"count is · {count}"
        case _:
            return None


def _condition(node: FieldTest) -> str:
    match node:
        case IsTrue():
            return "is · true"
        case Equals(value=value):
            return f"is · {_value(value)}"
        case Matches(operator=operator, text=text):
            return f"{operator} · {text}"
        case Compares():
            return _comparison(node)
        case IsKnown():
            return "has any value"
        case OnDay(test=test):
            return str(_day(test))
        case OneOf():
            raise AssertionError("a list is spelled out")


def _comparison(node: Compares) -> str:
    """The screen has no `>=`; on an integer `>= 3` is `greater than 2`, and other numbers were spelled out."""
    comparison, value = node.comparison, node.value
    if comparison in (">=", "<="):
        value += -1 if comparison == ">=" else 1
    return f"{'greater than' if comparison[0] == '>' else 'less than'} · {number_text(value)}"


def _value(value: str | float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else number_text(value)


def _day(test: DayTest) -> str | None:
    """The screen counts days back from today, or names a day; None for days that it has no words for."""
    match test:
        case Away(amount="more than" | "less than" | "exactly" as amount, days=days, direction="ago"):
            return f"{amount} · {_days(days)} ago"
        case Away("at least", days, "ago") if days > 0:
            return f"more than · {_days(days - 1)} ago"
        case Away("at most", days, "ago") | Within("last", days):
            return f"less than · {_days(days + 1)} ago"
        case Calendar(comparison="<" | "=" | ">" as comparison, day=day):
            return f"{ {'<': 'before', '=': 'on', '>': 'after'}[comparison] } · {day.isoformat()}"
        case Calendar(comparison=">=", day=day):
            return f"after · {add_days(day, -1).isoformat()}"
        case Calendar(day=day):
            return f"before · {add_days(day, 1).isoformat()}"
        case _:
            return None


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
