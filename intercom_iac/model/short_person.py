"""A person in short form, as the tests of a segment write one: what the rule may ask for, with days from today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

from .attribute import DataType, Field
from .days import add_days
from .person import Person
from .predicate import DayPoint, Value

ShortValue = Value | date | None
"""A value; of a date its day or, as a number, the days from today. None says that there is no value."""

Values = tuple[tuple[Field, ShortValue], ...]


@dataclass(frozen=True, slots=True)
class ShortCompany:
    """A company of a person, and the names of its tags."""

    values: Values = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortOccurrence:
    """So many occurrences of an event on one day, all with the same metadata."""

    event: str
    day: DayPoint = 0
    count: int = 1
    metadata: Values = ()


@dataclass(frozen=True, slots=True)
class ShortPerson:
    """A person of whom only what matters is said; nothing else of it is known."""

    contact: Values = ()
    companies: tuple[ShortCompany, ...] = ()
    events: tuple[ShortOccurrence, ...] = ()
    tags: tuple[str, ...] = ()

    def on(self, today: date, zone: tzinfo) -> Person:
        """The person in the shapes of Intercom's API on a day. Whatever has a day is at noon in the zone."""
        contact = _record(self.contact, today, zone)
        if self.tags:
            contact["tags"] = {"type": "list", "data": _tags(self.tags)}
        return Person(
            contact,
            tuple(_company(company, today, zone) for company in self.companies),
            tuple(
                {
                    "event_name": occurrence.event,
                    "created_at": noon(day_of(occurrence.day, today), zone),
                    **_record(occurrence.metadata, today, zone),
                }
                for occurrence in self.events
                for _ in range(occurrence.count)
            ),
        )

    @property
    def days(self) -> tuple[DayPoint, ...]:
        """Every day that is said of the person."""
        values = [
            *self.contact,
            *(value for company in self.companies for value in company.values),
            *(value for occurrence in self.events for value in occurrence.metadata),
        ]
        dates = (
            value for field, value in values if field.type is DataType.DATE and isinstance(value, date | int)
        )
        return (*dates, *(occurrence.day for occurrence in self.events))


@dataclass(frozen=True, slots=True)
class SegmentTest:
    """A person, and whether it is a member of a segment. `today` is None where the day does not matter.

    `name` says what is tested, for people. `number` is its place among those of the segment, 1 the first; 0 where it
    stands nowhere yet.
    """

    person: ShortPerson
    member: bool
    today: date | None = None
    name: str | None = None
    span: Span | None = None
    number: int = 0


def day_of(day: DayPoint, today: date) -> date:
    """A day of the calendar, where it is one or so many days from today."""
    return day if isinstance(day, date) else add_days(today, day)


def noon(day: date, zone: tzinfo) -> int:
    """Noon of a day in a time zone, in unix seconds."""
    return int(datetime.combine(day, time(12), zone).timestamp())


def _company(company: ShortCompany, today: date, zone: tzinfo) -> dict[str, Any]:
    record = _record(company.values, today, zone)
    if company.tags:
        record["tags"] = {"type": "tag.list", "tags": _tags(company.tags)}
    return record


def _tags(names: Iterable[str]) -> list[Mapping[str, str]]:
    return [{"type": "tag", "id": str(number), "name": name} for number, name in enumerate(names, 1)]


def _record(values: Values, today: date, zone: tzinfo) -> dict[str, Any]:
    """The object that has these values at the places where Intercom's API has them."""
    record: dict[str, Any] = {}
    for field, value in values:
        *above, key = field.path
        place = record
        for step in above:
            place = place.setdefault(step, {})
        place[key] = _wire(field, value, today, zone)
    return record


def _wire(field: Field, value: ShortValue, today: date, zone: tzinfo) -> Value | None:
    if isinstance(value, date) or (
        field.type is DataType.DATE and isinstance(value, int) and not isinstance(value, bool)
    ):
        return noon(day_of(value, today), zone)
    return value
