"""What a search leaves, as values for one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import Field
from intercom_iac.model.person import Json
from intercom_iac.model.predicate import InIntercomSegment

from ..domains.cells import NO_VALUE, Mask, first_run
from ..domains.choices import Choices
from ..domains.days import FIRST_DAY, LAST_DAY
from ..domains.numbers import Number, Numbers
from ..witnesses.choice import ChosenPerson, ChosenSubject, ChosenValue
from .bounds import FieldNode
from .clauses import Search, Variable
from .dates import dates_by_node, day_between
from .fields import DateCells, key_of
from .formulas import TRUE
from .space import CONTACT, Slot, Space

_AHEAD = ("end", "renew", "due", "expir", "trial", "notice", "next", "until")


@dataclass(frozen=True, slots=True)
class Model:
    """A person who satisfies the clauses, and the day on which. `segments` are those of Intercom's it rests on."""

    today: date
    person: ChosenPerson
    segments: tuple[InIntercomSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen where cells do not say all: today, days of dates, numbers and texts, and occurrences.

    `event_dates` are the contact's dates that the occurrences were chosen with; tests of events may be all that read
    one of them.
    """

    today: int
    days: Mapping[FieldNode, int | None]
    numbers: Mapping[Variable, Number]
    texts: Mapping[Variable, str]
    occurrences: tuple[Json, ...]
    event_dates: Mapping[Field, date | None]


def read_model(space: Space, search: Search, choice: Choice) -> Model:
    """The person of whom all cells that are left and the choice are true."""
    companies = [variable for variable in search.cells if variable in space.companies]
    values: dict[Slot, dict[Field, ChosenValue]] = {CONTACT: dict(choice.event_dates)}
    values |= {company: {} for company in companies if search.left(company) == TRUE}
    tags: dict[Slot, list[str]] = {slot: [] for slot in values}
    for variable, mask in search.cells.items():
        subject = space.subjects.get(variable)
        if subject is not None and subject.slot in values:
            if subject.part == "value":
                values[subject.slot][subject.field] = _value(space, variable, mask, choice)
            elif subject.part != "difference" and mask == NO_VALUE:
                values[subject.slot][subject.field] = None
        elif variable in space.matches:
            subject = space.subjects[space.matches[variable][0]]
            if subject.slot in values:  # what is read has no value, unless one is chosen
                values[subject.slot].setdefault(subject.field, None)
        elif variable in space.tags and mask == TRUE:
            slot, tag = space.tags[variable]
            tags.get(slot, []).append(tag)
    for node, variables in dates_by_node(space, search).items():
        if node[0] in values:
            subject = space.subjects[next(iter(variables.values()))]
            day = choice.days[node] if node in choice.days else _day(space, search, variables, choice.today)
            values[node[0]][subject.field] = None if day is None else date.fromordinal(day)
    subjects = {slot: ChosenSubject(values[slot], tuple(tags[slot])) for slot in values}
    return Model(
        today=date.fromordinal(choice.today),
        person=ChosenPerson(
            contact=subjects.pop(CONTACT),
            companies=tuple(subjects.values()),
            occurrences=choice.occurrences,
        ),
        segments=tuple(
            space.intercom_segments[variable]
            for variable in search.cells
            if variable in space.intercom_segments
        ),
    )


def _value(space: Space, variable: Variable, mask: Mask, choice: Choice) -> ChosenValue:
    known = mask & ~NO_VALUE
    if not known:
        return None
    cells = space.fields[key_of(space.subjects[variable].field)]
    if isinstance(cells, Numbers):
        return choice.numbers[variable] if variable in choice.numbers else cells.sample(known)
    assert isinstance(cells, Choices)
    place = (known & -known).bit_length() - 1
    if cells.others == 1 << place:
        return choice.texts[variable]
    value = cells.at(place)
    assert isinstance(value, str | bool)
    return value


def _day(space: Space, search: Search, variables: Mapping[str, Variable], today: int) -> int | None:
    """A day in all the ranges that are left of a date: one that is past before one to come, and near today."""
    subject = space.subjects[next(iter(variables.values()))]
    cells = space.fields[key_of(subject.field)]
    assert isinstance(cells, DateCells)
    days: list[int] = []
    for earliest, latest in _ranges(space, search, variables.get("calendar")):
        for nearest, farthest in _ranges(space, search, variables.get("today")):
            low = max(earliest, today + nearest, FIRST_DAY)
            high = min(latest, today + farthest, today if cells.is_past else LAST_DAY)
            if low <= high:
                days.append(day_between(low, high, today))
    return min(
        days, key=lambda day: (day > today and not _lies_ahead(subject.field), abs(day - today)), default=None
    )


def _lies_ahead(field: Field) -> bool:
    """Whether a date is one that people look forward to, by its name."""
    return any(word in field.name.lower() for word in _AHEAD)


def _ranges(space: Space, search: Search, variable: Variable | None) -> list[tuple[int, int]]:
    if variable is None:
        return [(-LAST_DAY, LAST_DAY)]
    mask, distances = search.left(variable) & ~NO_VALUE, space.distances(variable)
    ranges: list[tuple[int, int]] = []
    while mask:
        run = first_run(mask)
        ranges.append(distances.hull(run))
        mask &= ~run
    return ranges
