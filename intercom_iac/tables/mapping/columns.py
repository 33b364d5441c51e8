"""Which property each column of a table is, and which column names the record."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Event, Schema
from intercom_iac.model.payload import event_shape
from intercom_iac.project.secrets import speaks_of_a_secret

from ..source import TableSource
from ..sources.columns import SourceColumn
from .fields import fields_by_name, is_sendable, record_shapes
from .keys import find_key
from .mapped import Mapped, MappedColumn
from .remarks import (
    clearing_remarks,
    columns_of_one_field,
    differing_types,
    field_remarks,
    ignored_column,
    missing_columns,
    secret_column,
    unknown_mappings,
)


def map_columns(
    columns: Sequence[SourceColumn], source: TableSource, schema: Schema
) -> tuple[Mapped | None, list[Diagnostic]]:
    """The mapping, None where there is none; and what is to be said of it."""
    shapes = record_shapes(source.record, schema)
    fields = fields_by_name(shapes, source.record)
    shape = next(iter(shapes.values()), event_shape(Event(name="")))
    names = {column.name for column in columns}
    diagnostics = list(unknown_mappings(source, names, fields, shape))
    targets = {column.name: source.target(column.name) for column in columns}
    key_name, key, of_key = find_key(columns, source)
    diagnostics += of_key
    properties: list[MappedColumn] = []
    ignored: list[str] = []
    for column in columns:
        if key is column:
            continue
        field = fields.get(targets[column.name])
        is_named = column.name in source.columns
        if field is None or not (is_named or is_sendable(field)):
            if not is_named:
                ignored.append(column.name)
                diagnostics.append(ignored_column(column.name, fields, shape))
        elif not is_named and speaks_of_a_secret(column.name):
            ignored.append(column.name)
            diagnostics.append(secret_column(column.name))
        elif is_sendable(field):
            mapping = source.columns.get(column.name)
            named = None if mapping is None else mapping.shape
            properties.append(MappedColumn(column=column, field=field, shape=named))
    diagnostics += columns_of_one_field(properties)
    diagnostics += differing_types(properties, shapes)
    diagnostics += missing_columns(properties, source)
    if key is None or any(diagnostic.is_error for diagnostic in diagnostics):
        return None, diagnostics
    ordered = sorted(properties, key=lambda mapped: (mapped.field.custom, mapped.field.name))
    diagnostics += field_remarks(ordered, shape, schema)
    diagnostics += clearing_remarks(ordered, source)
    mapped = Mapped(
        key_name=key_name, key=key, properties=tuple(ordered), ignored=tuple(ignored), shapes=shapes
    )
    return mapped, diagnostics
