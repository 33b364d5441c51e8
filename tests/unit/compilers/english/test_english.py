"""The sentences of rules: the words of each form and of its complement."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.compilers import to_english
from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.attribute import Owner
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    And,
    Between,
    Compares,
    ComparesFields,
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    SomeCompany,
    Within,
)


def field(name: str, type_: DataType, owner: Owner = "contact") -> Field:
    return Field(owner, name, type_, wire=name, search=name)


NOTE = field("note", DataType.STRING)
SEATS, LIMIT = field("seats", DataType.INTEGER), field("seat limit", DataType.INTEGER)
SEEN, ENDS = field("last_seen_at", DataType.DATE), field("ends", DataType.DATE)
RENEWS, DUE = field("renews", DataType.DATE, "company"), field("due", DataType.DATE, "company")
PAGES, PLAN = field("pages", DataType.INTEGER, "event"), field("plan", DataType.STRING, "event")

TESTS: list[tuple[Predicate, str, str]] = [
    # test, what is said of it, what is said of its complement
    (
        Matches(NOTE, "contains word", "vip"),
        'whose note contains the word "vip"',
        'whose note, if known, does not contain the word "vip"',
    ),
    (
        Between(SEATS, 3, 7),
        "whose seats is between 3 and 7",
        "whose seats, if known, is not between 3 and 7",
    ),
    (
        ComparesFields(SEATS, ">=", LIMIT),
        "whose seats is at least their `seat limit`",
        "whose seats, if both are known, is less than their `seat limit`",
    ),
    (
        ComparesFields(SEATS, "=", LIMIT),
        "whose seats is equal to their `seat limit`",
        "whose seats, if both are known, is not equal to their `seat limit`",
    ),
    (
        OnDay(SEEN, NamedDay("<", "today")),
        "whose last_seen_at is before today",
        "whose last_seen_at, if known, is not before today",
    ),
    (
        OnDay(SEEN, AgainstField("<", ENDS)),
        "whose last_seen_at is before their ends",
        "whose last_seen_at, if both are known, is not before their ends",
    ),
    (
        SomeCompany(OnDay(RENEWS, AgainstField(">", DUE))),
        "who have a company whose renews is after its due",
        "who have no company whose renews is after its due",
    ),
    (
        OccurrenceDay("login", "first", AgainstField(">=", ENDS)),
        "who did the event login for the first time on or after their ends",
        "who did not do the event login for the first time on or after their ends",
    ),
    (
        Occurrences("login", window=DaysFromField("within", 7, "after", ENDS)),
        "who did the event login within 7 days after their ends",
        "who never did the event login within 7 days after their ends",
    ),
    (
        Aggregate("login", "sum", PAGES, ">=", 10),
        "whose sum of pages over the event login is at least 10",
        "whose sum of pages over the event login is less than 10",
    ),
    (
        Aggregate("login", "average", PAGES, ">", 2.5, Equals(PLAN, "pro"), Within("last", 30)),
        'whose average of pages over the event login (plan is "pro") within the last 30 days is more than 2.5',
        'whose average of pages over the event login (plan is "pro") within the last 30 days, if known, '
        "is at most 2.5",
    ),
    (
        Aggregate("login", "sum", PAGES, "=", 10, window=NamedDay("=", "today")),
        "whose sum of pages over the event login today is exactly 10",
        "whose sum of pages over the event login today is not exactly 10",
    ),
    (
        ActiveDays("login", ">=", 3, window=Within("last", 30)),
        "who did the event login on at least 3 different days within the last 30 days",
        "who did the event login on less than 3 different days within the last 30 days",
    ),
    (
        ActiveDays("login", "=", 1),
        "who did the event login on exactly 1 day",
        "who did the event login on not exactly 1 day",
    ),
    (
        EventSequence("login", "buy", where=Equals(PLAN, "pro"), then_where=Compares(PAGES, ">", 3)),
        'who did the event login (plan is "pro") followed by the event buy (pages is more than 3)',
        'who never did the event login (plan is "pro") followed by the event buy (pages is more than 3)',
    ),
    (
        EventSequence("login", "buy", 7),
        "who did the event login followed within 7 days by the event buy",
        "who never did the event login followed within 7 days by the event buy",
    ),
    (
        EventSequence("login", "buy", 0),
        "who did the event login followed on the same day by the event buy",
        "who never did the event login followed on the same day by the event buy",
    ),
]


@pytest.mark.parametrize(("test", "said", "complement"), TESTS, ids=repr)
def test_a_test_and_its_complement(test: Predicate, said: str, complement: str) -> None:
    assert to_english(test) == f"contacts {said}"
    assert to_english(Not(test)) == f"contacts {complement}"


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (NamedDay("=", "today"), "today"),
        (NamedDay("<=", "yesterday"), "on or before yesterday"),
        (NamedDay(">", "tomorrow"), "after tomorrow"),
        (DaysBetween(date(2026, 1, 1), date(2026, 2, 1)), "between 2026-01-01 and 2026-02-01"),
        (DaysBetween(date(2026, 1, 1), 0), "between 2026-01-01 and today"),
        (DaysBetween(-7, -3), "between 3 and 7 days ago"),
        (DaysBetween(-3, -7), "between 3 days ago and 7 days ago"),
        (DaysBetween(-1, -1), "between 1 and 1 day ago"),
        (DaysBetween(-7, 0), "between 7 days ago and today"),
        (DaysBetween(0, 7), "between today and 7 days from now"),
        (DaysBetween(1, 2), "between 1 and 2 days from now"),
        (DaysBetween(7, 3), "between 7 days from now and 3 days from now"),
        (DaysBetween(-7, 3), "between 7 days ago and 3 days from now"),
        (DaysBetween(-1, 1), "between yesterday and tomorrow"),
        (DaysBetween(3, 7), "between 3 and 7 days from now"),
        (AgainstField("=", ENDS), "on the same day as their ends"),
        (AgainstField("<=", ENDS), "on or before their ends"),
        (DaysFromField("within", 1, "of", ENDS), "within 1 day of their ends"),
        (DaysFromField("more than", 3, "before", ENDS), "more than 3 days before their ends"),
    ],
    ids=repr,
)
def test_days(test: DayTest, said: str) -> None:
    assert to_english(OnDay(SEEN, test)) == f"contacts whose last_seen_at is {said}"
    assert to_english(Occurrences("login", window=test)) == f"contacts who did the event login {said}"


def test_of_a_company_and_of_an_occurrence_it_is_the_same_one_s_field() -> None:
    rule = Occurrences("login", ComparesFields(PAGES, "<", field("most", DataType.INTEGER, "event")))
    assert to_english(rule) == "contacts who did the event login (pages is less than its most)"
    company = SomeCompany(And((OnDay(RENEWS, NamedDay("=", "today")), OnDay(DUE, AgainstField("<", RENEWS)))))
    assert (
        to_english(company)
        == "contacts who have a company (whose renews is today and whose due is before its renews)"
    )
