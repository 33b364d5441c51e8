"""Why an audience cannot express a clause of a rule: each kind of test with what its filters lack."""

from __future__ import annotations

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    And,
    Away,
    Compares,
    DayTest,
    Equals,
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
from intercom_iac.model.standard import lies_behind

_LONGEST = 60
_WAY_OUT = "publish it as a tag, or build the audience by hand"
_WHY: dict[type[Predicate], str] = {
    **dict.fromkeys((And, Or), "its filters all have to hold, and none holds a choice"),
    **dict.fromkeys((Occurrences, OccurrenceDay), "it has no filters on events"),
    **dict.fromkeys((Equals, IsTrue, Compares), "of its filters on such values none is known"),
    Not: "of its negated filters only `is not` is known, on one value of the contact",
    OneOf: "a filter has one value",
    IsKnown: "no filter that asks for any value is known",
    OnDay: "its dates are `less than` or `more than` so many days ago",
    Tagged: "it has no filters on tags",
    SomeCompany: "a filter is about one attribute of a company",
    InSegment: "the segment that it names is no list of filters",
}


def unfit(part: Predicate, why: str | None = None) -> Diagnostic:
    """What is said of a clause that is no filter, at its place; `why` where that does not follow from the clause."""
    clause = "this" if part.span is None else f"`{_shortened(part.span.text)}`"
    message = f"an audience cannot express {clause}: {why or _why(part)}"
    return lint.NOT_IN_AUDIENCE.at(part.span, message, hint=_WAY_OUT)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _why(part: Predicate) -> str:
    match part:
        case Matches(operator=operator):
            return f"it has `contains`, and no `{operator}`"
        case OnDay(field=field, test=test) if _counts_back(test) and not lies_behind(field):
            return (
                f"the filter would take days to come as well, and `{field.name}` may lie ahead, unlike timestamps "
                "of Intercom's own"
            )
        case SomeCompany(rule=Equals() | IsTrue() | OneOf() | Matches() | Compares() | IsKnown() as rule):
            return _why(rule)
        case SomeCompany(rule=OnDay() | Tagged() as rule):
            return _why(rule)
        case Not(part=Occurrences() | OccurrenceDay() | Tagged() as rule):
            return _why(rule)
        case _:
            return _WHY[type(part)]


def _counts_back(test: DayTest) -> bool:
    match test:
        case Within(direction="last") | Away(amount="less than" | "at most", direction="ago"):
            return True
        case _:
            return False
