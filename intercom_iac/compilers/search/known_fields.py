"""What search can ask where it cannot compare one field with another: that both of them are known."""

from __future__ import annotations

import operator

from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    ActiveDays,
    Aggregate,
    EventTest,
    Occurrences,
    day_test_of,
    own_fields,
)

from ..limitations import compares_fields

_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def known_fields(test: Predicate, *, holds: bool) -> tuple[Field, ...]:
    """The fields that a test compares with each other or with days of events, and that are known wherever it holds.

    Where not `holds`, those that are known wherever its complement does.
    """
    if compares_fields(test):
        return own_fields(test) if holds else ()
    window = day_test_of(test)
    if (
        isinstance(test, EVENT_TESTS)
        and isinstance(window, FIELD_DAY_TESTS)
        and _holds_of_none(test) is not holds
    ):
        return (window.other,)
    return ()


def _holds_of_none(test: EventTest) -> bool:
    """Whether the test holds of a contact who has no occurrence that counts."""
    match test:
        case (
            Occurrences(comparison=comparison, count=number) | ActiveDays(comparison=comparison, days=number)
        ):
            return _COMPARE[comparison](0, number)
        case Aggregate(function="sum", comparison=comparison, value=number):
            return _COMPARE[comparison](0, number)
        case _:
            return False
