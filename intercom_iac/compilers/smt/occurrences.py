"""Occurrences of events as variables, and the tests of events.

The occurrences of one event are groups: so many on one day with the same metadata. How many groups are enough
follows from the tests, each of which stands in the rule or behind one `not`. Of a person who satisfies the rule, keep
for each test what it needs and leave out the rest: a count of at least n needs n occurrences, days with occurrences
likewise, a first or last day and a minimum or maximum the occurrence that it is taken from, a sequence two. Nothing
else that is said of occurrences, no count of at most n and no absence, is lost by leaving some out. Where counts need
many, few groups meet them, since a sum over cells has a solution with few of them (Eisenbrand and Shmonin, 2006).

That argument does not hold of sums and averages, which change with each occurrence. For these, and where more groups
are needed than are tried, somebody may be found, and what is refuted is refuted without them (`is_bounded`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, log2

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.days import day_range
from intercom_iac.model.person import event_key
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    ActiveDays,
    Aggregate,
    CountComparison,
    DayTest,
    EventSequence,
    EventTest,
    OccurrenceDay,
    Occurrences,
    Predicate,
    complementary,
    own_events,
)
from intercom_iac.model.world import Assumption

from .assignment import OccurrenceGroup
from .logic import Formula, Model, Term
from .subjects import Setting, SubjectVariables
from .values import FIRST_DAY, LAST_DAY, DayVariable, NumberVariable, is_apart, lies_in
from .vocabulary import as_written

# Groups of one event, and occurrences of one group, that are tried.
MOST_GROUPS, MOST_OCCURRENCES = 16, 5_000

# A test of events, and whether it is to hold.
EventLiteral = tuple[EventTest, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some occurrences of an event on one day with the same metadata. `position` orders those of a day."""

    metadata: SubjectVariables
    is_there: Formula
    day: Term
    position: Term
    count: Term


class EventVariables:
    """The groups of one event."""

    def __init__(self, event: str, name: str, literals: Sequence[EventLiteral], setting: Setting) -> None:
        self.event = event
        self._setting = setting
        logic = setting.logic
        needed, self.is_capped = groups_needed(event, literals)
        self._most = min(MOST_OCCURRENCES, max(1, sum(_occurrences_needed(literals))))
        self._single = any(map(_adds_up, literals))
        self.groups = [
            Group(
                metadata=SubjectVariables(f"{name}.{number}", setting),
                is_there=logic.boolean(f"{name}.{number}!"),
                day=logic.integer(f"{name}.{number}@"),
                position=logic.integer(f"{name}.{number}<"),
                count=1 if self._single else logic.integer(f"{name}.{number}*"),
            )
            for number in range(needed)
        ]

    def axioms(self) -> Iterator[Formula]:
        logic, world = self._setting.logic, self._setting.world
        last = self._setting.today if world.assumes(Assumption.PAST_TIMESTAMPS) else LAST_DAY
        for number, group in enumerate(self.groups):
            yield group.day >= FIRST_DAY
            yield group.day <= last
            yield group.position >= 0
            if not self._single:
                yield group.count >= 1
                yield group.count <= self._most
            if number:
                yield logic.implies(group.is_there, self.groups[number - 1].is_there)
            yield from group.metadata.axioms()

    def assignment(self, model: Model) -> Iterator[OccurrenceGroup]:
        """The groups that are there."""
        for group in self.groups:
            if model.holds(group.is_there):
                yield OccurrenceGroup(
                    event=self.event,
                    day=date.fromordinal(int(model.number(group.day))),
                    position=int(model.number(group.position)),
                    count=int(model.number(group.count)),
                    metadata=group.metadata.assignment(model).values,
                )


def groups_needed(event: str, literals: Sequence[EventLiteral]) -> tuple[int, bool]:
    """How many groups of an event are enough for these tests, as far as they are tried, and whether that is fewer."""
    at_least = _occurrences_needed(literals)
    needed = sum(at_least)
    if not any(map(_adds_up, literals)):
        needed = min(needed, _few(len(at_least)))
    for test, holds in literals:
        match test:
            case ActiveDays(comparison=comparison, days=days):
                needed += _at_least(comparison, days, holds)
            case EventSequence(event=first, then=then) if holds:
                needed += sum(event_key(name) == event_key(event) for name in (first, then))
            case OccurrenceDay() | Aggregate():
                needed += 1
            case _:
                pass
    capped = needed > MOST_GROUPS or any(number > MOST_OCCURRENCES for number in at_least)
    if any(map(_adds_up, literals)):
        needed += 2  # to add up to a number may take more than one
    return min(needed, MOST_GROUPS), capped


