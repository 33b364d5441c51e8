"""Typed tree -> the clicks that build the same filter on Intercom's screen.

The operators by type are those of help centre article 2410715; that filters match all or any, with one level of
groups inside, and how company, tag and event filters are called, is assumed. What the screen lacks is said
plainly, with the way out.
"""

from __future__ import annotations

from intercom_iac.model import DataType, Predicate
from intercom_iac.model.days import shifted
from intercom_iac.model.predicate import (
    And,
    Away,
    Calendar,
    Compares,
    Comparison,
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
)
from intercom_iac.rules.normal import chain, normal_form
from intercom_iac.rules.print.text import number_text
from intercom_iac.rules.print.unparse import format_rule

_WAY_OUT = "publish the segment as a tag (`publish: [tag]`), tag its people and filter on the tag"


class _NotOnScreen(Exception):
    """The screen has no filter for the test; says why."""


def to_screen_steps(predicate: Predicate) -> tuple[str, ...]:
    """One step a filter, `add filter: plan_type · is · trial`, and how the filters go together.

    A test the screen cannot express is a step that says so, with the way out.
    """
    match _spelled(normal_form(predicate)):
        case And(parts=parts):
            return ("match all filters", *_each(parts))
        case Or(parts=parts):
            return ("match any filter", *_each(parts))
        case single:
            return _each((single,))


def _each(parts: tuple[Predicate, ...]) -> tuple[str, ...]:
    steps: list[str] = []
    for part in parts:
        if isinstance(part, (And, Or)) and not any(isinstance(each, (And, Or)) for each in part.parts):
            steps.append(
                f"add a group of filters that match {'all' if isinstance(part, And) else 'any'}, with:"
            )
            steps += (f"  {_step(each)}" for each in part.parts)
        else:
            steps.append(_step(part))
    return tuple(steps)


def _step(node: Predicate) -> str:
    try:
        return f"add filter: {_filter(node)}"
    except _NotOnScreen as missing:
        return f"the screen cannot express `{format_rule(node)}` ({missing}): {_WAY_OUT}"


# --- only what the screen has words for ---------------------------------------------------------------------


def _spelled(node: Predicate) -> Predicate:
    """A rule in normal form, lists spelled out and tests that the screen cannot negate turned into those it has."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            return chain(type(node), map(_spelled, parts))
        case OneOf(field=field, values=values):
            return chain(Or, (Equals(field, each) for each in dict.fromkeys(values)))
        case Not(part=OneOf(field=field, values=values)):
            return chain(And, (Not(Equals(field, each)) for each in dict.fromkeys(values)))
        case Compares(field=field, comparison=">=" | "<=" as comparison, value=value) if (
            field.type is DataType.FLOAT
        ):
            return Or((Compares(field, ">" if comparison == ">=" else "<", value), Equals(field, value)))
        case Not(part=Compares(field=field, comparison=comparison, value=value)):
            other = _spelled(Compares(field, _COMPLEMENT[comparison], value))
            return chain(Or, (other, Not(IsKnown(field))))
        case Not(part=OnDay(field=field, test=test)) if days := _other_days(test):
            return chain(Or, (*(OnDay(field, day) for day in days), Not(IsKnown(field))))
        case Not(part=IsTrue(field=field)):
            return Or((Equals(field, False), Not(IsKnown(field))))
        case Not(part=Equals(field=field, value=False)) if field.type is DataType.BOOLEAN:
            return Or((IsTrue(field), Not(IsKnown(field))))
        case SomeCompany(rule=rule):
            # Some company is this or that where some company is this, or some company is that.
            inner = _spelled(normal_form(rule))
            return chain(Or, map(SomeCompany, inner.parts if isinstance(inner, Or) else (inner,)))
        case _:
            return node


_COMPLEMENT: dict[Comparison, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _other_days(test: DayTest) -> tuple[DayTest, ...]:
    """All days but those of the test, as tests that the screen has; none where it lacks one for some of them."""
    match test:
        case Calendar("=", day):
            return Calendar("<", day), Calendar(">", day)
        case Calendar("<" | "<=" | ">" | ">=" as comparison, day):
            return (Calendar(_COMPLEMENT[comparison], day),)
        case Away("at least", 0, "from now"):
            return (Away("more than", 0, "ago"),)
        case Away("more than", 0, "from now") | Away("at least", 1, "from now"):
            return Away("more than", 0, "ago"), Away("exactly", 0, "ago")
        case _:
            return ()


# --- one filter ---------------------------------------------------------------------------------------------


def _filter(node: Predicate) -> str:
    match node:
        case Not(part=part):
            return _negated(part)
        case Tagged(tag=tag):
            return f"Tag · is · {tag}"
        case SomeCompany(rule=Tagged(tag=tag)):
            return f"Company tag · is · {tag}"
        case SomeCompany(rule=rule):
            if isinstance(rule, (And, Or, Not, OneOf)):
                raise _NotOnScreen("a company filter is about one attribute and one value")
            return f"Company {_filter(rule)}"
        case Occurrences():
            return _occurrences(node)
        case OccurrenceDay(event=event, which=which, test=test, where=where):
            if where is not None:
                raise _NotOnScreen("it does not filter on metadata of one occurrence")
            return f"Event {event} · {which} occurred · {_day(test)}"
        case And() | Or() | InSegment():
            raise _NotOnScreen("its groups do not nest so deep")
        case _:
            return f"{node.field.name} · {_said(node)}"


def _negated(node: Predicate) -> str:
    match node:
        case Equals(field=field, value=value):
            return f"{field.name} · is not · {_shown(value)}"
        case IsKnown(field=field):
            return f"{field.name} · is unknown"
        case Tagged(tag=tag):
            return f"Tag · is not · {tag}"
        case _:
            raise _NotOnScreen("it has no negated filter of this kind")


def _occurrences(node: Occurrences) -> str:
    if node.where is not None or node.window is not None:
        raise _NotOnScreen("it counts all occurrences, whenever and whatever their metadata")
    match node.comparison, node.count:
        case ">=", count if count > 0:
            return f"Event {node.event} · count greater than · {count - 1}"
        case ">", count:
            return f"Event {node.event} · count greater than · {count}"
        case "=", count if count > 0:
            return f"Event {node.event} · count is · {count}"
        case _:
            raise _NotOnScreen("it does not count those who never did it")


def _said(node: FieldTest) -> str:
    match node:
        case IsTrue():
            return "is · true"
        case Equals(value=value):
            return f"is · {_shown(value)}"
        case OneOf():
            raise _NotOnScreen("one filter holds one value")
        case Matches(operator=operator, text=text):
            return f"{operator} · {text}"
        case Compares():
            return _compares(node)
        case IsKnown():
            return "has any value"
        case OnDay(test=test):
            return _day(test)


def _compares(node: Compares) -> str:
    """The screen has no `>=`; on an integer `>= 3` is `greater than 2`, and other numbers were spelled out."""
    comparison, value = node.comparison, node.value
    if comparison in (">=", "<="):
        value += -1 if comparison == ">=" else 1
    return f"{'greater than' if comparison[0] == '>' else 'less than'} · {number_text(value)}"


def _shown(value: str | float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else number_text(value)


def _day(test: DayTest) -> str:
    """The screen counts days back from today, or names a day."""
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
            return f"after · {shifted(day, -1).isoformat()}"
        case Calendar(day=day):
            return f"before · {shifted(day, 1).isoformat()}"
        case _:
            raise _NotOnScreen("its dates only count back from today")


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
