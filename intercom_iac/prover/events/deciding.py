"""Whether occurrences can pass tests of events together: what is decided, and how.

Occurrences are a multiset: how many there are in each cell, a range of days together with which of the rules hold of
the metadata. Counts are sums over the cells that windows and rules cut; `first`, `last`, `minimum` and `maximum` are
counts, too (`conditions`). Windows are counted from today and from dates of the contact; `arrangements` goes through
every order of their bounds that matters.

Decided, that is, proved impossible or shown by occurrences:

- counts, by windows and by conditions on the metadata, as long as these can be decided themselves;
- the first and the last occurrence, minimum and maximum;
- on how many different days something happens, under up to two conditions on the metadata;
- sums and averages, where they contradict each other or a count for the same occurrences, that is, in the same window
  and under the same condition;
- a sequence: that its occurrences can lie as near to each other as their windows allow; against the same sequence.

Everything else is tried: occurrences that are likely are made and `rules.meaning` is asked about them. Where none of
them passes it is not decided: sums over windows that overlap, the complement of a sequence that leaves little room,
conditions on the metadata of one event that hold in more than 256 combinations, more bounds or steps than are tried.

That an occurrence has a moment is taken for granted, as it is in every answer of Intercom's API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice, product
from typing import Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.model.attribute import Field
from intercom_iac.model.person import Json, Person, event_key
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    ActiveDays,
    And,
    Equals,
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
from intercom_iac.rules.meaning import satisfies

from ..verdicts import Unknown, Unsatisfiable
from .answers import DecideMetadata, EventsHappen
from .arrangements import Arrangement, DateSettings, Edge, edges_of
from .cells import Placed, Undecidable, covers, day_ranges, distance_from, place_occurrences
from .conditions import (
    ALWAYS,
    Condition,
    Days,
    Follows,
    Happens,
    HappensOn,
    Selection,
    Totals,
    alternatives,
    negated,
    with_rule,
)
from .counting import OutOfSteps
from .happening import Happening, orders, spread
from .totals import GroupTotals, assign_numbers, group_totals, written

_MOST_ARRANGEMENTS = 2_000
_MOST_LEAVES = 400
_MOST_PAIRS = 200
_MOST_STEPS = 5_000
_MOST_TRIES = 1_000
_MOST_ASSIGNMENTS = 60
_FURTHER = (0, 1, 2, 3, 5, 10)


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
    question = _Question(first, last, world, metadata)
    literals = [*tests, *dates]
    outcome = question.outcome(literals)
    if outcome is not None:
        return outcome
    if not explain:
        return Unsatisfiable(tuple(literals))
    kept = list(range(len(literals)))
    for place in reversed(range(len(literals))):
        fewer = [number for number in kept if number != place]
        if question.outcome([literals[number] for number in fewer]) is None:
            kept = fewer
    return Unsatisfiable(tuple(literals[number] for number in kept))


@dataclass(frozen=True, slots=True)
class _Question:
    """What stays the same while tests are tried together."""

    first: date
    last: date | None
    world: World
    metadata: DecideMetadata
    answers: dict[tuple[Predicate, date | None], Mapping[str, Any] | Unknown | None] = field(
        default_factory=dict[tuple[Predicate, date | None], Mapping[str, Any] | Unknown | None]
    )

    def outcome(self, literals: Sequence[Predicate]) -> EventsHappen | Unknown | None:
        """Occurrences that pass; None where it is proved that there are none."""
        pairs = [negated(literal) for literal in literals]
        tests = [(test, holds) for test, holds in pairs if isinstance(test, EVENT_TESTS)]
        dates = tuple(
            literal
            for literal, (test, _) in zip(literals, pairs, strict=True)
            if not isinstance(test, EVENT_TESTS)
        )
        settings = self._date_settings([test for test, _ in tests], dates)
        undecided = None
        tries = _Tries(_MOST_TRIES)
        for arrangement in settings.arrangements():
            if arrangement is None:
                return Unknown(
                    "its windows are counted from dates that can lie in too many orders", _clause(tests)
                )
            found = _Attempt(self, arrangement, tests, dates, tries).outcome()
            if isinstance(found, EventsHappen):
                return found
            undecided = undecided or found
            if not tries.left:
                break
        if undecided is None and self.first != self.last and _compares_metadata_dates(tests):
            return Unknown("it compares dates in the metadata with each other and with today", _clause(tests))
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

    def metadata_for(self, rule: Predicate, today: int) -> Mapping[str, Any] | Unknown | None:
        """Metadata that satisfy a rule; None where none do."""
        day = date.fromordinal(today)
        key = rule, day if any(isinstance(part, OnDay) for part in walk(rule)) else None
        if key not in self.answers:
            self.answers[key] = self.metadata(rule, day)
        return self.answers[key]


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


def _clause(tests: Sequence[tuple[EventTest, bool]]) -> Predicate | None:
    return tests[0][0] if tests else None


class _Tries:
    """How often occurrences may still be tried out."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self) -> None:
        """Takes one of them. Raises `OutOfSteps` where none is left."""
        if not self.left:
            raise OutOfSteps
        self.left -= 1


