"""Whether occurrences can pass tests of events together: what is decided, and how.

Occurrences are a multiset: how many there are in each cell, a range of days together with which of the rules hold of
the metadata. Counts are sums over the cells that windows and rules cut; `first`, `last`, `minimum` and `maximum` are
counts, too (`conditions`). Windows are counted from today and from dates of the contact; `arrangements` goes through
every order of their bounds that matters.

Decided, that is, proved impossible or shown by occurrences:

- counts, by windows and by conditions on the metadata, as long as these can be decided themselves;
- the first and the last occurrence, minimum and maximum;
- on how many different days something happens, under up to two conditions on the metadata;
- sums and averages, where they contradict each other, or the number and the limits of what is added up (`limits`);
- a sequence: that its occurrences can lie as near to each other as their windows allow; against the same sequence.

Everything else is tried: occurrences that are likely are made and `rules.meaning` is asked about them. Where none of
them passes it is not decided: sums over windows that overlap, the complement of a sequence that leaves little room,
conditions on the metadata of one event that hold in more than 256 combinations, more bounds or steps than are tried.

That an occurrence has a moment is taken for granted, as it is in every answer of Intercom's API.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain, combinations
from zoneinfo import ZoneInfo

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import Field
from intercom_iac.model.person import event_key
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    ActiveDays,
    EventSequence,
    EventTest,
    Occurrences,
    OnDay,
    Predicate,
    children,
    day_test_of,
    own_events,
    own_fields,
    walk,
)
from intercom_iac.model.world import Assumption, World

from ..verdicts import Unknown, Unsatisfiable
from .answers import DecideMetadata, EventsHappen
from .arrangements import DateSettings, Edge, edges_of
from .attempts import Attempt, first_clause, hard_clause
from .conditions import negated
from .counting import OutOfSteps, Steps
from .metadata import KnownMetadata
from .showing import Showing

_MOST_ARRANGEMENTS = 2_000
_MOST_STEPS = 2_000
# Among so many tests, and in so many steps, it is looked for one or two that clash by themselves.
_MOST_PAIRED = 8
_STEPS_OF_FEW = 500
# What it takes to read the tests on other days.
_STEPS_OF_ARRANGEMENT = 3


def decide_events(
    tests: Sequence[Predicate],
    dates: Sequence[Predicate],
    *,
    first: date,
    last: date | None,
    world: World,
    metadata: DecideMetadata,
    explain: bool = True,
) -> EventsHappen | Unsatisfiable | Unknown:
    """Whether some occurrences pass all the tests on some day from the first to the last.

    `tests` are tests of events, or `Not` before one; `dates` the tests, or `Not` before one, of the dates of the
    contact that these read, and of those which they are compared with. A conflict is the fewest of both that no
    occurrences, no dates and no day from the first to the last pass; all of them where it is not to be explained.
    """
    question = _Question(first, last, world, KnownMetadata(metadata))
    literals = [*tests, *dates]
    outcome = question.outcome(literals, Steps(_MOST_STEPS))
    if isinstance(outcome, Unknown) and (few := question.few_that_clash(tests)):
        return Unsatisfiable(few)
    if outcome is not None:
        return outcome
    if not explain:
        return Unsatisfiable(tuple(literals))
    return Unsatisfiable(tuple(_smallest_clash(question, literals)))


def _smallest_clash(question: _Question, literals: Sequence[Predicate]) -> Sequence[Predicate]:
    """Literals of which none can be left out; the last ones are left out first, many at once while that goes."""
    steps, size = Steps(_MOST_STEPS), max(1, len(literals) // 2)
    while size:
        end = len(literals)
        while end > 0:
            fewer = [*literals[: max(0, end - size)], *literals[end:]]
            if question.outcome(fewer, steps) is None:
                literals = fewer
            end -= size
        size //= 2
    return literals


@dataclass(frozen=True, slots=True)
class _Question:
    """What stays the same while tests are tried together."""

    first: date
    last: date | None
    world: World
    metadata: KnownMetadata

    def outcome(self, literals: Sequence[Predicate], steps: Steps) -> EventsHappen | Unknown | None:
        """Occurrences that pass; None where it is proved that there are none."""
        pairs = [negated(literal) for literal in literals]
        tests = [(test, holds) for test, holds in pairs if isinstance(test, EVENT_TESTS)]
        dates = tuple(
            literal
            for literal, (test, _) in zip(literals, pairs, strict=True)
            if not isinstance(test, EVENT_TESTS)
        )
        try:
            return self._try_arrangements(tests, dates, steps)
        except OutOfSteps:
            return Unknown("its tests of events take too many steps to decide", hard_clause(tests))

    def few_that_clash(self, tests: Sequence[Predicate]) -> tuple[Predicate, ...]:
        """One test or two of which it is proved that no occurrences pass them; none where that is proved of none.

        Tests that are too many to decide may hold one that nothing passes.
        """
        if len(tests) > _MOST_PAIRED:
            return ()
        steps = Steps(_STEPS_OF_FEW)
        for few in chain.from_iterable(combinations(tests, size) for size in (1, 2)):
            if len(few) < len(tests) and self.outcome(few, steps) is None:
                return few
        return ()

    def _try_arrangements(
        self, tests: Sequence[tuple[EventTest, bool]], dates: tuple[Predicate, ...], steps: Steps
    ) -> EventsHappen | Unknown | None:
        """What comes of every arrangement of the days. Raises `OutOfSteps`."""
        settings = self._date_settings([test for test, _ in tests], dates)
        zone = ZoneInfo(self.world.zone)
        undecided = None
        for arrangement in settings.arrangements():
            if arrangement is None:
                reason = "its windows are counted from dates that can lie in too many orders"
                return Unknown(reason, first_clause(tests))
            steps.take(_STEPS_OF_ARRANGEMENT)
            found = Attempt(
                self.world, Showing(arrangement, tests, dates, self.metadata, zone, steps)
            ).outcome()
            if isinstance(found, EventsHappen):
                return found
            undecided = undecided or found
        if undecided is None and self.first != self.last and _compares_metadata_dates(tests):
            reason = "it compares dates in the metadata with each other and with today"
            return Unknown(reason, first_clause(tests))
        return undecided

    def _date_settings(self, tests: Sequence[EventTest], dates: tuple[Predicate, ...]) -> DateSettings:
        past = self.world.assumes(Assumption.PAST_TIMESTAMPS)
        lines: dict[str, list[Edge]] = {}
        shared = any(isinstance(test, EventSequence) for test in tests)
        fields: dict[Field, None] = {}
        for test in tests:
            window = day_test_of(test)
            edges = [] if window is None else edges_of(window)
            if past:
                edges.append(Edge("today", 1))
            for event in own_events(test):
                lines.setdefault("" if shared else event_key(event), []).extend(edges)
            for rule in children(test):
                tested = (part.test for part in walk(rule) if isinstance(part, OnDay))
                plain = (
                    test_of_day for test_of_day in tested if not isinstance(test_of_day, FIELD_DAY_TESTS)
                )
                lines.setdefault("metadata", []).extend(edge for day in plain for edge in edges_of(day))
            if isinstance(window, FIELD_DAY_TESTS):
                fields[window.other] = None
        for literal in dates:
            fields |= dict.fromkeys(own_fields(negated(literal)[0]))
        lengths = {test.days for test in tests if isinstance(test, EventSequence) and test.days is not None}
        if lengths:
            lines[""] += [
                Edge(edge.origin, edge.days + offset)
                for edge in dict.fromkeys(lines[""])
                for days in lengths
                for offset in (-days, days)
            ]
        return DateSettings(
            first=self.first.toordinal(),
            last=None if self.last is None else self.last.toordinal(),
            fields=tuple(fields),
            lines=list(lines.values()),
            literals=dates,
            past=past,
            reach=_reach(tests),
            most=_MOST_ARRANGEMENTS,
        )


def _reach(tests: Sequence[EventTest]) -> int:
    """How many days beside each bound matter: where different days are counted, as many as all tests name."""
    days = [test.days for test in tests if isinstance(test, ActiveDays)]
    if not days:
        return 1
    counts = [test.count for test in tests if isinstance(test, Occurrences)]
    return 1 + sum(abs(number) + 1 for number in [*days, *counts])


def _compares_metadata_dates(tests: Sequence[tuple[EventTest, bool]]) -> bool:
    """Whether a date in the metadata is compared with another and with a day."""
    days = [
        part.test
        for test, _ in tests
        for rule in children(test)
        for part in walk(rule)
        if isinstance(part, OnDay)
    ]
    compared = [isinstance(day, FIELD_DAY_TESTS) for day in days]
    return any(compared) and not all(compared)
