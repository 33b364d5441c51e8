"""What is to be said of how a table's columns are mapped: mistakes, and what is not sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import payloads as payload_codes
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.model import DataType, Schema
from intercom_iac.model.payload import (
    PayloadField,
    RecordShape,
    by_folded_name,
    field_faults,
    fold_name,
    shown_name,
)
from intercom_iac.payloads.shapes import reads_as_date
from intercom_iac.text import did_you_mean, nearest_name, printable
from intercom_iac.text.lists import brief_list

from ..source import ColumnMapping, TableSource
from .fields import KEY_ALIASES, KEYS, is_sendable, sendable_names
from .mapped import MappedColumn

_EVENT_COLUMNS = ("event_name", "created_at")


def unknown_mappings(
    source: TableSource, names: set[str], fields: Mapping[str, PayloadField], shape: RecordShape
) -> Iterator[Diagnostic]:
    keys = (*KEYS[source.record], *(KEY_ALIASES if source.record == "event" else ()))
    for column, mapping in source.columns.items():
        if column not in names:
            yield codes.NO_COLUMN.at(
                None,
                f"`{shown_name(source.name)}` has no column `{shown_name(column)}`, which is mapped",
                hint=did_you_mean(column, sorted(names)) or f"its columns are {brief_list(sorted(names))}",
            )
        yield from _mapping_diagnostics(column, mapping, fields, keys, shape)


def _mapping_diagnostics(
    column: str,
    mapping: ColumnMapping,
    fields: Mapping[str, PayloadField],
    keys: Sequence[str],
    shape: RecordShape,
) -> Iterator[Diagnostic]:
    target = mapping.attribute
    if target in keys:
        return
    field = fields.get(target)
    shown = shown_name(mapping.attribute)
    if field is None:
        yield codes.UNKNOWN_ATTRIBUTE.at(
            None,
            f"the column `{shown_name(column)}` is mapped to `{shown}`, which the specs do not declare",
            hint=did_you_mean(target, sendable_names(fields))
            or "declare it, or map the column to an attribute of the specs",
        )
    elif not is_sendable(field):
        reason, hint = _refusal(field, shape)
        yield codes.NOT_WRITABLE.at(
            None,
            f"the column `{shown_name(column)}` is mapped to `{shown}`, and {reason}",
            hint=hint or "map it to an attribute that may be written, or leave it out of the table",
        )


def ignored_column(name: str, fields: Mapping[str, PayloadField], shape: RecordShape) -> Diagnostic:
    field = fields.get(name)
    shown = shown_name(name)
    if field is not None:
        reason, hint = _refusal(field, shape)
        return codes.IGNORED_COLUMN.at(None, f"the column `{shown}` is not sent: {reason}", hint=hint)
    sendable = sendable_names(fields)
    near = by_folded_name(sendable).get(fold_name(name)) or nearest_name(name, sendable)
    meant = None
    if near is not None:
        meant = f"did you mean `{shown_name(near)}`? `--map {shown}={shown_name(near)}` says so"
    return codes.IGNORED_COLUMN.at(
        None, f"the column `{shown}` is not sent: it is no attribute of the specs", hint=meant
    )


def secret_column(name: str) -> Diagnostic:
    shown = shown_name(name)
    return codes.SECRET_COLUMN.at(
        None,
        f"the column `{shown}` is not sent: it is called like a secret",
        hint=f"where it is none, name it: `--map {shown}={shown}`",
    )


def columns_of_one_field(properties: Sequence[MappedColumn]) -> Iterator[Diagnostic]:
    counts = Counter(mapped.field.name for mapped in properties)
    for name, count in counts.items():
        if count > 1:
            of_field = [shown_name(mapped.column.name) for mapped in properties if mapped.field.name == name]
            yield codes.SAME_ATTRIBUTE.at(
                None,
                f"the columns {brief_list(of_field)} are both mapped to `{shown_name(name)}`",
                hint="map one of them to another attribute, or leave it out of the table",
            )


def differing_types(
    properties: Sequence[MappedColumn], shapes: Mapping[str, RecordShape]
) -> Iterator[Diagnostic]:
    for mapped in properties:
        name = mapped.field.name
        types = {
            event: shape.nested[name].type
            for event, shape in shapes.items()
            if mapped.field.custom and name in shape.nested
        }
        if len({_stored_as(type_) for type_ in types.values()}) > 1:
            told = ", ".join(f"{type_} in `{shown_name(event)}`" for event, type_ in types.items())
            yield codes.TYPES_DIFFER.at(
                None,
                f"the column `{shown_name(mapped.column.name)}` is of several types: {told}",
                hint="sync these events from a source each",
            )


def _stored_as(type_: DataType) -> DataType:
    return DataType.STRING if type_ is DataType.OPTIONS else type_


def missing_columns(properties: Sequence[MappedColumn], source: TableSource) -> Iterator[Diagnostic]:
    names = {mapped.field.name for mapped in properties if not mapped.field.custom}
    if source.record == "event":
        for name in _EVENT_COLUMNS:
            if name not in names:
                yield codes.NO_EVENT_COLUMN.at(
                    None,
                    f"`{shown_name(source.name)}` has no column `{name}`, which every event needs",
                    hint=f"name the column that is: `--map COLUMN={name}`",
                )
    elif not properties:
        yield codes.NOTHING_TO_SEND.at(
            None,
            f"no column of `{shown_name(source.name)}` but the key is an attribute of the specs",
            hint="declare the attributes, or map the columns: `--map COLUMN=ATTRIBUTE`",
        )


def field_remarks(
    properties: Sequence[MappedColumn], shape: RecordShape, schema: Schema
) -> Iterator[Diagnostic]:
    """What is to be said of attributes that are sent all the same."""
    successors = schema.successors()
    for mapped in properties:
        field = mapped.field
        successor = None if field.owner == "event" else successors.get((field.owner, field.name))
        for fault in field_faults(field, shape, successor):
            yield fault.code.at(None, fault.message, hint=fault.hint)
        if reads_as_date(field):
            name = printable(field.name)
            message = f"Intercom reads numbers under `{name}` as dates, and it is declared as `{field.type}`"
            yield payload_codes.DATE_KEY.at(
                None, message, hint="declare it as `date`, or give it another name"
            )


def clearing_remarks(properties: Sequence[MappedColumn], source: TableSource) -> Iterator[Diagnostic]:
    """What empty cells do not take away, although the source says so."""
    if source.null == "keep" or source.record == "event":
        return
    for mapped in properties:
        if not mapped.field.nullable:
            yield codes.NOT_CLEARED.at(
                None,
                f"empty cells of `{shown_name(mapped.column.name)}` clear nothing: "
                f"`{shown_name(mapped.field.name)}` of a {source.record} cannot be empty",
            )


def _refusal(field: PayloadField, shape: RecordShape) -> tuple[str, str | None]:
    """Why a field may not be sent, and what to do."""
    for fault in field_faults(field, shape, None):
        return fault.message, fault.hint
    return f"`{field.name}` is the name that Intercom itself gave the record", None
