"""Which property each column of a table is, and which column names the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import payloads as payload_codes
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.model import DataType, Event, Schema
from intercom_iac.model.payload import (
    PayloadField,
    RecordShape,
    by_folded_name,
    company_shape,
    contact_shape,
    event_shape,
    field_faults,
    fold_name,
    shown_name,
)
from intercom_iac.payloads.shapes import reads_as_date
from intercom_iac.project.secrets import speaks_of_a_secret
from intercom_iac.text import did_you_mean, nearest_name, printable
from intercom_iac.text.lists import brief_list

from .columns import SourceColumn
from .source import ColumnMapping, TableRecord, TableSource

# The keys by which records are known, the first that a table has is taken. People's events may say `user_id`, as the
# API does.
KEYS: Mapping[TableRecord, tuple[str, ...]] = {
    "contact": ("external_id", "email"),
    "company": ("company_id",),
    "event": ("external_id", "email", "id"),
}
_KEY_ALIASES = {"user_id": "external_id"}
_KEY_KINDS = ("text", "integer", "decimal", "double", "json")
_EVENT_COLUMNS = ("event_name", "created_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """A column with the field that it is of, and the shape that the settings name for it."""

    column: SourceColumn
    field: PayloadField
    shape: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A table's columns as properties, in an order that is the same however the table has them.

    `shapes` are those of the records: of events one for each that may be sent, by its name; else one under "".
    """

    key_name: str
    key: SourceColumn
    properties: tuple[MappedColumn, ...]
    ignored: tuple[str, ...]
    shapes: Mapping[str, RecordShape]


def map_columns(
    columns: Sequence[SourceColumn], source: TableSource, schema: Schema
) -> tuple[Mapped | None, list[Diagnostic]]:
    """The mapping, None where there is none; and what is to be said of it."""
    shapes = _shapes(source.record, schema)
    fields = _fields(shapes, source.record)
    shape = next(iter(shapes.values()), event_shape(Event(name="")))
    names = {column.name for column in columns}
    diagnostics = list(_unknown_mappings(source, names, fields, shape))
    targets = {column.name: _target(column.name, source) for column in columns}
    key_name, key, of_key = find_key(columns, source)
    diagnostics += of_key
    properties: list[MappedColumn] = []
    ignored: list[str] = []
    for column in columns:
        if key is column:
            continue
        field = fields.get(targets[column.name])
        is_named = column.name in source.columns
        if field is None or not (is_named or _is_sendable(field)):
            if not is_named:
                ignored.append(column.name)
                diagnostics.append(_ignored(column.name, fields, shape))
        elif not is_named and speaks_of_a_secret(column.name):
            ignored.append(column.name)
            diagnostics.append(_secret(column.name))
        elif _is_sendable(field):
            mapping = source.columns.get(column.name)
            named = None if mapping is None else mapping.shape
            properties.append(MappedColumn(column=column, field=field, shape=named))
    diagnostics += _used_twice(properties)
    diagnostics += _types_differ(properties, shapes)
    diagnostics += _missing(properties, source)
    if key is None or any(diagnostic.is_error for diagnostic in diagnostics):
        return None, diagnostics
    ordered = sorted(properties, key=lambda mapped: (mapped.field.custom, mapped.field.name))
    diagnostics += _remarks(ordered, shape, schema)
    mapped = Mapped(
        key_name=key_name, key=key, properties=tuple(ordered), ignored=tuple(ignored), shapes=shapes
    )
    return mapped, diagnostics


def target_names(record: TableRecord, schema: Schema) -> tuple[str, ...]:
    """The names that a column of such a table may be mapped to."""
    fields = _fields(_shapes(record, schema), record)
    return (*KEYS[record], *_sendable_names(fields))


def _shapes(record: TableRecord, schema: Schema) -> Mapping[str, RecordShape]:
    if record == "contact":
        return {"": contact_shape(schema)}
    if record == "company":
        return {"": company_shape(schema)}
    return {name: event_shape(event) for name, event in schema.events.items() if event.status != "archived"}


def _fields(shapes: Mapping[str, RecordShape], record: TableRecord) -> dict[str, PayloadField]:
    """The fields of the records by name; one that stands at the top of a record goes before one within it, whose
    name is also that of its place: `custom_attributes.plan`."""
    tops = [*shapes.values(), *([event_shape(Event(name=""))] if record == "event" else [])]
    nested = {
        name: field for shape in reversed(list(shapes.values())) for name, field in shape.nested.items()
    }
    placed = {f"{tops[-1].nested_key}.{name}": field for name, field in nested.items()}
    return placed | nested | {name: field for shape in tops for name, field in shape.fields.items()}


