"""What may be sent of each kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intercom_iac.model import DataType, Schema
from intercom_iac.model.payload import RecordShape, company_shape, contact_shape, event_shape

if TYPE_CHECKING:
    from intercom_iac.tables import TableRecord


def property_types(schema: Schema) -> dict[TableRecord, dict[str, DataType]]:
    """The types of properties, by the kind of record and their name."""
    return {
        "contact": _types([contact_shape(schema)]),
        "company": _types([company_shape(schema)]),
        "event": _types([event_shape(event) for event in schema.events.values()]),
    }


def _types(shapes: list[RecordShape]) -> dict[str, DataType]:
    return {name: field.type for shape in shapes for name, field in {**shape.nested, **shape.fields}.items()}
