"""Rules as an audience's filters: what is documented or observed, and what does not fit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from intercom_iac.compilers import to_audience
from intercom_iac.model import STANDARD, Attribute, DataType, Event, Field, Predicate, Schema, Segment
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Away,
    Between,
    ComparesFields,
    DaysBetween,
    DaysFromField,
    DayTest,
    EventSequence,
    Matches,
    NamedDay,
    Not,
    OnDay,
    SomeCompany,
)
from intercom_iac.model.standard import is_never_future
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

TYPES = {"plan": "string", "usage": "integer", "score": "float", "vip": "boolean", "ends": "date"}
PLAIN = Schema(
    {("contact", name): Attribute("contact", name, DataType(type_)) for name, type_ in TYPES.items()}
    | {("company", "due"): Attribute("company", "due", DataType.DATE)},
    {"login": Event("login")},
)


def rule_of(text: str, schema: Schema = PLAIN) -> Any:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert rule is not None, diagnostics
    return rule


SCHEMA = Schema(
    PLAIN.attributes,
    PLAIN.events,
    {
        "pros": Segment("pros", "Pros", "...", rule_of("plan = pro and role = user")),
        "mixed": Segment("mixed", "Mixed", "...", rule_of("plan = a or plan = b")),
    },
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
        ("signed_up_at less than 30 days ago", ("signed_up_at", "date", "lt", "30")),
        ("last_seen_at within last 30 days", ("last_seen_at", "date", "lt", "31")),
        ("created_at at most 30 days ago", ("created_at", "date", "lt", "31")),
        ("company.last_request_at within last 30 days", ("company.last_request_at", "date", "lt", "31")),
        ("ends more than 30 days ago", ("custom_attributes.ends", "date", "gt", "30")),
        ("ends at least 30 days ago", ("custom_attributes.ends", "date", "gt", "29")),
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


def field(name: str) -> Field:
    found = SCHEMA.field("contact", name)
    assert found is not None
    return found


PLAN, USAGE, SCORE, ENDS, SEEN = map(field, ("plan", "usage", "score", "ends", "last_seen_at"))
SIZE, REQUESTED = SCHEMA.field("company", "size"), SCHEMA.field("company", "last_request_at")
assert SIZE is not None
assert REQUESTED is not None


def test_a_range_of_whole_numbers_is_two_filters() -> None:
    result = to_audience(Between(USAGE, 3, 7))
    assert result.filters is not None
    assert [(test.type, test.comparison, test.value) for test in result.filters.predicates] == [
        ("integer", "gt", "2"),
        ("integer", "lt", "8"),
    ]


@pytest.mark.parametrize(
    ("date_field", "test", "filters"),
    [
        (ENDS, NamedDay("<", "today"), ["gt 0"]),
        (ENDS, NamedDay("<=", "yesterday"), ["gt 0"]),
        (ENDS, NamedDay("<", "yesterday"), ["gt 1"]),
        (ENDS, NamedDay("=", "yesterday"), ["gt 0", "lt 2"]),
        # The days to come are among both these days and those of the filter.
        (ENDS, NamedDay(">=", "yesterday"), ["lt 2"]),
        (ENDS, NamedDay(">", "yesterday"), ["lt 1"]),
        (SEEN, NamedDay("=", "today"), ["lt 1"]),
        (ENDS, DaysBetween(-7, -3), ["gt 2", "lt 8"]),
        (SEEN, DaysBetween(-7, 0), ["lt 8"]),
        (ENDS, Away("exactly", 3, "ago"), ["gt 2", "lt 4"]),
        (ENDS, NamedDay(">=", "today"), ["lt 1"]),
        (SEEN, Away("exactly", 0, "from now"), ["lt 1"]),
        (SEEN, Away("less than", 0, "ago"), ["lt 0"]),
    ],
    ids=repr,
)
def test_days_that_count_from_today_are_so_many_days_ago(
    date_field: Field, test: DayTest, filters: list[str]
) -> None:
    result = to_audience(OnDay(date_field, test))
    assert result.filters is not None
    assert [f"{each.comparison} {each.value}" for each in result.filters.predicates] == filters


def test_a_company_takes_what_is_one_filter() -> None:
    result = to_audience(SomeCompany(OnDay(REQUESTED, DaysBetween(-7, 0))))
    assert result.filters is not None
    (found,) = result.filters.predicates
    assert (found.attribute, found.comparison, found.value) == ("company.last_request_at", "lt", "8")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Not(Between(USAGE, 3, 7)), "outside a range is below or above it"),
        (Between(SCORE, 1.5, 2.5), "none is known"),
        (Not(Between(SCORE, 1.5, 2.5)), "outside a range is below or above it"),
        (SomeCompany(Between(SIZE, 3, 7)), "two companies may pass one each"),
        (SomeCompany(OnDay(REQUESTED, DaysBetween(-7, -3))), "two companies may pass one each"),
        (Not(SomeCompany(Between(SIZE, 3, 7))), "only `is not` is known"),
        (Matches(PLAN, "contains word", "x"), "`contains`, and no `contains word`"),
        (Not(Matches(PLAN, "contains word", "x")), "only `is not` is known"),
        (ComparesFields(USAGE, ">=", SCORE), "compares `usage` with a value, not with `score`"),
        (Not(ComparesFields(USAGE, "=", SCORE)), "compares `usage` with a value, not with `score`"),
        (OnDay(SEEN, AgainstField("<", ENDS)), "compares `last_seen_at` with a value, not with `ends`"),
        (OnDay(ENDS, DaysFromField("within", 7, "of", SEEN)), "not with `last_seen_at`"),
        (SomeCompany(ComparesFields(SIZE, ">", SIZE)), "compares `size` with a value"),
        (OnDay(ENDS, NamedDay("=", "today")), "`ends` may lie ahead"),
        (OnDay(ENDS, NamedDay(">", "today")), "so many days ago"),
        (OnDay(SEEN, NamedDay("<=", "today")), "so many days ago"),
        (OnDay(SEEN, DaysBetween(-7, 3)), "so many days ago"),
        (OnDay(SEEN, DaysBetween(3, -3)), "so many days ago"),
        (OnDay(SEEN, DaysBetween(date(2026, 1, 1), 0)), "so many days ago"),
        (Not(OnDay(SEEN, NamedDay("<", "today"))), "only `is not` is known"),
        (ActiveDays("login", ">=", 3), "events"),
        (EventSequence("login", "login"), "events"),
    ],
    ids=repr,
)
def test_what_of_two_bounds_and_two_fields_does_not_fit(rule: Predicate, why: str) -> None:
    result = to_audience(rule)
    assert result.filters is None
    (diagnostic,) = result.diagnostics
    assert why in diagnostic.message


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
    ("text", "clause", "why"),
    [
        ("vip and (plan = a or plan = b)", "plan = a or plan = b", "none holds a choice"),
        ("ends within next 3 days", "ends within next 3 days", "so many days ago"),
        ("ends before 2026-01-31", "ends before 2026-01-31", "so many days ago"),
        ("ends within last 3 days", "ends within last 3 days", "`ends` may lie ahead"),
        ("ends less than 3 days ago", "ends less than 3 days ago", "`ends` may lie ahead"),
        ("company.due at most 1 week ago", "company.due at most 1 week ago", "`due` may lie ahead"),
        ("not vip and usage > 3", "not vip", "only `is not` is known"),
        ("score > 1.5", "score > 1.5", "none is known"),
        ("plan starts with x", "plan starts with x", "no `starts with`"),
        ("plan is unknown", "plan is unknown", "only `is not` is known"),
        ("plan has any value", "plan has any value", "asks for any value"),
        ("plan in (a, b)", "plan in (a, b)", "one value"),
        ("event login", "event login", "events"),
        ("event login last within last 3 days", "event login last within last 3 days", "events"),
        ("tag vip", "tag vip", "tags"),
        ("company tag vip", "company tag vip", "tags"),
        ("company(plan = a and size > 3)", "company(plan = a and size > 3)", "one attribute of a company"),
        ("company.plan != a", "company.plan != a", "only `is not` is known"),
        ("role != user", "role != user", "only `is not` is known"),
        ("role = user and role = lead", "role = lead", "the role once"),
        ("segment mixed and vip", "plan = a or plan = b", "none holds a choice"),
    ],
)
def test_what_does_not_fit_is_told_at_the_clause_with_its_reason(text: str, clause: str, why: str) -> None:
    result = to_audience(rule_of(text, SCHEMA))
    assert result.filters is None
    (told,) = result.diagnostics
    assert (told.code, told.severity) == ("LINT540", "warning")
    assert told.message.startswith(f"an audience cannot express `{clause}`: ")
    assert why in told.message
    assert told.span is not None
    assert told.span.text == clause


@pytest.mark.parametrize(
    "name", [name for (model, name), each in STANDARD.items() if each.type is DataType.DATE]
)
def test_every_date_of_intercom_s_own_is_one_that_does_not_lie_ahead(name: str) -> None:
    """One that is added and may lie ahead is not to be asked for the past days alone: look here when it is."""
    for model in ("contact", "company"):
        if (model, name) in STANDARD:
            assert is_never_future(STANDARD[model, name].field())


def test_a_custom_date_may_lie_ahead_whatever_it_is_called() -> None:
    schema = Schema({("company", "signed_up_at"): Attribute("company", "signed_up_at", DataType.DATE)})
    assert to_audience(rule_of("company.signed_up_at within last 3 days", schema)).filters is None
