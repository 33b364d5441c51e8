"""What a typed rule reads: fields, events, days, companies."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.attribute import Owner
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    And,
    Calendar,
    Compares,
    ComparesFields,
    DaysFromField,
    EventSequence,
    InSegment,
    IsKnown,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    SomeCompany,
    Within,
    events_of,
    fields_of,
    reads_days,
    requires,
)


def field(name: str, type_: DataType, owner: Owner = "contact") -> Field:
    return Field(owner, name, type_, wire=name, search=None, custom=False)


USAGE, LIMIT = field("usage", DataType.INTEGER), field("limit", DataType.INTEGER)
ENDS, STARTED = field("ends", DataType.DATE), field("started", DataType.DATE)
RENEWED = field("renewed", DataType.DATE, "company")
SEATS, DUE, PAID = (
    field("seats", DataType.INTEGER, "event"),
    field("due", DataType.DATE, "event"),
    field("paid", DataType.DATE, "event"),
)
MANY = Compares(SEATS, ">", 3)


@pytest.mark.parametrize(
    ("rule", "fields", "events", "days"),
    [
        (ComparesFields(USAGE, ">", LIMIT), ["usage", "limit"], [], False),
        (OnDay(ENDS, AgainstField("<", STARTED)), ["ends", "started"], [], True),
        (Not(SomeCompany(OnDay(RENEWED, DaysFromField("within", 3, "of", RENEWED)))), ["renewed"], [], True),
        (Occurrences("paid", MANY), [], ["paid"], False),
        (
            Occurrences("paid", window=DaysFromField("within", 3, "after", STARTED)),
            ["started"],
            ["paid"],
            True,
        ),
        (Occurrences("paid", OnDay(DUE, AgainstField(">", PAID))), [], ["paid"], True),
        (OccurrenceDay("paid", "first", AgainstField("=", ENDS)), ["ends"], ["paid"], True),
        (Aggregate("paid", "sum", SEATS, ">", 3), [], ["paid"], False),
        (Aggregate("paid", "sum", SEATS, ">", 3, window=AgainstField(">", ENDS)), ["ends"], ["paid"], True),
        (ActiveDays("paid", ">=", 3), [], ["paid"], True),
        (EventSequence("paid", "used"), [], ["paid", "used"], False),
        (EventSequence("paid", "paid", 7, MANY), [], ["paid"], True),
        (
            EventSequence("paid", "used", None, None, OnDay(DUE, Within("last", 3))),
            [],
            ["paid", "used"],
            True,
        ),
        (InSegment("s", ComparesFields(LIMIT, "=", USAGE)), ["limit", "usage"], [], False),
        (
            And((IsKnown(LIMIT), ComparesFields(USAGE, ">", LIMIT), OnDay(ENDS, Calendar("=", date.min)))),
            ["limit", "usage", "ends"],
            [],
            True,
        ),
    ],
    ids=repr,
)
def test_what_a_rule_reads(rule: Predicate, fields: list[str], events: list[str], days: bool) -> None:
    assert [found.name for found in fields_of(rule)] == fields
    assert list(events_of(rule)) == events
    assert reads_days(rule) is days
    assert ("events" in requires(rule)) is bool(events)
    assert ("companies" in requires(rule)) is (fields == ["renewed"])
