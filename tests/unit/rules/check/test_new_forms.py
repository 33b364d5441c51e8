"""Ranges, days by name, fields against each other, totals and sequences: what each is, typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    And,
    Away,
    Between,
    Calendar,
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
)
from intercom_iac.rules import format_rule

from .conftest import PAID, SCHEMA, CompileOverPairs


def contact(name: str) -> Field:
    field = SCHEMA.field("contact", name)
    assert field is not None
    return field


def company(name: str) -> Field:
    field = SCHEMA.field("company", name)
    assert field is not None
    return field


def key(name: str) -> Field:
    field = PAID.field(name)
    assert field is not None
    return field


JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)

# What a clause on a date is; on the day of an event it is the same.
DAYS: list[tuple[str, DayTest]] = [
    ("between 2026-01-01 and 2026-02-01", DaysBetween(JANUARY, FEBRUARY)),
    ("between 3 and 7 days ago", DaysBetween(-7, -3)),
    ("between 7 and 3 days ago", DaysBetween(-7, -3)),
    ("between 3 and 3 days ago", DaysBetween(-3, -3)),
    ("between 3 and 7 days from now", DaysBetween(3, 7)),
    ("between 7 and 3 days from now", DaysBetween(3, 7)),
    ("between 1 and 2 weeks ago", DaysBetween(-14, -7)),
    ("between 2 weeks and 7 days ago", DaysBetween(-14, -7)),
    ("between 7 days ago and 1 week from now", DaysBetween(-7, 7)),
    ("between 3 days ago and 7 days ago", DaysBetween(-7, -3)),
    ("between yesterday and Tomorrow", DaysBetween(-1, 1)),
    ("between 7 days ago and today", DaysBetween(-7, 0)),
    ("between 2026-01-01 and today", DaysBetween(JANUARY, 0)),
    ("between 3 days ago and 2026-02-01", DaysBetween(-3, FEBRUARY)),
    ("before today", NamedDay("<", "today")),
    ("< TODAY", NamedDay("<", "today")),
    ("on yesterday", NamedDay("=", "yesterday")),
    ("= yesterday", NamedDay("=", "yesterday")),
    ("is tomorrow", NamedDay("=", "tomorrow")),
    ("after tomorrow", NamedDay(">", "tomorrow")),
    ("<= today", NamedDay("<=", "today")),
    (">= tomorrow", NamedDay(">=", "tomorrow")),
    ("before renewal", AgainstField("<", contact("renewal"))),
    ("on renewal", AgainstField("=", contact("renewal"))),
    ("= renewal", AgainstField("=", contact("renewal"))),
    ("after renewal", AgainstField(">", contact("renewal"))),
    (">= signed_up_at", AgainstField(">=", contact("signed_up_at"))),
    ("<= `renewal`", AgainstField("<=", contact("renewal"))),
    ("before `today`", AgainstField("<", contact("today"))),
    ("within 7 days after renewal", DaysFromField("within", 7, "after", contact("renewal"))),
    ("within 1 week before renewal", DaysFromField("within", 7, "before", contact("renewal"))),
    ("within 7 days of renewal", DaysFromField("within", 7, "of", contact("renewal"))),
    ("more than 3 days after renewal", DaysFromField("more than", 3, "after", contact("renewal"))),
    ("less than 3 days before renewal", DaysFromField("less than", 3, "before", contact("renewal"))),
    ("exactly 3 days after renewal", DaysFromField("exactly", 3, "after", contact("renewal"))),
    ("at least 3 days after renewal", DaysFromField("at least", 3, "after", contact("renewal"))),
    ("at most 3 days before `renewal`", DaysFromField("at most", 3, "before", contact("renewal"))),
    ("> 3 days after renewal", DaysFromField("more than", 3, "after", contact("renewal"))),
]
TRIAL_END = contact("trial_end")


@pytest.mark.parametrize(("clause", "test"), DAYS)
def test_a_test_of_days_is_the_same_on_a_date_and_on_an_event(
    paired: CompileOverPairs, clause: str, test: DayTest
) -> None:
    for text, rule in (
        (f"trial_end {clause}", OnDay(TRIAL_END, test)),
        (f"event paid {clause}", Occurrences("paid", window=test)),
        (f"event paid first {clause}", OccurrenceDay("paid", "first", test)),
        (f"event paid last {clause}", OccurrenceDay("paid", "last", test)),
        (f"event paid count < 3 {clause}", Occurrences("paid", None, "<", 3, test)),
        (f"event paid on at least 2 days {clause}", ActiveDays("paid", ">=", 2, window=test)),
        (
            f"event paid sum of total > 3 {clause}",
            Aggregate("paid", "sum", key("total"), ">", 3.0, window=test),
        ),
    ):
        found, told = paired(text)
        assert found == rule, text
        assert not [each for each in told if each.is_error]
        assert paired(format_rule(rule))[0] == rule


OTHERS: list[tuple[str, Predicate]] = [
    ("used between 3 and 7", Between(contact("used"), 3, 7)),
    ("score between -0.5 and 7", Between(contact("score"), -0.5, 7.0)),
    ("used not between 3 and 7", Not(Between(contact("used"), 3, 7))),
    ("trial_end not between 3 and 7 days ago", Not(OnDay(TRIAL_END, DaysBetween(-7, -3)))),
    ("trial_end != today", Not(OnDay(TRIAL_END, NamedDay("=", "today")))),
    ("trial_end is not yesterday", Not(OnDay(TRIAL_END, NamedDay("=", "yesterday")))),
    ("trial_end != renewal", Not(OnDay(TRIAL_END, AgainstField("=", contact("renewal"))))),
    (
        "trial_end is not 3 days after renewal",
        Not(OnDay(TRIAL_END, DaysFromField("exactly", 3, "after", contact("renewal")))),
    ),
    ("note contains word ada", Matches(contact("note"), "contains word", "ada")),
    ("note not contains word ada", Not(Matches(contact("note"), "contains word", "ada"))),
    ("used > limit", ComparesFields(contact("used"), ">", contact("limit"))),
    ("used at least limit", ComparesFields(contact("used"), ">=", contact("limit"))),
    ("used < score", ComparesFields(contact("used"), "<", contact("score"))),
    ("score <= `used`", ComparesFields(contact("score"), "<=", contact("used"))),
    ("used = limit", ComparesFields(contact("used"), "=", contact("limit"))),
    ("used is limit", ComparesFields(contact("used"), "=", contact("limit"))),
    ("used != limit", Not(ComparesFields(contact("used"), "=", contact("limit")))),
    (
        "company.seats > company.seats_used",
        SomeCompany(ComparesFields(company("seats"), ">", company("seats_used"))),
    ),
    (
        "company.seats > Company.seats_used",
        SomeCompany(ComparesFields(company("seats"), ">", company("seats_used"))),
    ),
    (
        "company(seats > seats_used)",
        SomeCompany(ComparesFields(company("seats"), ">", company("seats_used"))),
    ),
    (
        "company.renews != company.starts",
        Not(SomeCompany(OnDay(company("renews"), AgainstField("=", company("starts"))))),
    ),
    (
        "company.renews within 7 days of company.starts",
        SomeCompany(OnDay(company("renews"), DaysFromField("within", 7, "of", company("starts")))),
    ),
    (
        "company(renews on starts)",
        SomeCompany(OnDay(company("renews"), AgainstField("=", company("starts")))),
    ),
    ("event paid where items > free", Occurrences("paid", ComparesFields(key("items"), ">", key("free")))),
    (
        "event paid where (due_date within 7 days after from_date)",
        Occurrences("paid", OnDay(key("due_date"), DaysFromField("within", 7, "after", key("from_date")))),
    ),
    ("event paid sum of total >= 10", Aggregate("paid", "sum", key("total"), ">=", 10.0)),
    ("event paid sum of items is 10", Aggregate("paid", "sum", key("items"), "=", 10)),
    ("event paid average of items > 2.5", Aggregate("paid", "average", key("items"), ">", 2.5)),
    ("event paid minimum of items < -2", Aggregate("paid", "minimum", key("items"), "<", -2)),
    ("event paid maximum of total at most 2", Aggregate("paid", "maximum", key("total"), "<=", 2.0)),
    ("event paid sum of total != 10", Not(Aggregate("paid", "sum", key("total"), "=", 10.0))),
    (
        "event paid where kind = a sum of total between 1 and 5 after today",
        And(
            (
                Aggregate(
                    "paid", "sum", key("total"), ">=", 1.0, Equals(key("kind"), "a"), NamedDay(">", "today")
                ),
                Aggregate(
                    "paid", "sum", key("total"), "<=", 5.0, Equals(key("kind"), "a"), NamedDay(">", "today")
                ),
            )
        ),
    ),
    (
        "event paid count between 3 and 5",
        And((Occurrences("paid", None, ">=", 3), Occurrences("paid", None, "<=", 5))),
    ),
    (
        "event paid count between 3 and 5 and event left",
        And(
            (
                Occurrences("paid", None, ">=", 3),
                Occurrences("paid", None, "<=", 5),
                Occurrences("left"),
            )
        ),
    ),
    (
        "not event paid count between 3 and 5",
        Not(And((Occurrences("paid", None, ">=", 3), Occurrences("paid", None, "<=", 5)))),
    ),
    # `not` is the complement, `no` is not: those without a value pass the first.
    ("used is not greater than 3", Not(Compares(contact("used"), ">", 3))),
    ("used not fewer than 3", Not(Compares(contact("used"), "<", 3))),
    ("used no more than 3", Compares(contact("used"), "<=", 3)),
    ("used is not more than limit", Not(ComparesFields(contact("used"), ">", contact("limit")))),
    ("not used not more than 3", Compares(contact("used"), ">", 3)),
    ("trial_end is not more than 3 days ago", Not(OnDay(contact("trial_end"), Away("more than", 3, "ago")))),
    ("trial_end is not later than 2026-01-01", Not(OnDay(contact("trial_end"), Calendar(">", JANUARY)))),
    ("trial_end not earlier than today", Not(OnDay(contact("trial_end"), NamedDay("<", "today")))),
    ("trial_end no later than 2026-01-01", OnDay(contact("trial_end"), Calendar("<=", JANUARY))),
    (
        "trial_end not more than 3 days after renewal",
        Not(OnDay(contact("trial_end"), DaysFromField("more than", 3, "after", contact("renewal")))),
    ),
    ("event paid not more than 3 times", Occurrences("paid", None, "<=", 3)),
    ("event paid count is not fewer than 3", Occurrences("paid", None, ">=", 3)),
    ("event paid on not more than 3 days", ActiveDays("paid", "<=", 3)),
    (
        "event paid average of total is not more than 3",
        Not(Aggregate("paid", "average", key("total"), ">", 3)),
    ),
    ("event paid on exactly 3 days", ActiveDays("paid", "=", 3)),
    (
        "event paid where kind = a on more than 3 days after 2026-01-01",
        ActiveDays("paid", ">", 3, Equals(key("kind"), "a"), Calendar(">", JANUARY)),
    ),
    ("event paid then event left", EventSequence("paid", "left")),
    ("event paid then event left within 2 weeks", EventSequence("paid", "left", 14)),
    (
        "event paid where kind = a then event paid where (kind = b) within 7 days",
        EventSequence("paid", "paid", 7, Equals(key("kind"), "a"), Equals(key("kind"), "b")),
    ),
]


@pytest.mark.parametrize(("text", "rule"), OTHERS)
def test_a_new_form_is_typed(paired: CompileOverPairs, text: str, rule: Predicate) -> None:
    found, told = paired(text)
    assert found == rule
    assert not [each for each in told if each.is_error]
    assert paired(format_rule(rule))[0] == rule


# Wrong rules: the code, what the hint has, and the rule after the fix where there is one.
MISTAKES: list[tuple[str, str, str, str | None]] = [
    # ranges
    ("used between 'a' and 3", "TYPE302", "a whole number", None),
    ("used between 0.5 and 3", "TYPE302", "a whole number", None),
    ("used between '3' and 7", "TYPE302", "write `3` without quotes", "used between 3 and 7"),
    ("used between 3 and limit", "TYPE302", "write `used >= 3 and", "(used >= 3 and used <= limit)"),
    ("used not between limit and 7", "TYPE302", "write `not (used", "not (used >= limit and used <= 7)"),
    (
        "company.seats between seats_used and 7",
        "TYPE302",
        "write `company(seats >=",
        "company(seats >= seats_used and seats <= 7)",
    ),
    (
        "company.seats not between company.seats_used and 7",
        "TYPE302",
        "write `not company(",
        "not company(seats >= seats_used and seats <= 7)",
    ),
    (
        "trial_end between 3 days ago and renewal",
        "TYPE302",
        "write `not trial_end more than 3 days ago and",
        "(not trial_end more than 3 days ago and trial_end <= renewal)",
    ),
    (
        "trial_end not between renewal and 3 days from now",
        "TYPE302",
        "write `not (trial_end >= renewal and",
        "not (trial_end >= renewal and not trial_end more than 3 days from now)",
    ),
    (
        "trial_end between renewal and 3 days ago",
        "TYPE302",
        "write `trial_end >= renewal and",
        "(trial_end >= renewal and trial_end at least 3 days ago)",
    ),
    (
        "trial_end not between tomorrow and yesterday",
        "TYPE305",
        "write `not between yesterday and tomorrow`",
        "trial_end not between yesterday and tomorrow",
    ),
    (
        "trial_end not more than 2026-01-01",
        "TYPE301",
        "write `not later than 2026-01-01`",
        "trial_end not later than 2026-01-01",
    ),
    ("trial_end is not 3 days of renewal", "TYPE301", "write `!= 3 days before renewal` or", None),
    (
        "event paid not more than 3 days after renewal",
        "TYPE301",
        "write `event paid at most 3 days after renewal` or `not event paid more than 3 days after renewal`",
        None,
    ),
    ("event paid on 3", "TYPE302", "write a day", None),
    ("used between 3 and 7 days ago", "TYPE302", "a whole number", None),
    ("note between 1 and 3", "TYPE301", "on a text use", None),
    ("vip not between 1 and 3", "TYPE301", "on a boolean use", None),
    (
        "trial_end between 3 and 7",
        "TYPE302",
        "`between 3 and 7 days ago` or `between 3 and 7 days from now`",
        None,
    ),
    (
        "trial_end between now and 3 days from now",
        "TYPE302",
        "write `today`",
        "trial_end between today and 3 days from now",
    ),
    ("trial_end between soon and today", "TYPE302", "write a day such as", None),
    (
        "trial_end between '2026-01-01' and 2026-02-01",
        "TYPE302",
        "without quotes",
        "trial_end between 2026-01-01 and 2026-02-01",
    ),
    (
        "trial_end between tomorrow and yesterday",
        "TYPE305",
        "write `between yesterday and tomorrow`",
        "trial_end between yesterday and tomorrow",
    ),
    (
        "trial_end between 3 days from now and 3 days ago",
        "TYPE305",
        "write `between 3 days ago and 3 days from now`",
        "trial_end between 3 days ago and 3 days from now",
    ),
    (
        "trial_end between renewal and today",
        "TYPE302",
        "trial_end >= renewal",
        "(trial_end >= renewal and trial_end <= today)",
    ),
    ("trial_end between 1 and 999999 days ago", "TYPE305", "36500", None),
    # days
    ("trial_end exactly today", "TYPE301", "write `on today`", "trial_end on today"),
    ("trial_end more than tomorrow", "TYPE301", "write `after tomorrow`", "trial_end after tomorrow"),
    ("trial_end at least renewal", "TYPE301", "write `>= renewal`", "trial_end >= renewal"),
    ("trial_end before now", "TYPE307", "trial_end before today", "trial_end before today"),
    ("trial_end = '2026-01-31'", "TYPE302", "without quotes", "trial_end = 2026-01-31"),
    ("trial_end = 'Today'", "TYPE302", "without quotes", "trial_end = today"),
    ("trial_end = never", "TYPE302", "write `is unknown`", None),
    ("trial_end in (2026-01-01)", "TYPE301", "write `trial_end on 2026-01-01`", "trial_end on 2026-01-01"),
    (
        "trial_end in (today, 2026-01-01)",
        "TYPE301",
        "write `trial_end on today or",
        "(trial_end on today or trial_end on 2026-01-01)",
    ),
    (
        "company.renews not in (today, tomorrow)",
        "TYPE301",
        "write `company.renews != today and",
        "(company.renews != today and company.renews != tomorrow)",
    ),
    ("trial_end in (renewal, today)", "TYPE301", "on a date use", None),
    # the other field
    ("trial_end before trial_end", "TYPE302", "with another attribute", None),
    ("used >= used", "TYPE302", "as it stands it says `used has any value`", None),
    ("used != used", "TYPE302", "as it stands it says `used is unknown`", None),
    ("trial_end within 7 days of trial_end", "TYPE302", "with another attribute", None),
    ("used > trial_end", "TYPE302", "dates with dates", None),
    ("trial_end after used", "TYPE302", "dates with dates", None),
    ("used > note", "TYPE302", "numbers are compared with numbers", None),
    ("used > vip", "TYPE302", "numbers are compared with numbers", None),
    ("note = `email`", "TYPE302", "in quotes: `'email'`", None),
    ("vip = `note`", "TYPE302", "numbers are compared with numbers", None),
    ("used >= Limit", "REF401", "did you mean `limit`?", "used >= limit"),
    ("used >= limmit", "REF401", "did you mean `limit`?", "used >= limit"),
    ("used = `nothing`", "REF401", "declare it", None),
    (
        "trial_end before signedUpAt",
        "REF401",
        "did you mean `signed_up_at`?",
        "trial_end before signed_up_at",
    ),
    (
        "trial_end within 7 days after renewel",
        "REF401",
        "did you mean `renewal`?",
        "trial_end within 7 days after renewal",
    ),
    ("trial_end within 7 days after zzz", "REF401", "declare it", None),
    ("trial_end within 7 days after note", "TYPE302", "dates with dates", None),
    ("note within 7 days after renewal", "TYPE301", "on a text use", None),
    ("trial_end more than 3 days of renewal", "TYPE301", "`more than 3 days before renewal` or", None),
    ("used > seats", "REF402", "the same contact or the same company", None),
    ("used > company.seats", "REF402", "the same contact or the same company", None),
    ("trial_end before renews", "REF402", "the same contact or the same company", None),
    ("trial_end within 7 days of company.renews", "REF402", "the same contact or the same company", None),
    ("company.seats > seats_used", "REF402", "`company.seats_used`", "company.seats > company.seats_used"),
    ("company.seats > used", "REF402", "the same contact or the same company", None),
    ("company.seats > company.used", "REF402", "the same contact or the same company", None),
    ("company.seats > company.zzz", "REF401", "declare it", None),
    (
        "company.seats > company.seats_usd",
        "REF401",
        "did you mean `company.seats_used`?",
        "company.seats > company.seats_used",
    ),
    ("company(seats > used)", "REF402", "the same contact or the same company", None),
    ("company(seats > company.seats_used)", "TYPE306", "write `seats_used`", "company(seats > seats_used)"),
    ("event paid where items > used", "REF402", "the same contact or the same company", None),
    ("event paid where items > kind", "TYPE302", "numbers are compared with numbers", None),
    ("event paid where items > company.seats", "TYPE306", "move the rest out", None),
    ("trial_end before gone_date", "REF407", "take it out", None),
    ("trial_end within 7 days of gone_date", "REF407", "take it out", None),
    ("used > gone_number", "REF407", "take it out", None),
    ("event paid before gone_date", "REF407", "take it out", None),
    # the day of an event
    ("event paid before note", "TYPE302", "name a date of the contact", None),
    ("event paid before company.renews", "TYPE302", "name a date of the contact", None),
    ("event paid before renewel", "REF401", "did you mean `renewal`?", "event paid before renewal"),
    ("event paid within 7 days after zzz", "REF401", "declare it", None),
    ("event paid before now", "TYPE307", "write `before today`", "event paid before today"),
    ("event paid between 3 and 7", "TYPE301", "`count between 3 and 7`", None),
    (
        "event paid not between 3 and 7 days ago",
        "TYPE301",
        "write `not event paid between",
        "not event paid between 3 and 7 days ago",
    ),
    ("event paid last != renewal", "TYPE301", "write `not event paid last", "not event paid last = renewal"),
    # totals
    ("event paid sum of kind > 3", "TYPE301", "the numbers of `paid` are `total`, `items`, `free`", None),
    ("event left sum of items > 3", "REF404", "it declares no metadata", None),
    ("event paid sum of Total > 3", "REF404", "did you mean `total`?", "event paid sum of total > 3"),
    ("event paid sum of items > 2.5", "TYPE302", "a whole number", None),
    ("event paid count between 3 and 99999999999999999999", "TYPE305", "goes up to", None),
    ("event paid on at least 3.5 days", "TYPE305", "digits alone", None),
    # sequences
    ("event paid then event lft", "REF403", "did you mean `left`?", "event paid then event left"),
    ("event asked_before then event paid", "REF407", "take it out", None),
    ("event paid then event asked_before", "REF407", "take it out", None),
    ("event paid then event left where x = 1", "REF404", "it declares no metadata", None),
    ("event paid where zz = 1 then event left", "REF404", "its keys are", None),
    ("event paid then event left within 999999 days", "TYPE305", "36500", None),
    ("company(event paid then event left)", "TYPE306", "move the rest out", None),
]


@pytest.mark.parametrize(("text", "code", "hint", "right"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_has_its_place_and_what_would_do(
    paired: CompileOverPairs, text: str, code: str, hint: str, right: str | None
) -> None:
    rule, told = paired(text)
    assert rule is None
    (mistake,) = (each for each in told if each.is_error)
    assert mistake.code == code
    assert hint in str(mistake.hint)
    assert mistake.span is not None
    assert fixed(text, mistake) == right
    if right is not None:
        assert not [each for each in paired(right)[1] if each.is_error]


def fixed(text: str, mistake: Any) -> str | None:
    if mistake.fix is None:
        return None
    (edit,) = mistake.fix.edits
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


# Rules that are read and remarked on, and what the remark offers.
REMARKS = [
    ("used between 7 and 3", "LINT504", "between 3 and 7"),
    ("trial_end between 2026-02-01 and 2026-01-01", "LINT504", "between 2026-01-01 and 2026-02-01"),
    ("event paid between 2026-02-01 and 2026-01-01", "LINT504", "between 2026-01-01 and 2026-02-01"),
    ("trial_end less than 0 days after renewal", "LINT504", "on renewal"),
    ("trial_end before old_date", "LINT501", "what replaces it"),
    ("event paid after old_date", "LINT501", "what replaces it"),
    ("event paid then event asks", "LINT501", "what replaces it"),
    ("event paid then event paid", "LINT547", "event paid count >= 2"),
]


@pytest.mark.parametrize(("text", "code", "offer"), REMARKS)
def test_what_is_remarked_on(paired: CompileOverPairs, text: str, code: str, offer: str) -> None:
    rule, told = paired(text)
    assert rule is not None
    assert code in [each.code for each in told]
    assert offer in str(next(each for each in told if each.code == code).hint)
