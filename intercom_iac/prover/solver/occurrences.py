"""Occurrences that pass the tests of events, or which of these tests clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    Away,
    Calendar,
    DaysFromField,
    IsKnown,
    Not,
    OnDay,
    Predicate,
    day_test_of,
)

from ..domains.cells import NO_VALUE
from ..domains.days import LAST_DAY
from ..events import DecideMetadata, EventsHappen, decide_events
from ..verdicts import Unknown, Unsatisfiable
from .bounds import unless_from, unless_until
from .clauses import Budget, Literal, Search, Variable, clause_of
from .dates import Days, date_variables, one_run
from .formulas import TRUE, UNTRUE
from .space import CONTACT, Space, Subject
from .steps import Clash, Decision, Undecided

# Steps that a test of events counts as, each time that events are decided.
_EVENT_STEPS = 30


def find_occurrences(
    space: Space, search: Search, days: Days, budget: Budget, *, metadata: DecideMetadata, latest: bool
) -> EventsHappen | Decision | Clash | None:
    """Occurrences that pass the tests of events, with a day that is today; None where there is no such test.

    `latest`: the last day that can be today, where that one will do.
    """
    variables = [variable for variable in search.cells if variable in space.events]
    if not variables:
        return None
    tests: list[Predicate] = []
    unless: dict[int, tuple[Literal, ...]] = {}
    for variable in variables:
        test, holds = space.events[variable], search.left(variable) == TRUE
        tests.append(test if holds else Not(test))
        unless[id(tests[-1])] = ((variable, UNTRUE if holds else TRUE),)
    dates: list[Predicate] = []
    if any(isinstance(day_test_of(space.events[variable]), FIELD_DAY_TESTS) for variable in variables):
        of_dates = date_variables(space, search)
        decision = one_run(search, of_dates)
        if decision is not None:
            return decision
        for test, literals in _contact_dates(space, search, of_dates):
            dates.append(test)
            unless[id(test)] = literals
    budget.spend(_EVENT_STEPS * len(tests))

    def decide_from(first: int) -> EventsHappen | Unsatisfiable | Unknown:
        return decide_events(
            tests,
            dates,
            first=date.fromordinal(first),
            last=None if days.last == LAST_DAY else date.fromordinal(days.last),
            world=space.world,
            metadata=metadata,
        )

    verdict = decide_from(days.last if latest else days.first)
    if latest and not isinstance(verdict, EventsHappen):
        verdict = decide_from(days.first)
    if isinstance(verdict, EventsHappen):
        return verdict
    is_proved = isinstance(verdict, Unsatisfiable)
    clashing = (verdict.conflict if is_proved else ()) or (*tests, *dates)
    clause = clause_of(
        (
            *days.unless_first,
            *days.unless_last,
            *(literal for test in clashing for literal in unless[id(test)]),
        )
    )
    return Clash(clause, None if is_proved else Undecided(verdict.reason, verdict.clause))


def _contact_dates(
    space: Space, search: Search, variables: Iterable[Variable]
) -> Iterator[tuple[Predicate, tuple[Literal, ...]]]:
    """What is known of the contact's dates as tests, each with the literals of which one holds where it does not."""
    for variable in variables:
        subject = space.subjects[variable]
        if subject.slot != CONTACT:
            continue
        field, mask = subject.field, search.left(variable)
        if mask == NO_VALUE:
            # A difference has no value where either date has none; which one, its own variable says.
            if subject.other is None:
                yield Not(IsKnown(field)), ((variable, space.full[variable] & ~NO_VALUE),)
            continue
        yield IsKnown(field), ((variable, NO_VALUE),)
        distances = space.distances(variable)
        low, high = distances.hull(mask)
        if low != distances.starts[0]:
            yield _from(subject, low), unless_from(variable, distances, low)
        if high != distances.ends[-1]:
            yield _until(subject, high), unless_until(variable, distances, high)


def _from(subject: Subject, low: int) -> Predicate:
    """That a date lies so far from today, from the calendar's beginning or from another date, or farther."""
    field, other = subject.field, subject.other
    if subject.part == "calendar":
        return OnDay(field, Calendar(">=", date.fromordinal(low)))
    if low >= 0:
        test = (
            Away("at least", low, "from now")
            if other is None
            else DaysFromField("at least", low, "after", other)
        )
        return OnDay(field, test)
    before = (
        Away("more than", -low, "ago") if other is None else DaysFromField("more than", -low, "before", other)
    )
    return Not(OnDay(field, before))


def _until(subject: Subject, high: int) -> Predicate:
    field, other = subject.field, subject.other
    if subject.part == "calendar":
        return OnDay(field, Calendar("<=", date.fromordinal(high)))
    if high <= 0:
        test = (
            Away("at least", -high, "ago")
            if other is None
            else DaysFromField("at least", -high, "before", other)
        )
        return OnDay(field, test)
    behind = (
        Away("more than", high, "from now")
        if other is None
        else DaysFromField("more than", high, "after", other)
    )
    return Not(OnDay(field, behind))
