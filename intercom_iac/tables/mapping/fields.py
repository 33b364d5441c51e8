"""The fields that columns may be mapped to, and the keys of records."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.model import Event, Schema
from intercom_iac.model.payload import PayloadField, RecordShape, company_shape, contact_shape, event_shape

from ..source import TableRecord

# The keys by which records are known, the first that a table has is taken. People's events may say `user_id`, as the
# API does.
KEYS: Mapping[TableRecord, tuple[str, ...]] = {
    "contact": ("external_id", "email"),
    "company": ("company_id",),
    "event": ("external_id", "email", "id"),
}


KEY_ALIASES = {"user_id": "external_id"}


def record_shapes(record: TableRecord, schema: Schema) -> Mapping[str, RecordShape]:
    if record == "contact":
        return {"": contact_shape(schema)}
    if record == "company":
        return {"": company_shape(schema)}
    return {name: event_shape(event) for name, event in schema.events.items() if event.status != "archived"}


def fields_by_name(shapes: Mapping[str, RecordShape], record: TableRecord) -> dict[str, PayloadField]:
    """The fields of the records by name; one that stands at the top of a record goes before one within it, whose
    name is also that of its place: `custom_attributes.plan`."""
    tops = [*shapes.values(), *([event_shape(Event(name=""))] if record == "event" else [])]
    nested = {
        name: field for shape in reversed(list(shapes.values())) for name, field in shape.nested.items()
    }
    placed = {f"{tops[-1].nested_key}.{name}": field for name, field in nested.items()}
    return placed | nested | {name: field for shape in tops for name, field in shape.fields.items()}


def sendable_names(fields: Mapping[str, PayloadField]) -> list[str]:
    """The names, without those of places, of what may be written."""
    return [name for name, field in fields.items() if name == field.name and is_sendable(field)]


def is_sendable(field: PayloadField) -> bool:
    return field.refusal is None and field.name != "id"
