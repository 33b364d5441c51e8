"""What is said of tests of events, held against every small history of a contact and against the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from intercom_iac.model import Person, Predicate
from intercom_iac.model.predicate import Not, children, own_fields
from intercom_iac.model.world import World
from intercom_iac.prover.events import EventsHappen, decide_events
from intercom_iac.prover.verdicts import Unsatisfiable
from intercom_iac.rules.meaning import satisfies
from support.generators import examples
from support.histories.enumerating import (
    ZONE,
    decide_metadata,
    histories,
    metadata_of,
    moment,
    passing,
)
from support.histories.event_tests import (
    JOINED,
    TODAY,
    dated_day_tests,
    dates_tests,
    event_tests,
    literals,
    plain_day_tests,
)

LAST = TODAY + timedelta(days=1)


def check(tests: Sequence[Predicate], dates: Sequence[Predicate], most: int, events: tuple[str, ...]) -> None:
    found = decide_events(
        tests, dates, first=TODAY, last=LAST, world=World(TODAY, LAST), metadata=decide_metadata
    )
    event(type(found).__name__)
    if isinstance(found, EventsHappen):
        contact = (
            {}
            if found.dates.get(JOINED) is None
            else {"custom_attributes": {"joined_on": moment(found.dates[JOINED])}}
        )
        person = Person(contact, (), found.occurrences)
        assert TODAY <= found.today <= LAST
        for literal in [*tests, *dates]:
            assert satisfies(person, literal, today=found.today, zone=ZONE)
    elif isinstance(found, Unsatisfiable):
        assert passing(found.conflict, persons(found.conflict, most, events)) is None


def contact(day: date | None) -> dict[str, Any]:
    return {} if day is None else {"custom_attributes": {"joined_on": moment(day)}}


def persons(
    literals: Sequence[Predicate], most: int, events: tuple[str, ...]
) -> Iterator[tuple[date, Person]]:
    """All that could pass the tests, as far as they are small enough."""
    tests = [literal.part if isinstance(literal, Not) else literal for literal in literals]
    rules = [rule for test in tests for rule in children(test)]
    dated = any(field == JOINED for test in tests for field in own_fields(test))
    for today in (TODAY, LAST):
        near = [today + timedelta(days=offset) for offset in range(-5, 3)]
        for day in (None, *(near if dated else ())):
            for history in histories(today, events, metadata_of([*rules, *tests]), back=5, most=most):
                yield today, Person(contact(day), (), history)


@given(st.lists(literals(event_tests(plain_day_tests)), min_size=1, max_size=3))
@examples(50)
def test_one_event(tests: list[Predicate]) -> None:
    check(tests, [], 2, ("signed",))


@given(
    st.lists(literals(event_tests(plain_day_tests | dated_day_tests)), min_size=1, max_size=2),
    st.lists(literals(dates_tests), max_size=2),
)
@examples(50)
def test_windows_from_a_date(tests: list[Predicate], dates: list[Predicate]) -> None:
    check(tests, dates, 1, ("signed",))


@given(st.lists(literals(event_tests(plain_day_tests, ("signed", "paid"))), min_size=1, max_size=3))
@examples(40)
def test_two_events(tests: list[Predicate]) -> None:
    check(tests, [], 2, ("signed", "paid"))
