"""Rules as an audience's filters: what is documented or observed, and what does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.compilers import to_audience
from intercom_iac.diagnostics import Excerpt
from intercom_iac.model import Attribute, DataType, Event, Schema, Segment
from intercom_iac.rules import compile_rule

TYPES = {"plan": "string", "usage": "integer", "score": "float", "vip": "boolean", "ends": "date"}
PLAIN = Schema(
    {("contact", name): Attribute("contact", name, DataType(type_)) for name, type_ in TYPES.items()},
    {"login": Event("login")},
)


def rule_of(text: str, schema: Schema = PLAIN) -> Any:
    rule, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), schema)
    assert rule is not None, diagnostics
    return rule


SCHEMA = Schema(
    PLAIN.attributes,
    PLAIN.events,
    {"pros": Segment("pros", "Pros", "...", rule_of("plan = pro and role = user"))},
)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("company.name contains Acme", ("company.name", "string", "contains", "Acme")),
        ("plan = enterprise", ("custom_attributes.plan", "string", "eq", "enterprise")),
        ("plan != free", ("custom_attributes.plan", "string", "ne", "free")),
        ("company.plan = pro", ("company.plan.name", "string", "eq", "pro")),
        ("usage > 5", ("custom_attributes.usage", "integer", "gt", "5")),
        ("usage <= 5", ("custom_attributes.usage", "integer", "lt", "6")),
        ("usage = 5", ("custom_attributes.usage", "integer", "eq", "5")),
        ("vip", ("custom_attributes.vip", "boolean", "eq", "true")),
        ("vip is false", ("custom_attributes.vip", "boolean", "eq", "false")),
        ("ends less than 30 days ago", ("custom_attributes.ends", "date", "lt", "30")),
        ("ends within last 30 days", ("custom_attributes.ends", "date", "lt", "31")),
        ("last_seen_at more than 30 days ago", ("last_seen_at", "date", "gt", "30")),
    ],
)
def test_a_test_that_fits(text: str, predicate: tuple[str, str, str, str]) -> None:
    result = to_audience(rule_of(text))
    assert result.diagnostics == ()
    assert result.filters is not None
    (found,) = result.filters.predicates
    assert (found.attribute, found.type, found.comparison, found.value) == predicate
    assert result.filters.role_predicates == ()


def test_roles_stand_apart_and_referred_segments_are_laid_open() -> None:
    result = to_audience(rule_of("segment pros and usage > 3", SCHEMA))
    assert result.filters is not None
    assert [each.attribute for each in result.filters.predicates] == [
        "custom_attributes.plan",
        "custom_attributes.usage",
    ]
    (role,) = result.filters.role_predicates
    assert role.as_json() == {"attribute": "role", "type": "role", "comparison": "eq", "value": "user"}
    result = to_audience(rule_of("role in (user, lead)"))
    assert result.filters is not None
    assert [each.value for each in result.filters.role_predicates] == ["user", "lead"]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("vip and (plan = a or plan = b)", "plan = a or plan = b"),
        ("ends within next 3 days", "ends within next 3 days"),
        ("not vip and usage > 3", "not vip"),
        ("score > 1.5", "score > 1.5"),
        ("plan starts with x", "plan starts with x"),
        ("plan is unknown", "plan is unknown"),
        ("event login", "event login"),
        ("tag vip", "tag vip"),
        ("company(plan = a and size > 3)", "company(plan = a and size > 3)"),
        ("company.plan != a", "company.plan != a"),
        ("role != user", "role != user"),
        ("role = user and role = lead", "role = user and role = lead"),
    ],
)
def test_what_does_not_fit_is_told_at_the_clause(text: str, clause: str) -> None:
    result = to_audience(rule_of(text))
    assert result.filters is None
    (told,) = result.diagnostics
    assert (told.code, told.severity, told.message) == (
        "LINT540",
        "warning",
        "an audience cannot express this",
    )
    assert told.span is not None
    assert told.span.text == clause
