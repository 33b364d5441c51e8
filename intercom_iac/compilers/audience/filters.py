"""Typed rule -> the filters of an audience, where a list of filters that all hold can say it.

What a filter may say is not documented: the API 2.16 description types all four of its fields as text and shows
three examples. The vocabulary below marks what those examples show, what was seen in links of Intercom's own
screen, and what is assumed by analogy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import AudiencePredicate, DataType, Field, Predicate
from intercom_iac.model.predicate import (
    And,
    Away,
    Compares,
    DayTest,
    Equals,
    InSegment,
    IsTrue,
    Matches,
    Not,
    OnDay,
    OneOf,
    SomeCompany,
    Value,
    Within,
)
from intercom_iac.model.standard import lies_behind

from .unsupported import unfit

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


@dataclass(frozen=True, slots=True)
class AudienceFilters:
    """`predicates` all hold, and the contact has one of the roles, any where none is named."""

    predicates: tuple[AudiencePredicate, ...] = ()
    role_predicates: tuple[AudiencePredicate, ...] = ()


@dataclass(frozen=True, slots=True)
class AudienceResult:
    """The filters, or None where an audience cannot express the rule; then `diagnostics` say why, at the clause."""

    filters: AudienceFilters | None
    diagnostics: tuple[Diagnostic, ...] = ()


def to_audience(predicate: Predicate) -> AudienceResult:
    """The rule as an audience's filters: a conjunction of tests of the vocabulary, nothing else."""
    tests: list[AudiencePredicate] = []
    roles: list[tuple[str, ...]] = []
    diagnostics: list[Diagnostic] = []
    for part in _conjuncts(predicate):
        role = _roles(part)
        test = _test(part)
        if role:
            roles.append(role)
        elif test is not None:
            tests.append(test)
        else:
            diagnostics.append(unfit(part))
        if len(set(roles)) > 1:
            diagnostics.append(unfit(part, "it asks for the role once, or for any of some"))
            roles.pop()
    if diagnostics:
        return AudienceResult(None, tuple(diagnostics))
    role_tests = (AudiencePredicate("role", "role", "eq", each) for each in (roles[0] if roles else ()))
    return AudienceResult(AudienceFilters(tuple(tests), tuple(role_tests)))


def _conjuncts(node: Predicate) -> tuple[Predicate, ...]:
    """The parts that all have to hold, those of segments the rule refers to included."""
    match node:
        case And(parts=parts):
            return tuple(inner for part in parts for inner in _conjuncts(part))
        case InSegment(rule=rule):
            return _conjuncts(rule)
        case _:
            return (node,)


def _roles(node: Predicate) -> tuple[str, ...]:
    """The roles of which the contact has one; none where the test is about something else."""
    match node:
        case Equals(field=Field(owner="contact", name="role"), value=str(role)):
            return (role,)
        case OneOf(field=Field(owner="contact", name="role"), values=roles):
            return tuple(dict.fromkeys(str(each) for each in roles))
        case _:
            return ()


def _test(node: Predicate) -> AudiencePredicate | None:
    match node:
        case SomeCompany(rule=rule):
            return _field_test(rule, "company.")
        case Not(part=Equals(field=field, value=value)) if field.type is not DataType.BOOLEAN:
            return _known(field, "", "ne", value)
        case _:
            return _field_test(node, "")


def _field_test(node: Predicate, prefix: str) -> AudiencePredicate | None:
    match node:
        case Equals(field=field, value=value):
            return _known(field, prefix, "eq", value)
        case IsTrue(field=field):
            return _known(field, prefix, "eq", True)
        case Matches(field=field, operator="contains", text=text):
            return _known(field, prefix, "contains", text)
        case Compares(field=field, comparison=comparison, value=value) if field.type is DataType.INTEGER:
            # Neither the screen nor the examples know `>=`: on whole numbers it is `>` one lower.
            bound = int(value) + {">=": -1, "<=": 1}.get(comparison, 0)
            return _known(field, prefix, "gt" if comparison[0] == ">" else "lt", bound)
        case OnDay(field=field, test=test):
            return _days_ago(field, prefix, test)
        case _:
            return None


def _days_ago(field: Field, prefix: str, test: DayTest) -> AudiencePredicate | None:
    """Dates stand as days ago: `lt` is less than so many days ago, `gt` more.

    `lt` takes the days to come as well (help centre article on filters), so it is for dates that do not lie ahead.
    """
    if not lies_behind(field) and not (isinstance(test, Away) and test.amount in ("more than", "at least")):
        return None
    match test:
        case Away("less than", days, "ago"):
            return _known(field, prefix, "lt", days)
        case Away("at most", days, "ago") | Within("last", days):
            return _known(field, prefix, "lt", days + 1)
        case Away("more than", days, "ago"):
            return _known(field, prefix, "gt", days)
        case Away("at least", days, "ago") if days > 0:
            return _known(field, prefix, "gt", days - 1)
        case _:
            return None


def _known(field: Field, prefix: str, comparison: str, value: Value) -> AudiencePredicate | None:
    """The filter, where its type and comparison are in the vocabulary."""
    kind = "string" if field.type is DataType.OPTIONS else str(field.type)
    if field.name == "role" and field.owner == "contact":
        return None
    if (kind, comparison) not in VOCABULARY:
        return None
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return AudiencePredicate(f"{prefix}{field.wire}", kind, comparison, text)