def _occurrences_needed(literals: Sequence[EventLiteral]) -> list[int]:
    """How many occurrences each count may take."""
    return [
        _at_least(test.comparison, test.count, holds)
        for test, holds in literals
        if isinstance(test, Occurrences)
    ]


def _adds_up(literal: EventLiteral) -> bool:
    return is_sum(literal[0])


def is_sum(test: Predicate) -> bool:
    """Whether the test is of a sum or an average."""
    return isinstance(test, Aggregate) and test.function in ("sum", "average")


def _few(counts: int) -> int:
    """How many groups can meet so many counts, of any numbers."""
    return counts if counts <= 2 else ceil(2 * counts * log2(4 * counts))


def _at_least(comparison: CountComparison, number: int, holds: bool) -> int:
    """How many occurrences it may take that a count stands so to a number."""
    match comparison if holds else complementary(comparison):
        case ">=" | "=":
            return number
        case ">" | "!=":
            return number + 1
        case _:
            return 0


class EventTests:
    """The tests of events of one rule."""

    def __init__(self, literals: Iterable[EventLiteral], contact: SubjectVariables, setting: Setting) -> None:
        self._contact = contact
        self._setting = setting
        by_event: dict[str, list[EventLiteral]] = {}
        names: dict[str, str] = {}
        for test, holds in literals:
            for name in own_events(test):
                names.setdefault(event_key(name), name)
                found = by_event.setdefault(event_key(name), [])
                if (test, holds) not in found:
                    found.append((test, holds))
        self.events: Mapping[str, EventVariables] = {
            key: EventVariables(names[key], f"event{number}", found, setting)
            for number, (key, found) in enumerate(by_event.items())
        }

    def is_bounded(self, test: EventTest) -> bool:
        """Whether more occurrences may be needed for the test than are tried."""
        return is_sum(test) or self._is_capped(test)

    def _is_capped(self, test: EventTest) -> bool:
        return any(self.events[event_key(name)].is_capped for name in own_events(test))

    def subjects(self) -> Iterator[SubjectVariables]:
        for event in self.events.values():
            for group in event.groups:
                yield group.metadata

    def axioms(self) -> Iterator[Formula]:
        for event in self.events.values():
            yield from event.axioms()

    def assignment(self, model: Model) -> Iterator[OccurrenceGroup]:
        for event in self.events.values():
            yield from event.assignment(model)

    # --- tests ----------------------------------------------------------------------------------------------

    def holds(self, test: EventTest) -> Formula:
        """Whether it holds, of the occurrences that are tried."""
        logic = self._setting.logic
        match test:
            case Occurrences(comparison=comparison, count=count):
                found = self._counting_groups(test.event, test.where, test.window)
                total = logic.total([logic.choose(counts, group.count, 0) for group, counts in found])
                return _compare_count(total, comparison, count)
            case OccurrenceDay():
                return self._day_holds(test)
            case ActiveDays(comparison=comparison, days=days):
                found = self._counting_groups(test.event, test.where, test.window)
                return _compare_count(logic.total(self._new_days(found)), comparison, days)
            case EventSequence():
                return self._sequence_holds(test)
            case Aggregate():
                return self._aggregate_holds(test)

    def needs_occurrence(self, test: EventTest) -> Formula:
        """What holds of the occurrences that are tried wherever the test does, in any number of them."""
        zero_passes = (
            isinstance(test, Aggregate)
            and test.function == "sum"
            and _compare_number(Fraction(0), test.comparison, as_written(test.value))
        )
        if not isinstance(test, Aggregate) or not is_sum(test) or zero_passes or self._is_capped(test):
            return True
        found = self._counting_groups(test.event, test.where, test.window)
        return self._setting.logic.any_of(counts for _, counts in found)

    def _counting_groups(
        self, event: str, where: Predicate | None, window: DayTest | None = None
    ) -> list[tuple[Group, Formula]]:
        """The groups of an event, and whether each counts."""
        logic = self._setting.logic
        return [
            (
                group,
                logic.all_of(
                    (
                        group.is_there,
                        True if where is None else group.metadata.holds(where),
                        True if window is None else self._passes(window, group.day),
                    )
                ),
            )
            for group in self.events[event_key(event)].groups
        ]

    def _passes(self, window: DayTest, day: Term) -> Formula:
        """Whether the day of an occurrence passes; another date is the contact's."""
        logic = self._setting.logic
        if not isinstance(window, FIELD_DAY_TESTS):
            return lies_in(day, day_range(window), self._setting.today, logic)
        other = self._contact.variable(window.other)
        if not isinstance(other, DayVariable):
            return False
        return logic.all_of((other.known, is_apart(window, day, other.day, logic)))

    def _day_holds(self, test: OccurrenceDay) -> Formula:
        logic = self._setting.logic
        found = self._counting_groups(test.event, test.where)

        def is_outermost(group: Group) -> Formula:
            return logic.all_of(
                logic.implies(
                    counts, group.day <= other.day if test.which == "first" else group.day >= other.day
                )
                for other, counts in found
                if other is not group
            )

        return logic.any_of(
            logic.all_of((counts, self._passes(test.test, group.day), is_outermost(group)))
            for group, counts in found
        )

    def _new_days(self, found: Sequence[tuple[Group, Formula]]) -> list[Term]:
        """1 for each group that counts on a day on which none before it does, else 0."""
        logic = self._setting.logic
        return [
            logic.choose(
                logic.all_of(
                    (
                        counts,
                        *(
                            logic.no(logic.all_of((others_count, other.day == group.day)))
                            for other, others_count in found[:number]
                        ),
                    )
                ),
                1,
                0,
            )
            for number, (group, counts) in enumerate(found)
        ]

    def _sequence_holds(self, test: EventSequence) -> Formula:
        logic = self._setting.logic

        def follows(first: Group, then: Group) -> Formula:
            if first is then:
                return True
            in_order = logic.any_of(
                (
                    first.day < then.day,
                    logic.all_of((first.day == then.day, first.position <= then.position)),
                )
            )
            soon = True if test.days is None else then.day - first.day <= test.days
            return logic.all_of((in_order, soon))

        later = self._counting_groups(test.then, test.then_where)
        return logic.any_of(
            logic.all_of((counts, then_counts, follows(first, then)))
            for first, counts in self._counting_groups(test.event, test.where)
            for then, then_counts in later
        )

    def _aggregate_holds(self, test: Aggregate) -> Formula:
        """Of numbers as the decimals that they are written as, as `rules.meaning` adds them."""
        logic = self._setting.logic
        found: list[tuple[Term, Formula]] = []
        for group, counts in self._counting_groups(test.event, test.where, test.window):
            variable = group.metadata.variable(test.key)
            if isinstance(variable, NumberVariable):
                found.append((variable.term, logic.all_of((counts, variable.known))))
        bound = logic.constant(as_written(test.value))
        if test.function in ("minimum", "maximum"):
            return self._outermost_holds(test, found)
        total = logic.total([logic.choose(counts, term, 0) for term, counts in found])
        if test.function == "sum":
            return _compare_number(total, test.comparison, bound)
        number = logic.total([logic.choose(counts, bound, 0) for _, counts in found])
        there_is = logic.any_of(counts for _, counts in found)
        return logic.all_of((there_is, _compare_number(total, test.comparison, number)))

    def _outermost_holds(self, test: Aggregate, found: Sequence[tuple[Term, Formula]]) -> Formula:
        logic = self._setting.logic
        bound = logic.constant(as_written(test.value))

        def is_outermost(term: Term) -> Formula:
            return logic.all_of(
                logic.implies(counts, term <= other if test.function == "minimum" else term >= other)
                for other, counts in found
                if other is not term
            )

        return logic.any_of(
            logic.all_of((counts, _compare_number(term, test.comparison, bound), is_outermost(term)))
            for term, counts in found
        )


def event_literals(leaves: Iterable[tuple[Predicate, bool]]) -> Iterator[EventLiteral]:
    for test, holds in leaves:
        if isinstance(test, EVENT_TESTS):
            yield test, holds


def _compare_count(total: Term, comparison: CountComparison, number: int) -> Formula:
    match comparison:
        case "!=":
            return total != number
        case _:
            return _compare_number(total, comparison, number)


def _compare_number(total: Term, comparison: str, number: Term) -> Formula:
    return _COMPARE[comparison](total, number)


_COMPARE: Mapping[str, Callable[[Term, Term], Formula]] = {
    "<": lambda this, other: this < other,
    "<=": lambda this, other: this <= other,
    "=": lambda this, other: this == other,
    ">=": lambda this, other: this >= other,
    ">": lambda this, other: this > other,
}