# --- one arrangement of days --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Tests asked of occurrences on one day, with one day for each date."""

    question: _Question
    arrangement: Arrangement
    tests: Sequence[tuple[EventTest, bool]]
    dates: Sequence[Predicate]
    tries: _Tries

    @property
    def today(self) -> int:
        return self.arrangement.today

    @property
    def late(self) -> int | None:
        """The last day on which something may happen."""
        return self.today if self.question.world.assumes(Assumption.PAST_TIMESTAMPS) else None

    def outcome(self) -> EventsHappen | Unknown | None:
        ways = [(test, alternatives(test, holds, self.arrangement.days)) for test, holds in self.tests]
        ways.sort(key=lambda way: len(way[1]))
        undecided: Unknown | None = None
        leaves = _consistent([alternative for _, alternative in ways], _Numbers({}, {}), ())
        for number, conditions in enumerate(leaves):
            if number >= _MOST_LEAVES:
                return Unknown("its tests of events can hold in too many ways", _clause(self.tests))
            try:
                found = self._meeting(conditions)
            except OutOfSteps:
                found = Unknown("its tests of events take too many steps to decide", _hard_clause(self.tests))
            except Undecidable as problem:
                found = Unknown(str(problem), problem.clause or _clause(self.tests))
            if isinstance(found, EventsHappen):
                return found
            undecided = undecided or found
            if not self.tries.left:
                break
        return undecided

    def _meeting(self, conditions: Sequence[Condition]) -> EventsHappen | Unknown | None:
        """Occurrences that meet all the conditions."""
        totals = [condition for condition in conditions if isinstance(condition, Totals)]
        groups = group_totals(totals, whole_numbers=self.question.world.assumes(Assumption.WHOLE_NUMBERS))
        if groups is None:
            return None
        numbers = [condition for condition in conditions if isinstance(condition, Happens | HappensOn)]
        numbers += [
            Happens(selection, 0 if 0 in asked.sum else 1, None) for (selection, _), asked in groups.items()
        ]
        follows = [condition for condition in conditions if isinstance(condition, Follows)]
        wanted = [condition.test for condition in follows if condition.holds]
        unwanted = [condition.test for condition in follows if not condition.holds]
        if any(_implies(test, other) for test in wanted for other in unwanted):
            return None
        for test in unwanted:
            numbers += [Happens(selection, 0, None) for selection in _sides(test)]
        undecided: Unknown | None = None
        for pairs in self._pairs(wanted, numbers):
            for further in _FURTHER if groups else (0,):
                # More occurrences than have to be may be what a sum takes.
                more = [Happens(selection, further, None) for selection, _ in groups]
                placed = self._placed([*numbers, *pairs, *more])
                if placed is None:
                    break
                found = self._happening(placed, groups, [*wanted, *unwanted])
                if found is not None:
                    return found
                undecided = undecided or Unknown(
                    "it adds up numbers or orders occurrences of events in a way that is not decided",
                    _hard_clause(self.tests),
                )
        return undecided

    def _pairs(
        self, wanted: Sequence[EventSequence], numbers: Sequence[Happens | HappensOn]
    ) -> Iterator[list[Happens]]:
        """For each sequence a range of days for its first and its second occurrence, near enough to each other."""
        choices: list[list[tuple[Happens, Happens]]] = []
        for test in wanted:
            first, then = _sides(test)
            selections = [
                number.selection for number in numbers if number.selection.event in (first.event, then.event)
            ]
            ranges = sorted(
                day_ranges(selections, self.late), key=lambda days: distance_from(days, self.today)
            )
            choices.append(
                [
                    (
                        Happens(first._replace(days=days), 1, None),
                        Happens(then._replace(days=later), 1, None),
                    )
                    for days in ranges
                    for later in ranges
                    if _can_follow(days, later, test.days)
                ]
            )
        ways = product(*choices)
        for way in islice(ways, _MOST_PAIRS):
            yield [happens for pair in way for happens in pair]
        if next(ways, None) is not None:
            raise Undecidable("its sequences of events can lie in too many windows")

    def _placed(self, numbers: Sequence[Happens | HappensOn]) -> list[Placed] | None:
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
                lambda rule: self.question.metadata_for(rule, today) is not None,
                _MOST_STEPS,
            )
            if found is None:
                return None
            placed += found
        return placed

    # --- occurrences ----------------------------------------------------------------------------------------

    def _happening(
        self,
        placed: Sequence[Placed],
        groups: Mapping[tuple[Selection, Field], GroupTotals],
        sequences: Sequence[EventSequence],
    ) -> EventsHappen | None:
        """The occurrences in cells with their days and metadata, the first that pass all tests."""
        cells = _single(placed) if groups else list(placed)
        for metadata in islice(self._metadata(cells, groups), _MOST_ASSIGNMENTS):
            found = self._confirmed(
                _happenings(cells, [spread(cell, self.today) for cell in cells], metadata)
            )
            if found is not None or not sequences:
                if found is not None:
                    return found
                continue
            for happenings in orders(
                cells,
                sequences,
                self.today,
                lambda days, hours, metadata=metadata: [
                    Happening(cell.event, day, values, hour)
                    for cell, day, hour, values in zip(cells, days, hours, metadata, strict=True)
                    for _ in range(cell.number)
                ],
            ):
                found = self._confirmed(happenings)
                if found is not None:
                    return found
        return None

    def _metadata(
        self, cells: Sequence[Placed], groups: Mapping[tuple[Selection, Field], GroupTotals]
    ) -> Iterator[list[Mapping[str, Any]]]:
        """The metadata of the occurrences of each cell: as the rules ask, then with numbers that add up."""
        plain = [self._values(cell.rule) for cell in cells]
        if any(values is None for values in plain):
            return
        yield [values or {} for values in plain]
        for key in dict.fromkeys(key for _, key in groups):
            of_key = {selection: asked for (selection, added), asked in groups.items() if added == key}
            members = [
                [place for place, cell in enumerate(cells) if self._is_in(cell, selection)]
                for selection in of_key
            ]
            for numbers in assign_numbers(members, list(of_key.values()), key.type == "integer"):
                values = [
                    self._values(with_rule(cell.rule, _equals(key, numbers[place])))
                    if place in numbers
                    else plain[place]
                    for place, cell in enumerate(cells)
                ]
                if all(value is not None for value in values):
                    yield [value or {} for value in values]

    def _values(self, rule: Predicate | None) -> Mapping[str, Any] | None:
        """Metadata that satisfy a rule; None where none do. Raises `Undecidable`."""
        if rule is None:
            return {}
        found = self.question.metadata_for(rule, self.today)
        if isinstance(found, Unknown):
            raise Undecidable(found.reason, found.clause)
        return found

    def _is_in(self, cell: Placed, selection: Selection) -> bool:
        """Whether the occurrences of a cell are selected."""
        if cell.event != selection.event or not covers(selection.days, cell.days):
            return False
        rules = _parts(cell.rule)
        return selection.where is None or all(part in rules for part in _parts(selection.where))

    def _confirmed(self, happenings: Sequence[Happening]) -> EventsHappen | None:
        """The occurrences, where `rules.meaning` says that they pass. Raises `OutOfSteps`."""
        self.tries.spend()
        zone = ZoneInfo(self.question.world.zone)
        names = {event_key(event): event for test, _ in self.tests for event in reversed(own_events(test))}
        try:
            occurrences = tuple(
                {**happening.occurrence(zone), "event_name": names[happening.event]}
                for happening in sorted(happenings, key=lambda happening: (happening.day, happening.hour))
            )
            today = date.fromordinal(self.today)
            dates = {
                dated: None if day is None else date.fromordinal(day)
                for dated, day in self.arrangement.dates.items()
            }
            contact = _contact(dates, zone)
        except (ValueError, OverflowError):
            return None
        person = Person(contact, (), occurrences)
        passes = all(
            satisfies(person, test, today=today, zone=zone) == holds for test, holds in self.tests
        ) and all(satisfies(person, literal, today=today, zone=zone) for literal in self.dates)
        return EventsHappen(today, dates, occurrences) if passes else None


