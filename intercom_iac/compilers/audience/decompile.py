"""The filters of an audience -> a rule that compiles to them, where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import MODELS, AudiencePredicate, DataType, Field, Predicate, Schema
from intercom_iac.model.predicate import (
    And,
    Away,
    Compares,
    DaysBetween,
    DayTest,
    Equals,
    IsTrue,
    Matches,
    NamedDay,
    Not,
    OnDay,
    OneOf,
    SomeCompany,
)
from intercom_iac.model.standard import is_never_future
from intercom_iac.rules import compile_rule, format_rule
from intercom_iac.text import Excerpt

from .filters import AudienceFilters, to_audience
from .vocabulary import VOCABULARY

_COMPANY = "company."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decompiled:
    """The text of a rule that compiles to the filters; else None, and why there is none."""

    rule: str | None = None
    reason: str = ""


class _Unsayable(Exception):
    """No rule says a filter; its text is why."""


def decompile(filters: AudienceFilters, schema: Schema) -> Decompiled:
    """A rule for these filters, over the attributes of a schema.

    It is given only where the text, read and compiled again, comes to the same filters, in whatever order.
    """
    try:
        predicate = _rule_of(filters, schema)
    except _Unsayable as unsayable:
        return Decompiled(reason=str(unsayable))
    text = format_rule(predicate)
    read, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    if read is None:
        why = next(diagnostic.message for diagnostic in diagnostics if diagnostic.is_error)
        return Decompiled(reason=f"the rule for its filters is not valid: {why}")
    if not same_filters(to_audience(read).filters, filters):
        return Decompiled(reason="no rule compiles to these filters")
    return Decompiled(rule=text)


def predicate_of(filters: AudienceFilters, schema: Schema) -> Predicate | None:
    """A predicate that compiles to the filters, over the attributes of a schema, archived ones too; None where there
    is none."""
    try:
        predicate = _rule_of(filters, schema)
    except _Unsayable:
        return None
    return predicate if same_filters(to_audience(predicate).filters, filters) else None


def same_filters(one: AudienceFilters | None, other: AudienceFilters | None) -> bool:
    """Whether two audiences have the same filters; their order says nothing."""
    return one is not None and other is not None and _canonical(one) == _canonical(other)


def _canonical(filters: AudienceFilters) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    predicates, roles = (
        sorted(tuple(predicate.as_json().values()) for predicate in listed)
        for listed in (filters.predicates, filters.role_predicates)
    )
    return predicates, roles


def _rule_of(filters: AudienceFilters, schema: Schema) -> Predicate:
    """Raises `_Unsayable`."""
    if not filters.predicates and not filters.role_predicates:
        raise _Unsayable("it has no filters, and a rule tests something")
    parts = [*_tests(filters.predicates, schema)]
    if filters.role_predicates:
        parts.append(_roles(filters.role_predicates, schema))
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _tests(predicates: Sequence[AudiencePredicate], schema: Schema) -> Iterator[Predicate]:
    fields = {
        f"{_COMPANY if model == 'company' else ''}{field.wire}": field
        for model in MODELS
        for name in schema.field_names(model)
        if (field := schema.field(model, name)) is not None
    }
    left = list(predicates)
    while left:
        predicate = left.pop(0)
        field = fields.get(predicate.attribute)
        if field is None:
            raise _Unsayable(f"it reads `{predicate.attribute}`, which is no attribute that the specs know")
        other = _other_end(predicate, left)
        if field.type is DataType.DATE and field.owner == "contact" and not is_never_future(field) and other:
            left.remove(other)
            yield OnDay(field, _days_between(predicate, other))
            continue
        test = _test(predicate, field)
        yield SomeCompany(test) if field.owner == "company" else test


def _other_end(predicate: AudiencePredicate, left: Sequence[AudiencePredicate]) -> AudiencePredicate | None:
    """The filter that makes a range of days of this one: from so many days ago, to so many."""
    ends = {"gt": "lt", "lt": "gt"}
    return next(
        (
            other
            for other in left
            if other.attribute == predicate.attribute
            and other.type == predicate.type == "date"
            and other.comparison == ends.get(predicate.comparison)
        ),
        None,
    )


def _days_between(predicate: AudiencePredicate, other: AudiencePredicate) -> DayTest:
    older, younger = (predicate, other) if predicate.comparison == "gt" else (other, predicate)
    return DaysBetween(1 - _number(younger), -_number(older) - 1)


def _test(predicate: AudiencePredicate, field: Field) -> Predicate:
    kind = "string" if field.type is DataType.OPTIONS else str(field.type)
    if predicate.type != kind:
        raise _Unsayable(
            f"it compares `{predicate.attribute}` as `{predicate.type}`, and it is of type `{field.type}`"
        )
    if (kind, predicate.comparison) not in VOCABULARY:
        raise _Unsayable(f"no rule says its comparison `{predicate.comparison}` of a `{predicate.type}`")
    match kind, predicate.comparison:
        case "string", "contains":
            return Matches(field, "contains", predicate.value)
        case "string", comparison:
            equals = Equals(field, predicate.value)
            return equals if comparison == "eq" else Not(equals)
        case "integer", "gt":
            return Compares(field, ">", _number(predicate))
        case "integer", "lt":
            return Compares(field, "<", _number(predicate))
        case "integer", comparison:
            equals = Equals(field, _number(predicate))
            return equals if comparison == "eq" else Not(equals)
        case "boolean", _:
            return IsTrue(field) if predicate.value == "true" else Equals(field, False)
        case _:
            return OnDay(field, _days_ago(predicate, field))


def _days_ago(predicate: AudiencePredicate, field: Field) -> DayTest:
    days = _number(predicate)
    if predicate.comparison == "gt":
        return Away("more than", days, "ago")
    if is_never_future(field):
        return Away("less than", days, "ago")
    # Days to come pass the filter too.
    if days in (1, 2):
        return NamedDay(">=", "today" if days == 1 else "yesterday")
    raise _Unsayable(
        f"no rule says that `{field.name}` is less than {days} days ago or in the days to come, as its filter does"
    )


def _roles(predicates: Sequence[AudiencePredicate], schema: Schema) -> Predicate:
    field = schema.field("contact", "role")
    assert field is not None
    for predicate in predicates:
        if (predicate.attribute, predicate.type, predicate.comparison) != ("role", "role", "eq"):
            raise _Unsayable(f"no rule says its filter on roles `{predicate.comparison} {predicate.value}`")
        if predicate.value not in field.options:
            raise _Unsayable(f"no rule knows the role `{predicate.value}`")
    values = tuple(predicate.value for predicate in predicates)
    return Equals(field, values[0]) if len(values) == 1 else OneOf(field, values)


def _number(predicate: AudiencePredicate) -> int:
    text = predicate.value
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 18:
        raise _Unsayable(f"its value `{text}` for `{predicate.attribute}` is no whole number")
    return int(text)