def _sendable_names(fields: Mapping[str, PayloadField]) -> list[str]:
    """The names, without those of places, of what may be written."""
    return [name for name, field in fields.items() if name == field.name and _is_sendable(field)]


def _types_differ(
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


def _is_sendable(field: PayloadField) -> bool:
    return field.refusal is None and field.name != "id"


def _target(name: str, source: TableSource) -> str:
    """The name of the field or key that a column is of."""
    mapping = source.columns.get(name)
    return name if mapping is None else mapping.attribute


def find_key(
    columns: Sequence[SourceColumn], source: TableSource
) -> tuple[str, SourceColumn | None, list[Diagnostic]]:
    """The key of a table, the column that has it, None where there is none, and what is wrong with it."""
    keys = KEYS[source.record] if source.key is None else (source.key,)
    for key in keys:
        for column in columns:
            target = _target(column.name, source)
            if key in (target, _KEY_ALIASES.get(target) if source.record == "event" else None):
                return key, column, _unfit_key(column, key)
    wanted = brief_list(keys, "or")
    names = [column.name for column in columns]
    near = did_you_mean(keys[0], names)
    example = shown_name(next(iter(names), "COLUMN"))
    hint = f"name the column that is: `--map {example}={keys[0]}`, or `map:` of the source"
    diagnostic = codes.NO_KEY_COLUMN.at(
        None,
        f"`{shown_name(source.name)}` has no column {wanted}",
        hint=hint if near is None else f"{near} {hint}",
    )
    return keys[0], None, [diagnostic]


def _unfit_key(column: SourceColumn, key: str) -> list[Diagnostic]:
    if column.kind in _KEY_KINDS:
        return []
    message = f"the column `{shown_name(column.name)}` holds neither texts nor whole numbers, as `{key}` does"
    return [codes.NO_KEY_COLUMN.at(None, message, hint="write it as text in the table's query")]


def _unknown_mappings(
    source: TableSource, names: set[str], fields: Mapping[str, PayloadField], shape: RecordShape
) -> Iterator[Diagnostic]:
    keys = (*KEYS[source.record], *(_KEY_ALIASES if source.record == "event" else ()))
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
            hint=did_you_mean(target, _sendable_names(fields))
            or "declare it, or map the column to an attribute of the specs",
        )
    elif not _is_sendable(field):
        reason, hint = _refusal(field, shape)
        yield codes.NOT_WRITABLE.at(
            None,
            f"the column `{shown_name(column)}` is mapped to `{shown}`, and {reason}",
            hint=hint or "map it to an attribute that may be written, or leave it out of the table",
        )


def _refusal(field: PayloadField, shape: RecordShape) -> tuple[str, str | None]:
    """Why a field may not be sent, and what to do."""
    for fault in field_faults(field, shape, None):
        return fault.message, fault.hint
    return f"`{field.name}` is the name that Intercom itself gave the record", None


def _remarks(properties: Sequence[MappedColumn], shape: RecordShape, schema: Schema) -> Iterator[Diagnostic]:
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


def _ignored(name: str, fields: Mapping[str, PayloadField], shape: RecordShape) -> Diagnostic:
    field = fields.get(name)
    shown = shown_name(name)
    if field is not None:
        reason, hint = _refusal(field, shape)
        return codes.IGNORED_COLUMN.at(None, f"the column `{shown}` is not sent: {reason}", hint=hint)
    sendable = _sendable_names(fields)
    near = by_folded_name(sendable).get(fold_name(name)) or nearest_name(name, sendable)
    meant = None
    if near is not None:
        meant = f"did you mean `{shown_name(near)}`? `--map {shown}={shown_name(near)}` says so"
    return codes.IGNORED_COLUMN.at(
        None, f"the column `{shown}` is not sent: it is no attribute of the specs", hint=meant
    )


def _secret(name: str) -> Diagnostic:
    shown = shown_name(name)
    return codes.SECRET_COLUMN.at(
        None,
        f"the column `{shown}` is not sent: it is called like a secret",
        hint=f"where it is none, name it: `--map {shown}={shown}`",
    )


def _used_twice(properties: Sequence[MappedColumn]) -> Iterator[Diagnostic]:
    counts = Counter(mapped.field.name for mapped in properties)
    for name, count in counts.items():
        if count > 1:
            of_field = [shown_name(mapped.column.name) for mapped in properties if mapped.field.name == name]
            yield codes.SAME_ATTRIBUTE.at(
                None,
                f"the columns {brief_list(of_field)} are both mapped to `{shown_name(name)}`",
                hint="map one of them to another attribute, or leave it out of the table",
            )


def _missing(properties: Sequence[MappedColumn], source: TableSource) -> Iterator[Diagnostic]:
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
