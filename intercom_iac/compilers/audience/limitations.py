"""What an audience cannot express: each kind of test with what its filters lack."""

from __future__ import annotations

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_TESTS,
    And,
    Between,
    Compares,
    ComparesFields,
    Equals,
    InIntercomSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    Tagged,
)
from intercom_iac.model.standard import is_never_future

from ..limitations import Limitation, by_form, compares_fields
from .vocabulary import filters_of, lies_back, roles_of, takes_two

ROLE_ONCE = "it asks for the role once, or for any of some"


def _has_no_filter(node: Predicate) -> bool:
    return not filters_of(node) and not roles_of(node)


def _may_lie_ahead(node: Predicate) -> bool:
    """Whether the filter of the test would take days to come, which the test does not, for dates that have some."""
    return isinstance(node, OnDay) and lies_back(node.test) and not is_never_future(node.field)


UNSUPPORTED = by_form(
    Limitation((And, Or), "its filters all have to hold, and none holds a choice"),
    Limitation(EVENT_TESTS, "it has no filters on events"),
    Limitation((Tagged,), "it has no filters on tags"),
    Limitation(
        (InIntercomSegment,), "it has no filters on segments, and only Intercom knows the rule of `{name}`"
    ),
    Limitation(
        (ComparesFields, OnDay),
        "a filter compares `{field}` with a value, not with `{other}`",
        when=compares_fields,
    ),
    Limitation(
        (Between,),
        "outside a range is below or above it, and none of its filters holds a choice",
        negated=True,
    ),
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
    Limitation(
        (SomeCompany,), "a range takes two filters, and two companies may pass one each", when=takes_two
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
        (Equals, IsTrue, Compares, Between),
        "of its filters on such values none is known",
        negated=False,
        when=_has_no_filter,
    ),
)
