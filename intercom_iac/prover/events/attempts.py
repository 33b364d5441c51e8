"""Tests tried together on one day: each way in which they can hold, until occurrences show one."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.predicate import ActiveDays, EventTest, Occurrences, Predicate
from intercom_iac.model.world import Assumption, World

from ..verdicts import Unknown
from .answers import EventsHappen
from .cells import Placed, Undecidable, place_occurrences
from .conditions import Condition, Follows, Happens, HappensOn, Totals, alternatives
from .consistency import consistent_choices
from .limits import no_totals
from .sequences import days_of_sequences, implies, sides_of
from .showing import Showing
from .totals import group_totals

_MOST_LEAVES = 400
# How many occurrences more than have to be are tried, for a sum.
_FURTHER = (0, 1, 2, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Tests asked of occurrences on one day, with one day for each date."""

    world: World
    showing: Showing

    @property
    def today(self) -> int:
        return self.showing.arrangement.today

    @property
    def late(self) -> int | None:
        """The last day on which something may happen."""
        return self.today if self.world.assumes(Assumption.PAST_TIMESTAMPS) else None

    def outcome(self) -> EventsHappen | Unknown | None:
        """Occurrences that pass; None where it is proved that there are none. Raises `OutOfSteps`."""
        days_of = self.showing.arrangement.days
        ways = sorted((alternatives(test, holds, days_of) for test, holds in self.showing.tests), key=len)
        undecided: Unknown | None = None
        for number, conditions in enumerate(consistent_choices(ways)):
            if number >= _MOST_LEAVES:
                return Unknown(
                    "its tests of events can hold in too many ways", first_clause(self.showing.tests)
                )
            try:
                found = self._meeting(conditions)
            except Undecidable as problem:
                found = Unknown(str(problem), problem.clause or first_clause(self.showing.tests))
            if isinstance(found, EventsHappen):
                return found
            undecided = undecided or found
        return undecided

    def _meeting(self, conditions: Sequence[Condition]) -> EventsHappen | Unknown | None:
        """Occurrences that meet all the conditions. Raises `Undecidable`."""
        self.showing.steps.take()
        totals = [condition for condition in conditions if isinstance(condition, Totals)]
        whole_numbers = self.world.assumes(Assumption.WHOLE_NUMBERS)
        groups = group_totals(totals, whole_numbers=whole_numbers)
        if groups is None:
            return None
        numbers = [condition for condition in conditions if isinstance(condition, Happens | HappensOn)]
        numbers += [
            Happens(selection, 0 if 0 in asked.sum else 1, None) for (selection, _), asked in groups.items()
        ]
        if no_totals(groups, numbers, whole_numbers=whole_numbers):
            return None
        follows = [condition for condition in conditions if isinstance(condition, Follows)]
        wanted = [condition.test for condition in follows if condition.holds]
        unwanted = [condition.test for condition in follows if not condition.holds]
        if any(implies(test, other) for test in wanted for other in unwanted):
            return None
        for test in unwanted:
            numbers += [Happens(selection, 0, None) for selection in sides_of(test)]
        undecided: Unknown | None = None
        for pairs in days_of_sequences(wanted, numbers, self.today, self.late):
            for further in _FURTHER if groups else (0,):
                # More occurrences than have to be may be what a sum takes.
                more = [Happens(selection, further, None) for selection, _ in groups]
                placed = self._place_events([*numbers, *pairs, *more])
                if placed is None:
                    break
                found = self.showing.occurrences(placed, groups, [*wanted, *unwanted])
                if found is not None:
                    return found
                undecided = undecided or Unknown(
                    "it adds up numbers or orders occurrences of events in a way that is not decided",
                    hard_clause(self.showing.tests),
                )
        return undecided

    def _place_events(self, numbers: Sequence[Happens | HappensOn]) -> list[Placed] | None:
        """Occurrences of each event in cells; None where there are none for one of the events."""
        today = self.today
        placed: list[Placed] = []
        for event in dict.fromkeys(number.selection.event for number in numbers):
            of_event = [number for number in numbers if number.selection.event == event]
            found = place_occurrences(
                event,
                of_event,
                today,
                self.late,
                lambda rules: self.showing.metadata.patterns(rules, today),
                self.showing.steps,
            )
            if found is None:
                return None
            placed += found
        return placed


def first_clause(tests: Sequence[tuple[EventTest, bool]]) -> Predicate | None:
    return tests[0][0] if tests else None


def hard_clause(tests: Sequence[tuple[EventTest, bool]]) -> Predicate | None:
    """The clause that is the likely reason why it is not decided."""
    easy = (Occurrences, ActiveDays)
    hard = [test for test, _ in tests if not isinstance(test, easy)]
    return hard[0] if hard else first_clause(tests)
