"""What an audience cannot express: each kind of test with what its filters lack."""

from __future__ import annotations

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    FIELD_TESTS,
    And,
    Away,
    Compares,
    DayTest,
    Equals,
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
from intercom_iac.model.standard import is_never_future

from ..limitations import Limitation, by_form
from .vocabulary import filter_of, roles_of

ROLE_ONCE = "it asks for the role once, or for any of some"


def _has_no_filter(node: Predicate) -> bool:
    return filter_of(node) is None and not roles_of(node)


def _may_lie_ahead(node: Predicate) -> bool:
    """Whether the filter of the test would take days to come, which the test does not, for dates that have some."""
    return isinstance(node, OnDay) and _counts_back(node.test) and not is_never_future(node.field)


def _counts_back(test: DayTest) -> bool:
    match test:
        case Within(direction="last") | Away(amount="less than" | "at most", direction="ago"):
            return True
        case _:
            return False


UNSUPPORTED = by_form(
    Limitation((And, Or), "its filters all have to hold, and none holds a choice"),
    Limitation((Occurrences, OccurrenceDay), "it has no filters on events"),
    Limitation((Tagged,), "it has no filters on tags"),
    Limitation(
        (*FIELD_TESTS, SomeCompany),
        "of its negated filters only `is not` is known, on one value of the contact",
        negated=True,
        when=_has_no_filter,
    ),
    Limitation(
        (SomeCompany,),
        "a filter is about one attribute of a company",
        when=lambda node: isinstance(node, SomeCompany) and isinstance(node.rule, And | Or | Not),
    ),
    Limitation((OneOf,), "a filter has one value", when=_has_no_filter),
    Limitation((IsKnown,), "no filter that asks for any value is known", negated=False),
    Limitation((Matches,), "it has `contains`, and no `{operator}`", negated=False, when=_has_no_filter),
    Limitation(
        (OnDay,),
        "the filter would take days to come as well, and `{field}` may lie ahead, unlike timestamps of "
        "Intercom's own",
        negated=False,
        when=_may_lie_ahead,
    ),
    Limitation(
        (OnDay,),
        "its dates are `less than` or `more than` so many days ago",
        negated=False,
        when=_has_no_filter,
    ),
    Limitation(
        (Equals, IsTrue, Compares),
        "of its filters on such values none is known",
        negated=False,
        when=_has_no_filter,
    ),
)