# --- conditions that go together ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What is asked of each selection so far."""

    happens: Mapping[Selection, tuple[int, int | None]]
    happens_on: Mapping[Selection, tuple[int, int | None]]

    def meet(self, conditions: Sequence[Condition]) -> _Numbers | None:
        """With these too; None where a selection can no longer be met."""
        happens, happens_on = dict(self.happens), dict(self.happens_on)
        for condition in conditions:
            if isinstance(condition, Happens | HappensOn):
                asked = happens if isinstance(condition, Happens) else happens_on
                low, high = asked.get(condition.selection, (0, None))
                low = max(low, condition.low)
                if condition.high is not None:
                    high = condition.high if high is None else min(high, condition.high)
                if high is not None and low > high:
                    return None
                asked[condition.selection] = low, high
        return _Numbers(happens, happens_on)

    def conditions(self) -> list[Condition]:
        return [
            *(Happens(selection, low, high) for selection, (low, high) in self.happens.items()),
            *(HappensOn(selection, low, high) for selection, (low, high) in self.happens_on.items()),
        ]


def _consistent(
    ways: Sequence[list[tuple[Condition, ...]]], numbers: _Numbers, others: tuple[Condition, ...]
) -> Iterator[list[Condition]]:
    """One alternative of each test, in all the ways that do not contradict each other outright."""
    if not ways:
        yield [*numbers.conditions(), *others]
        return
    for alternative in ways[0]:
        met = numbers.meet(alternative)
        if met is not None:
            more = tuple(condition for condition in alternative if isinstance(condition, Totals | Follows))
            yield from _consistent(ways[1:], met, others + more)


