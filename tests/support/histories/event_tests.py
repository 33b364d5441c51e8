"""Generated tests of events over few days, small counts and two keys of metadata."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Away,
    Calendar,
    Compares,
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    IsKnown,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    Within,
)

TODAY = date(2026, 3, 14)
PLAN = Field("event", "plan", DataType.STRING, wire="metadata.plan", search=None)
SEATS = Field("event", "seats", DataType.INTEGER, wire="metadata.seats", search=None)
JOINED = Field(
    "contact",
    "joined_on",
    DataType.DATE,
    wire="custom_attributes.joined_on",
    search="custom_attributes.joined_on",
)
PLANS = ("pro", "free")
SEAT_NUMBERS = (0, 1, 2)

_DAYS = st.integers(0, 2)
_CALENDAR = st.integers(-3, 2).map(lambda offset: TODAY + timedelta(days=offset))
_ORDERS = st.sampled_from(["<", "<=", "=", ">=", ">"])
_COUNTS = st.sampled_from(["<", "<=", "=", "!=", ">=", ">"])
_AMOUNTS = st.sampled_from(["more than", "less than", "exactly", "at least", "at most"])

plain_day_tests: st.SearchStrategy[DayTest] = st.one_of(
    st.builds(Within, st.just("last"), _DAYS),
    st.builds(Away, _AMOUNTS, _DAYS, st.just("ago")),
    st.builds(Calendar, _ORDERS, _CALENDAR),
    st.builds(DaysBetween, st.integers(-3, 0), st.integers(-2, 1)),
)
dated_day_tests: st.SearchStrategy[DayTest] = st.one_of(
    st.builds(AgainstField, _ORDERS, st.just(JOINED)),
    st.builds(
        DaysFromField, st.just("within"), _DAYS, st.sampled_from(["before", "after", "of"]), st.just(JOINED)
    ),
    st.builds(DaysFromField, _AMOUNTS, _DAYS, st.sampled_from(["before", "after"]), st.just(JOINED)),
)
_metadata_tests: st.SearchStrategy[Predicate] = st.one_of(
    st.builds(Equals, st.just(PLAN), st.sampled_from(PLANS)),
    st.builds(
        Compares, st.just(SEATS), st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from(SEAT_NUMBERS)
    ),
    st.just(IsKnown(SEATS)),
)
wheres = st.none() | _metadata_tests | _metadata_tests.map(Not)


def event_tests(
    windows: st.SearchStrategy[DayTest], events: tuple[str, ...] = ("signed",)
) -> st.SearchStrategy[Any]:
    """Any test of the events, with such windows."""
    event = st.sampled_from(events)
    window = st.none() | windows
    totals = st.sampled_from(["sum", "average", "minimum", "maximum"])
    return st.one_of(
        st.builds(Occurrences, event, wheres, _COUNTS, st.integers(0, 3), window),
        st.builds(OccurrenceDay, event, st.sampled_from(["first", "last"]), windows, wheres),
        st.builds(ActiveDays, event, _COUNTS, st.integers(0, 3), wheres, window),
        st.builds(Aggregate, event, totals, st.just(SEATS), _ORDERS, st.integers(-1, 3), wheres, window),
        st.builds(EventSequence, event, event, st.none() | _DAYS, wheres, wheres),
    )


def literals(tests: st.SearchStrategy[Any]) -> st.SearchStrategy[Predicate]:
    return tests.flatmap(lambda test: st.sampled_from([test, Not(test)]))


dates_tests = st.one_of(
    st.builds(OnDay, st.just(JOINED), plain_day_tests),
    st.just(IsKnown(JOINED)),
)
