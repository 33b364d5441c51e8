"""The filters of an audience: which types and comparisons they have, and the filter of a single test.

What a filter may say is not documented: the API 2.16 description types all four of its fields as text and shows
three examples. The vocabulary below marks what those examples show, what was seen in links of Intercom's own
screen, and what is assumed by analogy.
"""

from __future__ import annotations

from typing import Literal

from intercom_iac.model import AudiencePredicate, DataType, Field, Predicate
from intercom_iac.model.predicate import (
    Away,
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
    Within,
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


def filter_of(node: Predicate) -> AudiencePredicate | None:
    """The filter of a single test, or of `Not` before one; None where the vocabulary has none."""
    match node:
        case SomeCompany(rule=rule):
            return _field_test(rule, "company.")
        case Not(part=Equals(field=field, value=value)) if field.type is not DataType.BOOLEAN:
            return _in_vocabulary(field, "", "ne", value)
        case _:
            return _field_test(node, "")


def _field_test(node: Predicate, prefix: str) -> AudiencePredicate | None:
    match node:
        case Equals(field=field, value=value):
            return _in_vocabulary(field, prefix, "eq", value)
        case IsTrue(field=field):
            return _in_vocabulary(field, prefix, "eq", True)
        case Matches(field=field, operator="contains", text=text):
            return _in_vocabulary(field, prefix, "contains", text)
        case Compares(field=field, comparison=comparison, value=value) if field.type is DataType.INTEGER:
            # Neither the screen nor the examples know `>=`: on whole numbers it is `>` one lower.
            bound = int(value) + {">=": -1, "<=": 1}.get(comparison, 0)
            return _in_vocabulary(field, prefix, "gt" if comparison[0] == ">" else "lt", bound)
        case OnDay(field=field, test=test):
            return _days_ago(field, prefix, test)
        case _:
            return None


def _days_ago(field: Field, prefix: str, test: DayTest) -> AudiencePredicate | None:
    """Dates stand as days ago: `lt` is less than so many days ago, `gt` more.

    `lt` takes the days to come as well (help centre article on filters), so it is for dates that do not lie ahead.
    """
    if not is_never_future(field) and not (
        isinstance(test, Away) and test.amount in ("more than", "at least")
    ):
        return None
    match test:
        case Away("less than", days, "ago"):
            return _in_vocabulary(field, prefix, "lt", days)
        case Away("at most", days, "ago") | Within("last", days):
            return _in_vocabulary(field, prefix, "lt", days + 1)
        case Away("more than", days, "ago"):
            return _in_vocabulary(field, prefix, "gt", days)
        case Away("at least", days, "ago") if days > 0:
            return _in_vocabulary(field, prefix, "gt", days - 1)
        case _:
            return None


def _in_vocabulary(field: Field, prefix: str, comparison: str, value: Value) -> AudiencePredicate | None:
    """The filter, where its type and comparison are in the vocabulary."""
    kind = "string" if field.type is DataType.OPTIONS else str(field.type)
    if field.name == "role" and field.owner == "contact":
        return None
    if (kind, comparison) not in VOCABULARY:
        return None
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return AudiencePredicate(f"{prefix}{field.wire}", kind, comparison, text)
