"""The filters of an audience: which types and comparisons they have, and the filters of a single test.

What a filter may say is not documented: the API 2.16 description types all four of its fields as text and shows
three examples. The vocabulary below marks what those examples show, what was seen in links of Intercom's own
screen, and what is assumed by analogy.
"""

from __future__ import annotations

from typing import Literal

from intercom_iac.model import AudiencePredicate, DataType, Field, Predicate
from intercom_iac.model.days import DayBound, DayRange, day_range
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    Between,
    Compares,
    DayTest,
    Equals,
    IsTrue,
    Matches,
    Not,
    OnDay,
    OneOf,
    SomeCompany,
    Value,
)
from intercom_iac.model.standard import is_never_future

Confidence = Literal["documented", "observed", "assumed"]

# (type, comparison) -> how far it is known. Documented: examples of POST /audiences. Observed: links and exports
# of Intercom's own screen, where the value of a date is a number of days ago.
VOCABULARY: dict[tuple[str, str], Confidence] = {
    ("string", "eq"): "documented",
    ("string", "contains"): "documented",
    ("string", "ne"): "observed",
    ("role", "eq"): "documented",
    ("date", "lt"): "observed",
    ("date", "gt"): "observed",
    ("integer", "eq"): "assumed",
    ("integer", "ne"): "assumed",
    ("integer", "gt"): "assumed",
    ("integer", "lt"): "assumed",
    ("boolean", "eq"): "assumed",
}


def roles_of(node: Predicate) -> tuple[str, ...]:
    """The roles of which the contact has one; none where the test is about something else."""
    match node:
        case Equals(field=Field(owner="contact", name="role"), value=str(role)):
            return (role,)
        case OneOf(field=Field(owner="contact", name="role"), values=roles):
            return tuple(dict.fromkeys(str(role) for role in roles))
        case _:
            return ()


def filters_of(node: Predicate) -> tuple[AudiencePredicate, ...]:
    """The filters that all hold where a single test, or `Not` before one, does; none where the vocabulary lacks one.

    A range of numbers or days takes two, of a company none: two of its companies may pass a filter each.
    """
    match node:
        case SomeCompany(rule=rule):
            filters = _field_filters(rule, "company.")
            return filters if len(filters) == 1 else ()
        case Not(part=Equals(field=field, value=value)) if field.type is not DataType.BOOLEAN:
            return _in_vocabulary(field, "", ("ne", value))
        case _:
            return _field_filters(node, "")


def takes_two(node: Predicate) -> bool:
    """Whether the test of a company would take two filters."""
    return isinstance(node, SomeCompany) and len(_field_filters(node.rule, "company.")) > 1


def _field_filters(node: Predicate, prefix: str) -> tuple[AudiencePredicate, ...]:
    match node:
        case Equals(field=field, value=value):
            return _in_vocabulary(field, prefix, ("eq", value))
        case IsTrue(field=field):
            return _in_vocabulary(field, prefix, ("eq", True))
        case Matches(field=field, operator="contains", text=text):
            return _in_vocabulary(field, prefix, ("contains", text))
        case Compares(field=field, comparison=comparison, value=value) if field.type is DataType.INTEGER:
            # Neither the screen nor the examples know `>=`: on whole numbers it is `>` one lower.
            bound = int(value) + {">=": -1, "<=": 1}.get(comparison, 0)
            return _in_vocabulary(field, prefix, ("gt" if comparison[0] == ">" else "lt", bound))
        case Between(field=field, first=first, last=last) if field.type is DataType.INTEGER:
            return _in_vocabulary(field, prefix, ("gt", int(first) - 1), ("lt", int(last) + 1))
        case OnDay(field=field, test=test):
            return _in_vocabulary(field, prefix, *_days_ago(test, never_future=is_never_future(field)))
        case _:
            return ()


def lies_back(test: DayTest) -> bool:
    """Whether the days that pass are those from some day until today."""
    match None if isinstance(test, FIELD_DAY_TESTS) else day_range(test):
        case DayRange(DayBound("today"), DayBound("today", 0)):
            return True
        case _:
            return False


def _days_ago(test: DayTest, *, never_future: bool) -> tuple[tuple[str, int], ...]:
    """Dates stand as days ago: `gt` is more than so many days ago, `lt` less; what is both takes two.

    `lt` takes the days to come as well (help centre article on filters), so what ends today is for dates that do not
    lie ahead.
    """
    match None if isinstance(test, FIELD_DAY_TESTS) else day_range(test):
        case DayRange(None, DayBound("today", last)) if last < 0:
            return (("gt", -last - 1),)
        case DayRange(DayBound("today", first), DayBound("today", last)) if first <= 0 and last < 0:
            return ("gt", -last - 1), ("lt", 1 - first)
        case DayRange(DayBound("today", first), DayBound("today", 0)) if first <= 1 and never_future:
            return (("lt", 1 - first),)
        case DayRange(DayBound("today", first), None) if first <= 0:
            return (("lt", 1 - first),)
        case _:
            return ()


def _in_vocabulary(
    field: Field, prefix: str, *comparisons: tuple[str, Value]
) -> tuple[AudiencePredicate, ...]:
    """The filters, where their type and comparisons are in the vocabulary."""
    kind = "string" if field.type is DataType.OPTIONS else str(field.type)
    if field.name == "role" and field.owner == "contact":
        return ()
    filters: list[AudiencePredicate] = []
    for comparison, value in comparisons:
        if (kind, comparison) not in VOCABULARY:
            return ()
        text = str(value).lower() if isinstance(value, bool) else str(value)
        filters.append(AudiencePredicate(f"{prefix}{field.wire}", kind, comparison, text))
    return tuple(filters)
