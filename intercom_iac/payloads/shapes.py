"""The shapes of all records that the specs of one workspace know, and which of them a record has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercom_iac.model import Event, Schema
from intercom_iac.model.payload import (
    PAYLOAD_KINDS,
    EventNames,
    PayloadField,
    PayloadKind,
    RecordShape,
    boot_shape,
    company_shape,
    contact_shape,
    event_shape,
)

# Intercom reads a number under such a key as a date (the Messenger's page on dates; POST /events, metadata).
_DATE_ENDINGS = ("_at", "_date")
KINDS_BY_TYPE: Mapping[str, PayloadKind] = {
    **{kind: kind for kind in PAYLOAD_KINDS},
    "user": "contact",
    "lead": "contact",
}


class RecordShapes:
    """The shapes by kind; of events by name, and `undeclared` for an event that the specs do not know."""

    def __init__(self, schema: Schema) -> None:
        self.contact = contact_shape(schema)
        self.company = company_shape(schema)
        self.boot = boot_shape(schema)
        self.events: Mapping[str, RecordShape] = {
            name: event_shape(event) for name, event in schema.events.items()
        }
        self.undeclared = event_shape(Event(name=""))
        self.event_names = EventNames(schema.events)

    def event(self, name: str) -> RecordShape:
        """The shape of the event of this name, or of one whose name differs by case and separators alone."""
        meant = self.event_names.meant(name)
        return self.undeclared if meant is None else self.events[meant.name]


def kind_of(record: Mapping[str, Any]) -> PayloadKind | None:
    """What a record says that it is: by its `type`, or by having an `event_name`; None where it says nothing."""
    said = record.get("type")
    kind = KINDS_BY_TYPE.get(said) if isinstance(said, str) else None
    return kind or ("event" if "event_name" in record else None)


def reads_as_date(field: PayloadField) -> bool:
    """Whether Intercom takes the numbers of this field for dates, which the specs do not."""
    return field.custom and field.name.endswith(_DATE_ENDINGS) and field.type.is_number
