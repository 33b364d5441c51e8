"""What a solver finds: a value for each field that a rule asks for, and the day that is today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field
from intercom_iac.model.predicate import Value


@dataclass(frozen=True, slots=True)
class Subject:
    """A contact or a company: its values, a day for a date, None for no value, and the names of its tags."""

    values: Mapping[Field, Value | date | None] = field(default_factory=dict[Field, "Value | date | None"])
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OccurrenceGroup:
    """So many occurrences of an event on one day, with the same metadata. Among those of a day, `position` says
    which come first."""

    event: str
    day: date
    position: int
    count: int
    metadata: Mapping[Field, Value | date | None]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person and a day with which a rule holds, if the solver is right."""

    today: date
    contact: Subject
    companies: tuple[Subject, ...] = ()
    events: tuple[OccurrenceGroup, ...] = ()
