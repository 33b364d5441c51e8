"""Occurrences that pass tests, made from how many lie in which cell and confirmed by `rules.meaning`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.person import Json, Person, event_key
from intercom_iac.model.predicate import And, Equals, EventSequence, EventTest, Predicate, own_events
from intercom_iac.rules.meaning import satisfies

from .answers import EventsHappen
from .arrangements import Arrangement
from .cells import Placed, Undecidable, covers
from .conditions import Selection, with_rule
from .counting import Steps
from .happening import Happening, orders, spread
from .metadata import KnownMetadata
from .totals import GroupTotals, assign_numbers, written

_MOST_ASSIGNMENTS = 60
_MOST_OCCURRENCES = 200
# What it takes to ask `rules.meaning`.
_STEPS_OF_MEANING = 4


@dataclass(frozen=True, slots=True)
class Showing:
    """Looks for occurrences that show that tests pass, on one day, with one day for each date."""

    arrangement: Arrangement
    tests: Sequence[tuple[EventTest, bool]]
    dates: Sequence[Predicate]
    metadata: KnownMetadata
    zone: ZoneInfo
    steps: Steps

    def occurrences(
        self,
        placed: Sequence[Placed],
        groups: Mapping[tuple[Selection, Field], GroupTotals],
        sequences: Sequence[EventSequence],
    ) -> EventsHappen | None:
        """The occurrences in cells with their days and metadata, the first that pass all tests."""
        cells = _single(placed) if groups else list(placed)
        for metadata in islice(self._values_of(cells, groups), _MOST_ASSIGNMENTS):
            found = self._confirm(
                _happenings(cells, [spread(cell, self.arrangement.today) for cell in cells], metadata)
            )
            if found is not None or not sequences:
                if found is not None:
                    return found
                continue
            for happenings in orders(
                cells,
                sequences,
                self.arrangement.today,
                lambda days, hours, metadata=metadata: [
                    Happening(cell.event, day, values, hour)
                    for cell, day, hour, values in zip(cells, days, hours, metadata, strict=True)
                    for _ in range(cell.number)
                ],
            ):
                found = self._confirm(happenings)
                if found is not None:
                    return found
        return None

    def _values_of(
        self, cells: Sequence[Placed], groups: Mapping[tuple[Selection, Field], GroupTotals]
    ) -> Iterator[list[Mapping[str, Any]]]:
        """The metadata of the occurrences of each cell: as the rules ask, then with numbers that add up."""
        plain = [self.metadata.values(cell.rule, self.arrangement.today) for cell in cells]
        if any(values is None for values in plain):
            return
        yield [values or {} for values in plain]
        for key in dict.fromkeys(key for _, key in groups):
            of_key = {selection: asked for (selection, added), asked in groups.items() if added == key}
            members = [
                [place for place, cell in enumerate(cells) if _is_in(cell, selection)] for selection in of_key
            ]
            for numbers in assign_numbers(members, list(of_key.values()), key.type is DataType.INTEGER):
                values = [
                    self.metadata.values(
                        with_rule(cell.rule, _equals(key, numbers[place])), self.arrangement.today
                    )
                    if place in numbers
                    else plain[place]
                    for place, cell in enumerate(cells)
                ]
                if all(value is not None for value in values):
                    yield [value or {} for value in values]

    def _confirm(self, happenings: Sequence[Happening]) -> EventsHappen | None:
        """The occurrences, where `rules.meaning` says that they pass. Raises `OutOfSteps`."""
        self.steps.take(_STEPS_OF_MEANING + len(happenings))
        zone = self.zone
        names = {event_key(event): event for test, _ in self.tests for event in reversed(own_events(test))}
        try:
            occurrences = tuple(
                {**happening.occurrence(zone), "event_name": names[happening.event]}
                for happening in sorted(happenings, key=lambda happening: (happening.day, happening.hour))
            )
            today = date.fromordinal(self.arrangement.today)
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


def _is_in(cell: Placed, selection: Selection) -> bool:
    """Whether the occurrences of a cell are selected."""
    if cell.event != selection.event or not covers(selection.days, cell.days):
        return False
    rules = _parts(cell.rule)
    return selection.where is None or all(part in rules for part in _parts(selection.where))


def _single(placed: Sequence[Placed]) -> list[Placed]:
    """Each occurrence as a cell of its own."""
    if sum(cell.number for cell in placed) > _MOST_OCCURRENCES:
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
