"""The clicks on Intercom's screen, and what the screen lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from intercom_iac.compilers import to_screen_steps
from intercom_iac.compilers.limitations import unsupported
from intercom_iac.compilers.screen.form import UNSUPPORTED
from intercom_iac.compilers.screen.steps import way_out
from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Between,
    Calendar,
    ComparesFields,
    DaysBetween,
    DaysFromField,
    EventSequence,
    InSegment,
    IsKnown,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    SomeCompany,
    Within,
)
from intercom_iac.model.standard import STANDARD
from intercom_iac.rules import format_rule

ALL = "match all of these filters, with And between them:"
ANY = "match any of these filters, with Or between them:"
ALL_OF_GROUP = "add a group that matches all of its filters, with And between them:"
ANY_OF_GROUP = "add a group that matches any of its filters, with Or between them:"

AHEAD = "whether it includes days to come"
NEGATIVE = "whether a negative number is days to come"
ROLE = "what the filter and its values are called"
SEVERAL = "of a person with several companies"
DATES = "whether the dates of an event have it"
NEVER = f"Event · report_exported · First occurred · is unknown (not certain: {DATES})"
A_COMPANY, NO_COMPANY = (
    f"Company data · Company ID · {operator} (not certain: whether every company has one)"
    for operator in ("has any value", "is unknown")
)
EVER = "Event · report_exported · Count · greater than · 0"


def filters(*texts: str) -> tuple[str, ...]:
    """Steps of one filter, or of several below the line that joins them."""
    if len(texts) == 1:
        return (f"add filter: {texts[0]}",)
    heading, *rest = texts
    return (heading, *(f"  add filter: {text}" for text in rest))


def date_field(name: str) -> Field:
    return Field("contact", name, DataType.DATE, f"custom_attributes.{name}", None)


ENDS = date_field("ends")
SEEN = STANDARD["contact", "last_seen_at"].field()
SEATS = Field("contact", "seats", DataType.INTEGER, "custom_attributes.seats", None)
SCORE = Field("contact", "score", DataType.FLOAT, "custom_attributes.score", None)
NOTE = Field("contact", "note", DataType.STRING, "custom_attributes.note", None)
TOTAL = Field("event", "total", DataType.INTEGER, "metadata.total", None)
SIZE = STANDARD["company", "size"].field()


# --- one filter ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plan = trial", "plan · is · trial"),
        ("plan != trial", "plan · is not · trial"),
        ("plan contains t", "plan · contains · t (not certain: whether an attribute with options has it)"),
        ("note contains x", "note · contains · x"),
        ("note not contains x", "note · does not contain · x"),
        ("note starts with x", "note · starts with · x"),
        ("note ends with x", "note · ends with · x"),
        ("note is unknown", "note · is unknown"),
        ("note has any value", "note · has any value"),
        ("feature_usage = 3", "feature_usage · is · 3"),
        ("feature_usage != 3", "feature_usage · is not · 3"),
        ("feature_usage > 3", "feature_usage · greater than · 3"),
        ("feature_usage >= 3", "feature_usage · greater than · 2"),
        ("feature_usage <= 3", "feature_usage · less than · 4"),
        ("vip", "vip · is · true"),
        ("vip is false", "vip · is · false"),
        ("trial_end_date more than 14 days ago", "trial_end_date · more than · 14 days ago"),
        ("trial_end_date at least 14 days ago", "trial_end_date · more than · 13 days ago"),
        ("trial_end_date exactly 1 day ago", "trial_end_date · exactly · 1 day ago"),
        (
            "trial_end_date exactly 2 days from now",
            f"trial_end_date · exactly · -2 days ago (not certain: {NEGATIVE})",
        ),
        (
            "trial_end_date more than 3 days from now",
            f"trial_end_date · less than · -3 days ago (not certain: {NEGATIVE}; {AHEAD})",
        ),
        ("trial_end_date before 2026-01-31", "trial_end_date · before · 2026-01-31"),
        ("trial_end_date on 2026-01-31", "trial_end_date · on · 2026-01-31"),
        ("trial_end_date <= 2026-01-31", "trial_end_date · before · 2026-02-01"),
        ("trial_end_date >= 2026-01-31", "trial_end_date · after · 2026-01-30"),
        # Intercom's own are called by their labels, and of what has happened no day lies ahead.
        ("signed_up_at within last 7 days", "Signed up · less than · 8 days ago"),
        ("last_seen_at more than 30 days ago", "Last seen · more than · 30 days ago"),
        ("created_at has any value", "First Seen · has any value"),
        ("location.country = Ireland", "Country · is · Ireland"),
        ("role = user", f"Contact role · is · user (not certain: {ROLE})"),
        ("company.plan = pro", "Company data · Plan · is · pro"),
        ("company.plan in (pro)", "Company data · Plan · is · pro"),
        ("company.name contains acme", "Company data · Company name · contains · acme"),
        ("company.tier != gold", f"Company data · tier · is not · gold (not certain: {SEVERAL})"),
        ("company.plan is unknown", f"Company data · Plan · is unknown (not certain: {SEVERAL})"),
        ("company tag vip", "Company tag · is · vip (not certain: what the filter is called)"),
        ("tag vip", "Person tag · is · vip"),
        ("not tag vip", "Person tag · is not · vip"),
        ("event report_exported", EVER),
        ("not event report_exported", NEVER),
        ("event report_exported count = 2", "Event · report_exported · Count · is · 2"),
        ("event report_exported count != 2", "Event · report_exported · Count · is not · 2"),
        ("event report_exported count >= 2", "Event · report_exported · Count · greater than · 1"),
        ("event report_exported count = 0", NEVER),
        ("event report_exported count < 1", NEVER),
        (
            "event report_exported first more than 7 days ago",
            "Event · report_exported · First occurred · more than · 7 days ago",
        ),
        (
            "event report_exported last within last 7 days",
            "Event · report_exported · Last occurred · less than · 8 days ago",
        ),
        # That some occurrence lies from a day on says the last one; that some lies before a day, the first.
        (
            "event report_exported within last 7 days",
            "Event · report_exported · Last occurred · less than · 8 days ago",
        ),
        (
            "event report_exported more than 30 days ago",
            "Event · report_exported · First occurred · more than · 30 days ago",
        ),
    ],
)
def test_a_filter(compiled: Callable[[str], Any], text: str, said: str) -> None:
    rule, diagnostics = compiled(text)
    assert rule is not None, diagnostics
    assert to_screen_steps(rule) == filters(said)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Matches(NOTE, "contains word", "x y"), "note · contains exact word · x y"),
        (OnDay(SEEN, NamedDay("<", "today")), "Last seen · more than · 0 days ago"),
        (OnDay(SEEN, NamedDay(">=", "yesterday")), "Last seen · less than · 2 days ago"),
        (OnDay(ENDS, NamedDay("=", "tomorrow")), f"ends · exactly · -1 days ago (not certain: {NEGATIVE})"),
        (OnDay(ENDS, DaysBetween(-3, -3)), "ends · exactly · 3 days ago"),
        (OnDay(ENDS, DaysBetween(date(2026, 1, 2), date(2026, 1, 2))), "ends · on · 2026-01-02"),
        # At the ends of the calendar every day is meant.
        (OnDay(ENDS, Calendar(">=", date.min)), "ends · has any value"),
        (OnDay(ENDS, Calendar("<=", date.max)), "ends · has any value"),
        (ActiveDays("report_exported", ">=", 1), EVER),
        (ActiveDays("report_exported", "=", 0), NEVER),
        (
            ActiveDays("report_exported", ">", 0, window=Within("last", 30)),
            "Event · report_exported · Last occurred · less than · 31 days ago",
        ),
        (
            Occurrences("report_exported", window=DaysBetween(date(2026, 1, 2), 0)),
            "Event · report_exported · Last occurred · after · 2026-01-01",
        ),
        (InSegment("hot", IsKnown(NOTE)), "Segment · is · Hot ones"),
        (Not(InSegment("hot", IsKnown(NOTE))), "Segment · is not · Hot ones"),
        # No segment of Intercom is to be had for it: its rule stands there.
        (Not(InSegment("other", IsKnown(NOTE))), "note · is unknown"),
    ],
)
def test_a_filter_of_a_typed_rule(rule: Predicate, said: str) -> None:
    assert to_screen_steps(rule, {"hot": "Hot ones"}) == filters(said)


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("two words", "two words"),
        ("it's", "it's"),
        ('say "x"', 'say "x"'),
        ('"x"', r'"\"x\""'),
        (" x", '" x"'),
        ("", '"" (not certain: whether it takes an empty text)'),
        ("a|b", "a|b (not certain: whether | means or)"),
        ("a · b", '"a · b"'),
        ("two\nlines", r'"two\nlines"'),
        ("x (not certain: y)", '"x (not certain: y)"'),
    ],
)
def test_a_value_is_in_quotes_only_where_it_would_be_read_otherwise(value: str, typed: str) -> None:
    assert to_screen_steps(Matches(NOTE, "contains", value)) == filters(f"note · contains · {typed}")


def test_an_attribute_called_like_what_leads_to_other_filters_is_in_quotes() -> None:
    segment = Field("contact", "Segment", DataType.STRING, "custom_attributes.Segment", None)
    assert to_screen_steps(IsKnown(segment)) == filters('"Segment" · has any value')


# --- several filters ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("score >= 2.5", (ANY, "score · greater than · 2.5", "score · is · 2.5")),
        ("score <= 2.5", (ANY, "score · less than · 2.5", "score · is · 2.5")),
        ("not score > 3.5", (ANY, "score · less than · 3.5", "score · is · 3.5", "score · is unknown")),
        ("not score >= 3.5", (ANY, "score · less than · 3.5", "score · is unknown")),
        ("not vip", (ANY, "vip · is · false", "vip · is unknown")),
        ("not vip is false", (ANY, "vip · is · true", "vip · is unknown")),
        ("plan in (trial, free, trial)", (ANY, "plan · is · trial", "plan · is · free")),
        ("plan not in (trial, free)", (ALL, "plan · is not · trial", "plan · is not · free")),
        (
            "company.monthly_spend >= 2.5",
            (
                ANY,
                "Company data · Monthly Spend · greater than · 2.5",
                "Company data · Monthly Spend · is · 2.5",
            ),
        ),
        (
            "not company.monthly_spend >= 2.5",
            (
                ANY,
                f"Company data · Monthly Spend · less than · 2.5 (not certain: {SEVERAL})",
                f"Company data · Monthly Spend · is unknown (not certain: {SEVERAL})",
            ),
        ),
        (
            "company.plan in (free, pro)",
            (ANY, "Company data · Plan · is · free", "Company data · Plan · is · pro"),
        ),
        (
            "company(tier = gold and seats > 3)",
            (
                ALL,
                f"Company data · tier · is · gold (not certain: {SEVERAL})",
                f"Company data · seats · greater than · 3 (not certain: {SEVERAL})",
            ),
        ),
        (
            "company(tier = gold and seats is unknown)",
            (
                ALL,
                f"Company data · tier · is · gold (not certain: {SEVERAL})",
                f"Company data · seats · is unknown (not certain: {SEVERAL})",
            ),
        ),
        # A negated filter takes people without a company, and one that is not negated leaves them out.
        (
            "company(tier != gold)",
            (ALL, f"Company data · tier · is not · gold (not certain: {SEVERAL})", A_COMPANY),
        ),
        (
            "not company(tier != gold)",
            (ANY, f"Company data · tier · is · gold (not certain: {SEVERAL})", NO_COMPANY),
        ),
        # A day of a date that may lie ahead is bounded on both sides.
        (
            "trial_end_date within last 1 day",
            (
                ALL,
                "trial_end_date · less than · 2 days ago",
                f"trial_end_date · more than · -1 days ago (not certain: {NEGATIVE})",
            ),
        ),
        (
            "trial_end_date within next 3 days",
            (
                ALL,
                f"trial_end_date · less than · 1 day ago (not certain: {AHEAD})",
                f"trial_end_date · more than · -4 days ago (not certain: {NEGATIVE})",
            ),
        ),
        (
            "not trial_end_date within last 3 days",
            (
                ANY,
                "trial_end_date · more than · 3 days ago",
                f"trial_end_date · less than · 0 days ago (not certain: {AHEAD})",
                "trial_end_date · is unknown",
            ),
        ),
        (
            "not last_seen_at within last 3 days",
            (ANY, "Last seen · more than · 3 days ago", "Last seen · is unknown"),
        ),
        (
            "trial_end_date != 2026-01-31",
            (
                ANY,
                "trial_end_date · before · 2026-01-31",
                "trial_end_date · after · 2026-01-31",
                "trial_end_date · is unknown",
            ),
        ),
        (
            "not trial_end_date <= 2026-01-31",
            (ANY, "trial_end_date · after · 2026-01-31", "trial_end_date · is unknown"),
        ),
        (
            "not trial_end_date at least 0 days from now",
            (ANY, "trial_end_date · more than · 0 days ago", "trial_end_date · is unknown"),
        ),
        ("event report_exported count < 2", (ANY, "Event · report_exported · Count · less than · 2", NEVER)),
        ("event report_exported count <= 2", (ANY, "Event · report_exported · Count · less than · 3", NEVER)),
        ("event report_exported count >= 0", (ANY, EVER, NEVER)),
        ("event report_exported count < 0", (ALL, EVER, NEVER)),
        (
            "not event report_exported within last 7 days",
            (ANY, "Event · report_exported · Last occurred · more than · 7 days ago", NEVER),
        ),
        (
            "not event report_exported last within last 7 days",
            (ANY, "Event · report_exported · Last occurred · more than · 7 days ago", NEVER),
        ),
        (
            "not event report_exported first before 2026-01-31",
            (ANY, "Event · report_exported · First occurred · after · 2026-01-30", NEVER),
        ),
    ],
)
def test_what_takes_several_filters(compiled: Callable[[str], Any], text: str, said: tuple[str, ...]) -> None:
    rule, diagnostics = compiled(text)
    assert rule is not None, diagnostics
    assert to_screen_steps(rule) == filters(*said)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Between(SEATS, 3, 7), (ALL, "seats · greater than · 2", "seats · less than · 8")),
        (
            Not(Between(SEATS, 3, 7)),
            (ANY, "seats · less than · 3", "seats · greater than · 7", "seats · is unknown"),
        ),
        (
            SomeCompany(Between(SIZE, 3, 7)),
            (
                ALL,
                f"Company data · Company size · greater than · 2 (not certain: {SEVERAL})",
                f"Company data · Company size · less than · 8 (not certain: {SEVERAL})",
            ),
        ),
        (
            OnDay(ENDS, DaysBetween(-7, -3)),
            (ALL, "ends · less than · 8 days ago", "ends · more than · 2 days ago"),
        ),
        (
            OnDay(ENDS, DaysBetween(date(2026, 1, 1), date(2026, 2, 1))),
            (ALL, "ends · after · 2025-12-31", "ends · before · 2026-02-02"),
        ),
        (
            Not(OnDay(SEEN, DaysBetween(-7, -3))),
            (
                ANY,
                "Last seen · more than · 7 days ago",
                "Last seen · less than · 3 days ago",
                "Last seen · is unknown",
            ),
        ),
        (
            Not(ActiveDays("report_exported", ">=", 1, window=Within("last", 30))),
            (ANY, "Event · report_exported · Last occurred · more than · 30 days ago", NEVER),
        ),
    ],
)
def test_what_takes_several_filters_of_a_typed_rule(rule: Predicate, said: tuple[str, ...]) -> None:
    assert to_screen_steps(rule) == filters(*said)


# --- groups -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (
            "vip and not feature_usage > 3 and plan in (trial, free)",
            (
                ALL,
                "  add filter: vip · is · true",
                f"  {ANY_OF_GROUP}",
                "    add filter: feature_usage · less than · 4",
                "    add filter: feature_usage · is unknown",
                f"  {ANY_OF_GROUP}",
                "    add filter: plan · is · trial",
                "    add filter: plan · is · free",
            ),
        ),
        (
            "vip or note = x and plan = trial",
            (
                ANY,
                "  add filter: vip · is · true",
                f"  {ALL_OF_GROUP}",
                "    add filter: note · is · x",
                "    add filter: plan · is · trial",
            ),
        ),
        # Deeper than the screen nests: laid out, and without what others make needless.
        (
            "note = a or (note = x and (plan = trial or vip))",
            (
                ALL,
                f"  {ANY_OF_GROUP}",
                "    add filter: note · is · a",
                "    add filter: note · is · x",
                f"  {ANY_OF_GROUP}",
                "    add filter: note · is · a",
                "    add filter: plan · is · trial",
                "    add filter: vip · is · true",
            ),
        ),
        (
            "vip or (note = x and (plan = trial or vip))",
            (
                ANY,
                "  add filter: vip · is · true",
                f"  {ALL_OF_GROUP}",
                "    add filter: note · is · x",
                "    add filter: plan · is · trial",
            ),
        ),
        # What is said twice is one filter.
        ("vip and (vip and note = x)", (ALL, "  add filter: vip · is · true", "  add filter: note · is · x")),
    ],
)
def test_groups(compiled: Callable[[str], Any], text: str, steps: tuple[str, ...]) -> None:
    rule, _ = compiled(text)
    assert to_screen_steps(rule) == steps


def test_what_is_too_many_filters_once_laid_out_is_said_to_nest_too_deep(
    compiled: Callable[[str], Any],
) -> None:
    pairs = [f"(note = a{number} and (note = b{number} or note = c{number} and vip))" for number in range(9)]
    rule, _ = compiled(f"score > 1 and (vip is false or {' or '.join(pairs)})")
    steps = to_screen_steps(rule)
    assert steps[:2] == (ALL, "  add filter: score · greater than · 1")
    assert steps[2].startswith("  the screen cannot express `vip = false or note = a0 and (note = b0 or ")
    assert steps[2].endswith(
        "(its groups do not nest so deep; as a segment of its own it would be one filter)"
    )
    assert steps[3:] == (way_out(),)


# --- what the screen lacks ----------------------------------------------------------------------------------

COUNTS_ALL = "it counts all occurrences, whenever they were"
NO_OTHER_DATE = "it compares a date with today or a day, not with another date"
NONE_BETWEEN = "of an event it knows the first and the last time, and none between"
NO_METADATA = "it asks how often and when an event occurred, not for its metadata"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("note not starts with x", "its `starts with` has no negated form"),
        ("not note ends with x", "its `ends with` has no negated form"),
        ("not company(name starts with x)", "its `starts with` has no negated form"),
        ("event report_exported count >= 2 within last 7 days", COUNTS_ALL),
        ("not event report_exported count = 2 within last 7 days", COUNTS_ALL),
        ("event report_exported exactly 7 days ago", NONE_BETWEEN),
        ("event report_exported where format = pdf", NO_METADATA),
        ("event report_exported where format = pdf last more than 3 days ago", NO_METADATA),
    ],
)
def test_what_the_screen_lacks(compiled: Callable[[str], Any], text: str, why: str) -> None:
    rule, diagnostics = compiled(text)
    assert rule is not None, diagnostics
    step, last = to_screen_steps(rule)
    assert step.startswith("the screen cannot express `")
    assert step.endswith(f"` ({why})")
    assert last == way_out()
    assert "`publish: [tag]`" in last


def test_the_rest_of_a_rule_has_its_filters(compiled: Callable[[str], Any]) -> None:
    rule, _ = compiled("vip and note not starts with x")
    assert to_screen_steps(rule) == (
        ALL,
        "  add filter: vip · is · true",
        "  the screen cannot express `note not starts with x` (its `starts with` has no negated form)",
        way_out(),
    )


SEQUENCE = EventSequence("report_exported", "report_exported", 7)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (
            ComparesFields(SEATS, ">", SCORE),
            "it compares an attribute with a value, not with another attribute",
        ),
        (OnDay(ENDS, AgainstField("<", SEEN)), NO_OTHER_DATE),
        (OnDay(ENDS, DaysFromField("within", 7, "after", SEEN)), NO_OTHER_DATE),
        (Occurrences("report_exported", window=AgainstField(">", SEEN)), NO_OTHER_DATE),
        (OccurrenceDay("report_exported", "last", DaysFromField("within", 7, "of", SEEN)), NO_OTHER_DATE),
        (ActiveDays("report_exported", ">=", 1, window=AgainstField(">", SEEN)), NO_OTHER_DATE),
        (Aggregate("report_exported", "sum", TOTAL, ">", 10), "it does not calculate with metadata"),
        (ActiveDays("report_exported", ">=", 3), "it does not count the days of an event"),
        (ActiveDays("report_exported", ">=", 1, where=IsKnown(TOTAL)), NO_METADATA),
        (ActiveDays("report_exported", ">=", 1, window=DaysBetween(-7, -3)), NONE_BETWEEN),
        (SEQUENCE, "it does not compare when two events occurred"),
    ],
)
def test_the_forms_that_the_screen_lacks_it_lacks_negated_too(rule: Predicate, why: str) -> None:
    for node in (rule, Not(rule)):
        lacking = unsupported(node, UNSUPPORTED)
        assert lacking is not None
        assert lacking.reason == why
        step, last = to_screen_steps(node)
        assert step == f"the screen cannot express `{format_rule(node)}` ({why})"
        assert last == way_out()
