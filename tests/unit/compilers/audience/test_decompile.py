"""Filters of audiences as rules: each rule compiles to the filters it was made of, and the rest says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.compilers import AudienceFilters, decompile, same_filters, to_audience
from intercom_iac.model import Attribute, AudiencePredicate, DataType, Schema
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.generators import examples

SCHEMA = Schema(
    {
        (attribute.model, attribute.name): attribute
        for attribute in (
            Attribute("contact", "plan", DataType.STRING),
            Attribute("contact", "tier", DataType.OPTIONS, ("gold", "it's", 'a "b"')),
            Attribute("contact", "usage", DataType.INTEGER),
            Attribute("contact", "score", DataType.FLOAT),
            Attribute("contact", "vip", DataType.BOOLEAN),
            Attribute("contact", "ends", DataType.DATE),
            Attribute("company", "seats left", DataType.INTEGER),
            Attribute("contact", "gone", DataType.STRING, status="archived"),
        )
    }
)
USER = ("role", "role", "eq", "user")
LEAD = ("role", "role", "eq", "lead")
Filter = tuple[str, str, str, str]


def filters_of(*predicates: Filter, roles: tuple[Filter, ...] = ()) -> AudienceFilters:
    return AudienceFilters(
        tuple(AudiencePredicate(*predicate) for predicate in predicates),
        tuple(AudiencePredicate(*role) for role in roles),
    )


@pytest.mark.parametrize(
    ("filters", "rule"),
    [
        (filters_of(("custom_attributes.plan", "string", "eq", "pro")), "plan = pro"),
        (filters_of(("custom_attributes.plan", "string", "ne", "two words")), "plan != 'two words'"),
        (filters_of(("custom_attributes.plan", "string", "contains", "it's")), 'plan contains "it\'s"'),
        (filters_of(("custom_attributes.tier", "string", "eq", "gold")), "tier = gold"),
        (filters_of(("company.name", "string", "contains", "Acme")), "company.name contains Acme"),
        (
            filters_of(("company.custom_attributes.seats left", "integer", "gt", "5")),
            "company.`seats left` > 5",
        ),
        (filters_of(("custom_attributes.usage", "integer", "lt", "-5")), "usage < -5"),
        (filters_of(("custom_attributes.usage", "integer", "ne", "5")), "usage != 5"),
        (filters_of(("custom_attributes.vip", "boolean", "eq", "true")), "vip"),
        (filters_of(("custom_attributes.vip", "boolean", "eq", "false")), "vip = false"),
        (filters_of(("custom_attributes.ends", "date", "gt", "14")), "ends more than 14 days ago"),
        (filters_of(("custom_attributes.ends", "date", "lt", "1")), "ends >= today"),
        (
            filters_of(
                ("custom_attributes.ends", "date", "lt", "8"), ("custom_attributes.ends", "date", "gt", "2")
            ),
            "ends between 3 and 7 days ago",
        ),
        (filters_of(("last_seen_at", "date", "lt", "7")), "last_seen_at less than 7 days ago"),
        (filters_of(roles=(USER,)), "role = user"),
        (filters_of(roles=(USER, LEAD)), "role in (user, lead)"),
        (
            filters_of(("custom_attributes.plan", "string", "eq", "pro"), roles=(LEAD,)),
            "plan = pro and role = lead",
        ),
    ],
)
def test_filters_become_the_rule_that_compiles_to_them(filters: AudienceFilters, rule: str) -> None:
    assert decompile(filters, SCHEMA).rule == rule


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (filters_of(), "no filters"),
        (filters_of(("custom_attributes.nope", "string", "eq", "a")), "no attribute that the specs know"),
        (filters_of(("custom_attributes.plan", "string", "regex", "a")), "its comparison `regex`"),
        (filters_of(("custom_attributes.plan", "integer", "eq", "1")), "it is of type `string`"),
        (filters_of(("custom_attributes.score", "float", "eq", "1")), "its comparison `eq` of a `float`"),
        (filters_of(("custom_attributes.usage", "integer", "gt", "many")), "no whole number"),
        (filters_of(("custom_attributes.tier", "string", "eq", "lead")), "is not valid"),
        (filters_of(("custom_attributes.gone", "string", "eq", "a")), "is not valid"),
        (filters_of(("custom_attributes.ends", "date", "lt", "9")), "days to come"),
        (filters_of(("custom_attributes.vip", "boolean", "eq", "yes")), "compiles to these filters"),
        (filters_of(roles=(("role", "role", "eq", "user_role"),)), "the role `user_role`"),
        (filters_of(roles=(("role", "role", "ne", "user"),)), "filter on roles"),
    ],
)
def test_filters_that_no_rule_says_have_a_reason(filters: AudienceFilters, reason: str) -> None:
    decompiled = decompile(filters, SCHEMA)
    assert decompiled.rule is None
    assert reason in decompiled.reason


_PREDICATES = st.builds(
    AudiencePredicate,
    st.sampled_from(
        [
            *(f"custom_attributes.{name}" for _, name in SCHEMA.attributes),
            "company.custom_attributes.seats left",
            "last_seen_at",
            "company.created_at",
            "email",
        ]
    ),
    st.sampled_from(["string", "integer", "float", "boolean", "date"]),
    st.sampled_from(["eq", "ne", "gt", "lt", "contains"]),
    st.sampled_from(
        ["true", "gold", "it's", "0", "1", "2", "-3", "30", "`a` and b", "", "é😀", "2026-01-31"]
    ),
)
_ROLES = st.lists(st.sampled_from([USER, LEAD]), max_size=2, unique=True)


@examples(150)
@given(predicates=st.lists(_PREDICATES, max_size=3), roles=_ROLES)
def test_any_filters_come_back_the_same_or_have_a_reason(
    predicates: list[AudiencePredicate], roles: list[Filter]
) -> None:
    filters = AudienceFilters(tuple(predicates), tuple(AudiencePredicate(*role) for role in roles))
    decompiled = decompile(filters, SCHEMA)
    if decompiled.rule is None:
        assert decompiled.reason
        return
    rule, _ = compile_rule(Excerpt.from_text(decompiled.rule, "<rule>"), SCHEMA)
    assert rule is not None
    assert same_filters(to_audience(rule).filters, filters)
