"""Rules as search queries: the very bodies, and what is left to decide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import SearchQuery, to_search
from intercom_iac.model import (
    Attribute,
    DataType,
    Event,
    Field,
    MetadataKey,
    Person,
    Predicate,
    Schema,
    Segment,
)
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    And,
    Between,
    ComparesFields,
    DaysBetween,
    DaysFromField,
    EventSequence,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    Or,
    SomeCompany,
)
from intercom_iac.rules import compile_rule, format_rule, satisfies
from intercom_iac.text import Excerpt

TODAY = date(2026, 3, 29)  # clocks change in Berlin on this day
BERLIN = ZoneInfo("Europe/Berlin")
EVERYBODY = {"field": "role", "operator": "IN", "value": ["user", "lead"]}
TYPES = {"plan": "string", "usage": "integer", "score": "float", "vip": "boolean", "ends": "date"}
PLAIN = Schema(
    {("contact", name): Attribute("contact", name, DataType(type_)) for name, type_ in TYPES.items()},
    {"login": Event("login")},
)


def rule_of(text: str, schema: Schema = PLAIN) -> Any:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert rule is not None, diagnostics
    return rule


TRIAL = rule_of("plan = trial or company.plan = pro")
SCHEMA = Schema(PLAIN.attributes, PLAIN.events, {"trial": Segment("trial", "Trial", "...", TRIAL)})


def search(text: str) -> SearchQuery:
    return to_search(rule_of(text, SCHEMA), today=TODAY, zone=BERLIN)


def day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def test_a_tag_whose_id_is_known_is_searched_for() -> None:
    for text, operator in (("tag vip", "="), ("not tag vip", "!=")):
        found = to_search(rule_of(text), today=TODAY, zone=BERLIN, tag_ids={"vip": "17"})
        assert (found.query, found.exact) == ({"field": "tag_id", "operator": operator, "value": "17"}, True)
    # Tags of a company are not the contact's, and one that is not known may be anybody's.
    for text in ("company(tag vip)", "tag gold"):
        found = to_search(rule_of(text), today=TODAY, zone=BERLIN, tag_ids={"vip": "17"})
        assert (found.query, found.exact) == (EVERYBODY, False)


def one(field: str, operator: str, value: Any) -> dict[str, Any]:
    name = f"custom_attributes.{field}" if field in TYPES else field
    return {"field": name, "operator": operator, "value": value}


def both(*filters: dict[str, Any]) -> dict[str, Any]:
    return {"operator": "AND", "value": list(filters)}


def either(*filters: dict[str, Any]) -> dict[str, Any]:
    return {"operator": "OR", "value": list(filters)}


EXACT: list[tuple[str, dict[str, Any]]] = [
    ("plan = trial", one("plan", "=", "trial")),
    ("plan != trial", one("plan", "!=", "trial")),
    ("plan in (a, b)", one("plan", "IN", ["a", "b"])),
    ("plan not in (a, b)", one("plan", "NIN", ["a", "b"])),
    ("plan contains x", one("plan", "~", "x")),
    ("plan not contains x", one("plan", "!~", "x")),
    ("plan starts with x", one("plan", "^", "x")),
    ("plan ends with x", one("plan", "$", "x")),
    ("plan is unknown", one("plan", "=", None)),
    ("plan has any value", one("plan", "!=", None)),
    ("location.country = Chile", one("location.country", "=", "Chile")),
    ("role = user", one("role", "=", "user")),
    ("vip", one("vip", "=", True)),
    ("not vip", one("vip", "!=", True)),
    ("vip is false", one("vip", "=", False)),
    ("usage >= 3", one("usage", ">=", 3)),
    ("not usage >= 3", either(one("usage", "<", 3), one("usage", "=", None))),
    ("score > 2.0", one("score", ">", 2)),
    # days: from the day before to the day after; a single day; an open side
    (
        "ends within next 3 days",
        both(one("ends", ">", day("2026-03-28")), one("ends", "<", day("2026-04-02"))),
    ),
    ("ends exactly 1 day from now", one("ends", "=", day("2026-03-30"))),
    ("ends more than 14 days ago", one("ends", "<", day("2026-03-15"))),
    ("ends >= 2026-03-29", one("ends", ">", day("2026-03-28"))),
    (
        "ends != 2026-03-29",
        either(
            one("ends", "<", day("2026-03-29")), one("ends", ">", day("2026-03-29")), one("ends", "=", None)
        ),
    ),
    ("ends is unknown", one("ends", "=", None)),
    (
        "ends has any value",
        either(one("ends", "<", day("2026-03-29")), one("ends", ">", day("2026-03-28"))),
    ),
    # groups
    ("plan = a and vip", both(one("plan", "=", "a"), one("vip", "=", True))),
    ("plan = a or plan = b", one("plan", "IN", ["a", "b"])),
    ("plan != a and plan not in (b, c)", one("plan", "NIN", ["a", "b", "c"])),
    ("not (plan = a or vip)", both(one("plan", "!=", "a"), one("vip", "!=", True))),
    (
        "vip and (plan = a or usage = 3)",
        both(both(one("vip", "=", True)), either(one("plan", "=", "a"), one("usage", "=", 3))),
    ),
]


@pytest.mark.parametrize(("text", "query"), EXACT)
def test_exact(text: str, query: dict[str, Any]) -> None:
    found = search(text)
    assert found == SearchQuery(query, True, None, (), ())


INEXACT: list[tuple[str, dict[str, Any], str, tuple[str, ...], list[str]]] = [
    # rule, query, residual, requires, the clauses that stay behind
    (
        "company.plan = pro and ends > 14 days ago",
        one("ends", "<", day("2026-03-15")),
        "company.plan = pro",
        ("companies",),
        ["company.plan = pro"],
    ),
    ("event login", EVERYBODY, "event login", ("events",), ["event login"]),
    (
        "event login or company.plan = a",
        EVERYBODY,
        "event login or company.plan = a",
        ("companies", "events"),
        ["event login", "company.plan = a"],
    ),
    ("tag vip and vip", one("vip", "=", True), "tag vip", (), ["tag vip"]),
    ("browser_version = x", EVERYBODY, "browser_version = x", (), ["browser_version = x"]),
    ("plan not starts with x", EVERYBODY, "plan not starts with x", (), ["plan not starts with x"]),
    ("score > 1.5", one("score", ">", 1), "score > 1.5", (), ["score > 1.5"]),
    (
        "score = 1.5",
        both(one("score", ">=", 1), one("score", "<=", 2)),
        "score = 1.5",
        (),
        ["score = 1.5"],
    ),
    (
        "not score > 1.5",
        either(one("score", "<=", 2), one("score", "=", None)),
        "not score > 1.5",
        (),
        ["score > 1.5"],
    ),
    (
        "(plan = a and event login) or vip",
        either(one("plan", "=", "a"), one("vip", "=", True)),
        "plan = a and event login or vip",
        ("events",),
        ["event login"],
    ),
    ("segment trial and vip", one("vip", "=", True), "segment trial", ("companies",), ["company.plan = pro"]),
]


@pytest.mark.parametrize(("text", "query", "residual", "requires", "behind"), INEXACT)
def test_inexact(
    text: str, query: dict[str, Any], residual: str, requires: tuple[str, ...], behind: list[str]
) -> None:
    found = search(text)
    assert (found.query, found.exact, found.requires) == (query, False, requires)
    assert found.residual is not None
    assert format_rule(found.residual) == residual
    assert [each.span.text for each in found.diagnostics if each.span is not None] == behind
    assert {each.code for each in found.diagnostics} == {"LINT510"}


# --- forms of two bounds, and of two fields -----------------------------------------------------------------


def field(name: str) -> Field:
    found = SCHEMA.field("contact", name)
    assert found is not None
    return found


PLAN, USAGE, SCORE, ENDS = map(field, ("plan", "usage", "score", "ends"))
SEEN, SIGNED_UP, VERSION = map(field, ("last_seen_at", "signed_up_at", "browser_version"))
SPENT = Event("buy", metadata=(MetadataKey("total", DataType.FLOAT),)).field("total")
assert SPENT is not None

KNOWN = {
    name: [one(name, "<", day("2026-03-29")), one(name, ">", day("2026-03-28"))]
    for name in ("ends", "last_seen_at", "signed_up_at")
}
NEVER = both(*KNOWN["ends"])

DECIDED: list[tuple[Predicate, dict[str, Any]]] = [
    (OnDay(ENDS, NamedDay("<", "today")), one("ends", "<", day("2026-03-29"))),
    (OnDay(ENDS, NamedDay("<=", "today")), one("ends", "<", day("2026-03-30"))),
    (OnDay(ENDS, NamedDay("=", "yesterday")), one("ends", "=", day("2026-03-28"))),
    (OnDay(ENDS, NamedDay(">=", "tomorrow")), one("ends", ">", day("2026-03-29"))),
    (OnDay(ENDS, NamedDay(">", "tomorrow")), one("ends", ">", day("2026-03-30"))),
    (
        Not(OnDay(ENDS, NamedDay("=", "tomorrow"))),
        either(
            one("ends", "<", day("2026-03-30")), one("ends", ">", day("2026-03-30")), one("ends", "=", None)
        ),
    ),
    (
        OnDay(ENDS, DaysBetween(-7, -3)),
        both(one("ends", ">", day("2026-03-21")), one("ends", "<", day("2026-03-27"))),
    ),
    (
        OnDay(ENDS, DaysBetween(date(2026, 1, 1), 0)),
        both(one("ends", ">", day("2025-12-31")), one("ends", "<", day("2026-03-30"))),
    ),
    (OnDay(ENDS, DaysBetween(0, date(2026, 3, 29))), one("ends", "=", day("2026-03-29"))),
    # There is no such day: who passes is before today and not before today.
    (OnDay(ENDS, DaysBetween(date(2026, 5, 1), 0)), NEVER),
    (
        Not(OnDay(ENDS, DaysBetween(-7, date(2026, 3, 31)))),
        either(
            one("ends", "<", day("2026-03-22")), one("ends", ">", day("2026-03-31")), one("ends", "=", None)
        ),
    ),
    (Between(USAGE, 3, 7), both(one("usage", ">=", 3), one("usage", "<=", 7))),
    (Between(SCORE, -1.0, 2.0), both(one("score", ">=", -1), one("score", "<=", 2))),
    (
        Not(Between(USAGE, 3, 7)),
        either(one("usage", "<", 3), one("usage", ">", 7), one("usage", "=", None)),
    ),
]


@pytest.mark.parametrize(("rule", "query"), DECIDED, ids=repr)
def test_a_form_of_two_bounds_that_search_decides(rule: Predicate, query: dict[str, Any]) -> None:
    assert to_search(rule, today=TODAY, zone=BERLIN) == SearchQuery(query, True, None, (), ())


FIELDS = "a value, not with"
EVENTS = "does not know events"
LEFT: list[tuple[Predicate, dict[str, Any], str]] = [
    # rule, query, why the rule itself stays behind
    (Between(SCORE, 1.5, 2.5), both(one("score", ">=", 1), one("score", "<=", 3)), "whole numbers"),
    (Between(USAGE, 3, 2**63), one("usage", ">=", 3), "whole numbers"),
    (
        Not(Between(SCORE, 1.5, 2.5)),
        either(one("score", "<", 2), one("score", ">", 2), one("score", "=", None)),
        "whole numbers",
    ),
    (Not(Between(USAGE, 3, 2**63)), EVERYBODY, "whole numbers"),
    (Matches(PLAN, "contains word", "x"), one("plan", "~", "x"), "inside other words"),
    (Not(Matches(PLAN, "contains word", "x")), EVERYBODY, "no operator for `not contains word`"),
    (
        ComparesFields(USAGE, ">=", SCORE),
        both(one("usage", "!=", None), one("score", "!=", None)),
        f"`usage` with {FIELDS} `score`",
    ),
    (Not(ComparesFields(USAGE, "=", SCORE)), EVERYBODY, FIELDS),
    (
        OnDay(SEEN, AgainstField("<", ENDS)),
        both(either(*KNOWN["last_seen_at"]), either(*KNOWN["ends"])),
        f"`last_seen_at` with {FIELDS} `ends`",
    ),
    (
        OnDay(ENDS, DaysFromField("within", 7, "after", SIGNED_UP)),
        both(either(*KNOWN["ends"]), either(*KNOWN["signed_up_at"])),
        f"`ends` with {FIELDS} `signed_up_at`",
    ),
    (Not(OnDay(ENDS, DaysFromField("exactly", 7, "before", SIGNED_UP))), EVERYBODY, FIELDS),
    (ComparesFields(USAGE, ">", VERSION), one("usage", "!=", None), FIELDS),
    (Aggregate("buy", "sum", SPENT, ">=", 10), EVERYBODY, EVENTS),
    (ActiveDays("login", ">=", 3, window=NamedDay("<", "today")), EVERYBODY, EVENTS),
    (EventSequence("login", "buy", 7), EVERYBODY, EVENTS),
    (SomeCompany(OnDay(ENDS, NamedDay("=", "today"))), EVERYBODY, "a contact's companies"),
]


@pytest.mark.parametrize(("rule", "query", "why"), LEFT, ids=repr)
def test_a_form_that_search_does_not_decide_is_left_with_its_reason(
    rule: Predicate, query: dict[str, Any], why: str
) -> None:
    found = to_search(rule, today=TODAY, zone=BERLIN)
    assert (found.query, found.exact, found.residual) == (query, False, rule)
    (diagnostic,) = found.diagnostics
    assert why in diagnostic.message


AFTER = DaysFromField("within", 7, "after", SIGNED_UP)


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        (Occurrences("login", window=AFTER), True),
        (Occurrences("login", comparison="<", count=3, window=AFTER), False),
        (Occurrences("login", comparison="=", count=0, window=AFTER), False),
        (Not(Occurrences("login", window=AFTER)), False),
        (Not(Occurrences("login", comparison="<=", count=2, window=AFTER)), True),
        (OccurrenceDay("login", "first", AFTER), True),
        (Not(OccurrenceDay("login", "first", AFTER)), False),
        (ActiveDays("login", ">", 0, window=AFTER), True),
        (ActiveDays("login", "!=", 2, window=AFTER), False),
        (Aggregate("buy", "sum", SPENT, ">=", 1, window=AFTER), True),
        (Aggregate("buy", "sum", SPENT, ">=", 0, window=AFTER), False),
        (Not(Aggregate("buy", "sum", SPENT, "=", 0, window=AFTER)), True),
        (Aggregate("buy", "maximum", SPENT, "<", 5, window=AFTER), True),
        (Not(Aggregate("buy", "maximum", SPENT, "<", 5, window=AFTER)), False),
        (Occurrences("login", window=NamedDay("=", "today")), False),
    ],
    ids=repr,
)
def test_days_of_events_from_a_date_need_the_date_where_none_of_them_would_not_do(
    rule: Predicate, known: bool
) -> None:
    query = to_search(rule, today=TODAY, zone=BERLIN).query
    assert query == (either(*KNOWN["signed_up_at"]) if known else EVERYBODY)


def test_what_is_decided_stays_in_the_query_beside_what_is_not() -> None:
    range_, against = Between(USAGE, 3, 7), OnDay(SEEN, AgainstField(">", ENDS))
    found = to_search(And((range_, against)), today=TODAY, zone=BERLIN)
    assert found.residual == against
    assert found.query == both(
        both(one("usage", ">=", 3), one("usage", "<=", 7)),
        either(*KNOWN["last_seen_at"]),
        either(*KNOWN["ends"]),
    )
    found = to_search(Or((range_, Not(against))), today=TODAY, zone=BERLIN)
    assert (found.query, found.exact) == (EVERYBODY, False)


def filters(query: dict[str, Any]) -> int:
    return len(query["value"]) if "field" not in query else 1


def sizes(query: dict[str, Any]) -> list[int]:
    """How many filters each inner group has."""
    return [len(each["value"]) for each in query["value"]]


@pytest.mark.parametrize(("joined", "operator"), [("and", "AND"), ("or", "OR")])
def test_more_single_tests_than_one_group_takes_share_several(joined: str, operator: str) -> None:
    found = search(f" {joined} ".join(f"usage > {n}" for n in range(20)))
    assert found.exact
    assert (found.query["operator"], sizes(found.query)) == (operator, [15, 5])
    assert {each["operator"] for each in found.query["value"]} == {operator}


def test_single_tests_leave_room_for_groups() -> None:
    singles = " and ".join(f"usage > {n}" for n in range(13))
    pairs = " and ".join(f"(score > {n} or vip)" for n in range(14))
    found = search(f"{singles} and {pairs}")
    assert found.exact
    assert sizes(found.query) == [13, *([2] * 14)]


def test_what_is_past_fifteen_groups_of_fifteen_is_left() -> None:
    found = search(" and ".join(f"usage > {n}" for n in range(230)))
    assert not found.exact
    assert sizes(found.query) == [15] * 15
    assert found.residual is not None
    assert format_rule(found.residual) == " and ".join(f"usage > {n}" for n in range(225, 230))


def test_twenty_values_are_one_list() -> None:
    found = search(" or ".join(f"usage = {n}" for n in range(20)))
    assert (found.query, found.exact) == (one("usage", "IN", list(range(20))), True)


def test_what_does_not_fit_as_any_of_groups_may_fit_as_all_of_groups() -> None:
    text = " or ".join(f"(usage > {n} and plan contains x{n} and vip)" for n in range(10))
    found = search(text)
    assert found.exact
    assert found.query["operator"] == "OR"
    assert {each["operator"] for each in found.query["value"]} == {"AND"}


def test_a_rule_too_large_either_way_still_selects_a_superset_in_no_time() -> None:
    found = search(" or ".join(f"(usage > {n} and plan contains x{n})" for n in range(40)))
    assert not found.exact
    assert found.query == EVERYBODY or filters(found.query) <= 15
    assert found.residual is not None


def test_every_body_fits_the_official_schema() -> None:
    """The description's component, as far as a rule can reach it: operators, value types, unmixed groups."""
    bodies = [query for _, query in [*EXACT, *DECIDED]] + [query for _, query, *_ in [*INEXACT, *LEFT]]
    for body in bodies:
        assert_official(body)


