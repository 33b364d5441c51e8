"""Typed rule -> filters of the screen, and what the screen lacks.

Each test becomes the filters that mean it, or a clause that is lacking. Taken as given is that an event, like
Intercom's own timestamps, never lies in the future.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    ActiveDays,
    Aggregate,
    And,
    ComparesFields,
    EventSequence,
    InIntercomSegment,
    InSegment,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    Or,
    SomeCompany,
    Tagged,
    day_test_of,
)
from intercom_iac.rules.normal import normal_form
from intercom_iac.rules.print.unparse import format_rule

from ..limitations import Limitation, by_form, unsupported
from .attributes import attribute_form, complement_form
from .companies import on_company_data
from .events import event_form, is_open, question_of
from .filters import Filter, Form, Lacking, join, leaves
from .vocabulary import COMPANY_TAG, PERSON_TAG, SEGMENT


def _test_of(node: Predicate) -> Predicate:
    return node.part if isinstance(node, Not) else node


def _reads_another_date(node: Predicate) -> bool:
    return isinstance(day_test_of(_test_of(node)), FIELD_DAY_TESTS)


def _reads_metadata(node: Predicate) -> bool:
    test = _test_of(node)
    return isinstance(test, Occurrences | OccurrenceDay | ActiveDays) and test.where is not None


def _counts_in_window(node: Predicate) -> bool:
    test = _test_of(node)
    return isinstance(test, Occurrences) and test.window is not None and question_of(test) is None


def _counts_days(node: Predicate) -> bool:
    test = _test_of(node)
    return isinstance(test, ActiveDays) and question_of(test) is None


def _lies_between(node: Predicate) -> bool:
    test = _test_of(node)
    return isinstance(test, Occurrences | ActiveDays) and not is_open(test.window)


def _has_no_negation(node: Predicate) -> bool:
    test = _test_of(node)
    return isinstance(test, Matches) and test.operator != "contains"


UNSUPPORTED = by_form(
    Limitation((Matches,), "its `{operator}` has no negated form", negated=True, when=_has_no_negation),
    Limitation((ComparesFields,), "it compares an attribute with a value, not with another attribute"),
    Limitation(
        (OnDay, Occurrences, OccurrenceDay, ActiveDays),
        "it compares a date with today or a day, not with another date",
        when=_reads_another_date,
    ),
    Limitation(
        (Occurrences, OccurrenceDay, ActiveDays),
        "it asks how often and when an event occurred, not for its metadata",
        when=_reads_metadata,
    ),
    Limitation((Occurrences,), "it counts all occurrences, whenever they were", when=_counts_in_window),
    Limitation((ActiveDays,), "it does not count the days of an event", when=_counts_days),
    Limitation(
        (Occurrences, ActiveDays),
        "of an event it knows the first and the last time, and none between",
        when=_lies_between,
    ),
    Limitation((Aggregate,), "it does not calculate with metadata"),
    Limitation((EventSequence,), "it does not compare when two events occurred"),
)


def screen_form(rule: Predicate, segments: Mapping[str, str] | None = None) -> Form:
    """The rule as filters and groups of them, nested as the rule is. It means the same, where nothing is lacking.

    `segments`: the names of the segments that stand in Intercom as segments, by their keys; a reference to any other
    is the rule of that segment.
    """
    standing = segments or {}

    def contact_form(node: Predicate) -> Form:
        test, holds = _test_of(node), not isinstance(node, Not)
        match test:
            case InSegment(segment=key) if key in standing:
                return Filter((SEGMENT,), "segment", "is" if holds else "is not", standing[key])
            case InSegment(rule=rule):
                return _form(normal_form(rule, holds=holds, open_segments=False), contact_form)
            case _:
                return _contact_test(node)

    return _form(normal_form(rule, open_segments=False), contact_form)


def _form(node: Predicate, form_of: Callable[[Predicate], Form]) -> Form:
    """The form of a rule in normal form; `form_of` gives that of a test, or of `Not` before one."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            forms = [_form(part, form_of) for part in parts]
            return join("all" if isinstance(node, And) else "any", forms, partial(format_rule, node))
        case _:
            return form_of(node)


def _contact_test(node: Predicate) -> Form:
    test, holds = _test_of(node), not isinstance(node, Not)
    if isinstance(test, SomeCompany):
        return _company(test, node, holds=holds)
    lacking = unsupported(node, UNSUPPORTED)
    if lacking is not None:
        return Lacking(format_rule(node), lacking.reason)
    match test:
        case Tagged(tag=tag):
            return Filter((PERSON_TAG,), "tag", "is" if holds else "is not", tag)
        case InIntercomSegment(name=name):
            return Filter((SEGMENT,), "segment", "is" if holds else "is not", name)
        case Occurrences() | ActiveDays() | OccurrenceDay():
            return event_form(test, holds=holds)
        case _:
            return _attribute(test, holds=holds)


def _company(test: SomeCompany, node: Predicate, *, holds: bool) -> Form:
    """The filters of a test of companies; it is lacking as a whole where some part of it is."""
    form = _form(normal_form(test.rule, holds=holds), _company_test)
    lacking = next((leaf for leaf in leaves(form) if isinstance(leaf, Lacking)), None)
    if lacking is not None:
        return Lacking(format_rule(node), lacking.reason)
    return on_company_data(form, partial(format_rule, node), holds=holds)


def _company_test(node: Predicate) -> Form:
    """A test of one company, or `Not` before one, as a filter on that company."""
    test, holds = _test_of(node), not isinstance(node, Not)
    lacking = unsupported(node, UNSUPPORTED)
    if lacking is not None:
        return Lacking(format_rule(node), lacking.reason)
    if isinstance(test, Tagged):
        return Filter((COMPANY_TAG,), "company tag", "is" if holds else "is not", test.tag)
    return _attribute(test, holds=holds)


def _attribute(test: Predicate, *, holds: bool) -> Form:
    assert isinstance(test, FIELD_TESTS), f"{type(test).__name__} is no test of an attribute"
    return attribute_form(test) if holds else complement_form(test)
