"""What a statement says once of a row, however many rules ask for it, and time zones that no database knows."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import sql
from intercom_iac.compilers.sql.days import day_number, repeated_hours
from intercom_iac.compilers.sql.facts import Columns
from intercom_iac.model import Schema
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    EventSequence,
    OccurrenceDay,
    Occurrences,
    OnDay,
    Predicate,
)

CREATED = Schema({}, {}).field("contact", "created_at")
UPDATED = Schema({}, {}).field("contact", "updated_at")
assert CREATED is not None
assert UPDATED is not None
DUCKDB = sql.DIALECTS["duckdb"]


def statement(*rules: Predicate) -> str:
    return sql.masks(rules, DUCKDB, today=date(2026, 3, 1), zone=ZoneInfo("Europe/Dublin"))


def test_the_day_of_a_date_is_reckoned_once() -> None:
    rules = [OnDay(CREATED, AgainstField(comparison, UPDATED)) for comparison in ("<", "=", ">")]
    assert statement(*rules).count("Dublin") == 2


def test_the_day_of_an_event_is_reckoned_once() -> None:
    rules = [ActiveDays("login", ">=", days) for days in range(3)]
    rules += [EventSequence("login", "paid", days) for days in range(3)]
    text = statement(*rules)
    assert text.count("Dublin") == 1
    assert text.count(" over (") == 1


def test_contacts_are_joined_to_events_only_where_a_window_reads_them() -> None:
    assert "left join" not in statement(ActiveDays("login", ">=", 1)).split("from contacts c")[0]
    for rule in (Occurrences("login", window=AgainstField(">", CREATED)),):
        assert statement(rule).count("from contacts x") == 1
    assert "from contacts x\n  ) c on" not in statement(
        OccurrenceDay("login", "first", AgainstField(">", CREATED))
    )


def test_one_event_whenever_after_another_needs_no_more_than_the_first_and_the_last() -> None:
    text = statement(
        EventSequence("login", "paid"), OccurrenceDay("paid", "last", AgainstField("=", CREATED))
    )
    assert " over (" not in text


def test_columns_whose_names_are_one_to_an_engine_are_told_apart() -> None:
    columns = Columns()
    long = "ö" * 30
    names = [columns.name_of("day", key, DUCKDB)[0] for key in ("due", "Due", long, f"{long}!", "due")]
    assert names == [
        '"day of due"',
        '"day of column 2"',
        '"day of column 3"',
        '"day of column 4"',
        '"day of due"',
    ]


def test_clocks_are_rarely_set_back_over_midnight() -> None:
    assert repeated_hours(ZoneInfo("Europe/Dublin")) == ()
    autumns = repeated_hours(ZoneInfo("America/St_Johns"))
    assert len(autumns) == 24
    assert {end - start for start, end in autumns} == {59 * 60, 119 * 60}


class Nameless(tzinfo):
    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else timedelta(hours=1)


def test_a_time_zone_without_a_name_is_refused_unless_its_clocks_never_change() -> None:
    with pytest.raises(ValueError, match="no name"):
        day_number("x.moment", DUCKDB, Nameless())