def assert_official(query: dict[str, Any]) -> None:
    if "field" in query:
        assert set(query) == {"field", "operator", "value"}
        values = query["value"] if isinstance(query["value"], list) else [query["value"]]
        assert all(each is None or type(each) in (str, int, bool) for each in values)
        return
    assert query["operator"] in ("AND", "OR")
    assert len({"field" in each for each in query["value"]}) == 1
    for each in query["value"]:
        assert_official(each)


def passes(query: dict[str, Any], moment: int | None, zone: ZoneInfo) -> bool:
    """Whether a query of tests on one date finds who has this moment there: by calendar day, as search does."""
    if "field" not in query:
        return (all if query["operator"] == "AND" else any)(
            passes(each, moment, zone) for each in query["value"]
        )
    if query["field"] == "role":
        return True
    if query["value"] is None or moment is None:
        return moment is None and query["value"] is None
    day, wanted = (datetime.fromtimestamp(each, zone).date() for each in (moment, query["value"]))
    return {"=": day == wanted, "<": day < wanted, ">": day > wanted}[query["operator"]]


@pytest.mark.parametrize(
    "test",
    [
        *("on {}", "before {}", "after {}", "<= {}", ">= {}", "within next 2 days", "at most 2 days ago"),
        *("between {} and tomorrow", "between yesterday and {}", "between 2 and 1 days ago", "on yesterday"),
    ],
)
@pytest.mark.parametrize("day", ["2011-12-29", "2011-12-30", "2011-12-31"])
def test_a_day_that_the_time_zone_skipped_bounds_rightly(test: str, day: str) -> None:
    apia = ZoneInfo("Pacific/Apia")  # 2011-12-30 was left out there
    turn = int(datetime(2011, 12, 31, tzinfo=apia).timestamp())
    for text in (f"ends {test.format(day)}", f"not ends {test.format(day)}"):
        rule, today = rule_of(text), date.fromisoformat(day)
        made = to_search(rule, today=today, zone=apia)
        assert made.exact
        for moment in (
            None,
            *(turn + hours * 3600 + off for hours in range(-96, 120, 12) for off in (-1, 0)),
        ):
            person = Person({"custom_attributes": {} if moment is None else {"ends": moment}})
            assert passes(made.query, moment, apia) is satisfies(person, rule, today=today, zone=apia), moment


def test_the_end_of_the_calendar_bounds_nothing() -> None:
    forever = int(datetime(9999, 12, 31, 12, tzinfo=BERLIN).timestamp())
    for text, found in (("ends <= 9999-12-31", True), ("ends after 9999-12-31", False)):
        made = search(text)
        assert passes(made.query, forever, BERLIN) is found
        assert passes(made.query, None, BERLIN) is False
