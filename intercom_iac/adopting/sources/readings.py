"""What a tracking plan says, in the words of specs and under the names of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, ModelName, Status

from ..proposal import NotMapped


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceField:
    """A property of an event, of people or of companies.

    `guess` says why its type is the likeliest and not known. `automatic`: the source's tool adds it to every event.
    `volume` is how often it was seen, None where the source does not say; `remarks` are for whoever reads its entry.
    """

    name: str
    type: DataType
    place: str
    options: tuple[str, ...] = ()
    required: bool = False
    description: str | None = None
    status: Status = "active"
    guess: str | None = None
    automatic: bool = False
    volume: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEvent:
    """An event. `volume` is how often it was seen, None where the source does not say; `remarks` are for whoever
    reads its entry. `intercom_name` is what the source says that Intercom is sent. `not_mapped` and `nested` are as
    in a reading, and about this event: where it is not taken, nothing is said of its properties.
    """

    name: str
    place: str
    fields: tuple[SourceField, ...] = ()
    description: str | None = None
    status: Status = "active"
    volume: int | None = None
    remarks: tuple[str, ...] = ()
    intercom_name: str | None = None
    not_mapped: tuple[NotMapped, ...] = ()
    nested: tuple[str, ...] = ()

    def with_fields(self, fields: Iterable[SourceField]) -> SourceEvent:
        """The event with these properties."""
        return replace(self, fields=tuple(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAttribute:
    """A property of a contact or a company."""

    model: ModelName
    field: SourceField


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeNotes:
    """What of a property of people or companies has no place in specs, of which the property itself may be one.

    Where it is not taken, nothing is said of it.
    """

    model: ModelName
    name: str
    not_mapped: tuple[NotMapped, ...]
    nested: tuple[str, ...] = ()
    volume: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one source says. `nested` are the properties that are left out since their values nest, as text; what is
    not mapped of attributes is in `of_attributes`."""

    events: tuple[SourceEvent, ...] = ()
    attributes: tuple[SourceAttribute, ...] = ()
    of_attributes: tuple[AttributeNotes, ...] = ()
    not_mapped: tuple[NotMapped, ...] = ()
    nested: tuple[str, ...] = ()

    @property
    def has_volumes(self) -> bool:
        """Whether the source says of anything how often it was seen."""
        seen = (
            *(event.volume for event in self.events),
            *(attribute.field.volume for attribute in self.attributes),
        )
        return any(volume is not None for volume in seen)


def join_readings(readings: Iterable[Reading]) -> Reading:
    """Several parts of one source as one."""
    parts = tuple(readings)
    return Reading(
        events=tuple(chain.from_iterable(part.events for part in parts)),
        attributes=tuple(chain.from_iterable(part.attributes for part in parts)),
        of_attributes=tuple(chain.from_iterable(part.of_attributes for part in parts)),
        not_mapped=tuple(chain.from_iterable(part.not_mapped for part in parts)),
        nested=tuple(chain.from_iterable(part.nested for part in parts)),
    )


def event_reading(event: SourceEvent, parts: Iterable[Reading]) -> Reading:
    """An event as a reading, with what the parts say of it."""
    said = join_readings(parts)
    own = replace(event, not_mapped=said.not_mapped, nested=said.nested)
    return Reading(events=(own,), attributes=said.attributes, of_attributes=said.of_attributes)


def attribute_reading(
    model: ModelName, name: str, fields: Iterable[SourceField], said: Reading, volume: int | None = None
) -> Reading:
    """A property of people or companies as a reading, or none of it, with what is said of it."""
    notes = AttributeNotes(
        model=model, name=name, not_mapped=said.not_mapped, nested=said.nested, volume=volume
    )
    return Reading(
        attributes=tuple(SourceAttribute(model=model, field=field) for field in fields),
        of_attributes=(notes,) if notes.not_mapped or notes.nested else (),
    )


def unmapped(what: str, why: str, place: str, *, whose: str = "") -> Reading:
    """A reading of one thing that has no place in specs; `whose` as in `NotMapped`."""
    return Reading(not_mapped=(NotMapped(what=what, why=why, place=place, whose=whose),))