def _sides(test: EventSequence) -> tuple[Selection, Selection]:
    return (
        Selection(event_key(test.event), test.where, ALWAYS),
        Selection(event_key(test.then), test.then_where, ALWAYS),
    )


def _implies(test: EventSequence, other: EventSequence) -> bool:
    """Whether the one sequence is the other, with no more days between."""
    return _sides(test) == _sides(other) and (
        other.days is None or (test.days is not None and test.days <= other.days)
    )


def _can_follow(days: Days, later: Days, most: int | None) -> bool:
    """Whether some day of the one range is on or after some of the other, and near enough."""
    if days.first is not None and later.last is not None and later.last < days.first:
        return False
    return most is None or days.last is None or later.first is None or later.first - days.last <= most


def _hard_clause(tests: Sequence[tuple[EventTest, bool]]) -> Predicate | None:
    """The clause that is the likely reason why it is not decided."""
    easy = (Occurrences, ActiveDays)
    hard = [test for test, _ in tests if not isinstance(test, easy)]
    return hard[0] if hard else _clause(tests)


# --- occurrences of cells -----------------------------------------------------------------------------------


def _single(placed: Sequence[Placed]) -> list[Placed]:
    """Each occurrence as a cell of its own."""
    if sum(cell.number for cell in placed) > 200:
        raise Undecidable("it adds up numbers over too many occurrences")
    return [
        Placed(cell.event, cell.days, cell.rule, 1, cell.on) for cell in placed for _ in range(cell.number)
    ]


def _happenings(
    cells: Sequence[Placed], days: Sequence[Sequence[int]], metadata: Sequence[Mapping[str, Any]]
) -> list[Happening]:
    return [
        Happening(cell.event, day, values)
        for cell, days_of_cell, values in zip(cells, days, metadata, strict=True)
        for day in days_of_cell
    ]


def _parts(rule: Predicate | None) -> tuple[Predicate, ...]:
    if rule is None:
        return ()
    return rule.parts if isinstance(rule, And) else (rule,)


def _equals(key: Field, number: Any) -> Predicate:
    return Equals(key, written(number, key))


def _contact(dates: Mapping[Field, date | None], zone: ZoneInfo) -> Json:
    """A contact with these dates, each at noon."""
    contact: dict[str, Any] = {}
    for dated, day in dates.items():
        if day is not None:
            place = contact
            for key in dated.path[:-1]:
                place = cast("dict[str, Any]", place.setdefault(key, {}))
            place[dated.path[-1]] = int(datetime.combine(day, time(12), zone).timestamp())
    return contact
