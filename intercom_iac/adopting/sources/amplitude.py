"""Amplitude's CSV files: events with the properties below them, and user properties.

A row with an object type is an event or a group of properties; rows with none are properties of the one above.
Columns are found by their names, in any order and any case: exports of different years and look-backs differ in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import ModelName, Status

from .contents import Content
from .readings import (
    Reading,
    SourceEvent,
    SourceField,
    attribute_reading,
    event_reading,
    join_readings,
    unmapped,
)
from .tables import Row, Table, listed_values
from .value_schemas import Subject, read_field, text_of

_PROPERTY_NAME = ("event property name", "property name", "user property name", "group property name")
_VALUE_TYPE = ("property value type", "property type value", "value type")
_VOLUME = lazy_pattern(r".*\bvolume\b.*")
_GONE = {
    "deleted": "Amplitude has it as deleted",
    "blocked": "Amplitude has it as blocked",
    "remove": "its action is `Remove`",
}
_MODELS: dict[str, ModelName] = {"user property": "contact", "group property": "company", "": "contact"}
_OF_PEOPLE = frozenset({"user property", "group property"})
_READ = frozenset(
    {
        *(
            "action",
            "object type",
            "object name",
            "object description",
            "event schema status",
            "property type",
        ),
        *("property description", "property schema status", "property required", "property is array"),
        *("enum values", "const value", "property regex", "number is integer", "property group names"),
        *_PROPERTY_NAME,
        *_VALUE_TYPE,
    }
)
_LIMITS = {
    "string property value min length": "minLength",
    "string property value max length": "maxLength",
    "number property value min": "minimum",
    "number property value max": "maximum",
}


def is_amplitude(table: Table | None) -> bool:
    """Whether a table has the columns of Amplitude's events, or of its user properties."""
    if table is None:
        return False
    columns = table.columns.keys()
    events = {"object type", "object name"} <= columns
    return events or (
        {"property type"} <= columns and bool(columns & {*_PROPERTY_NAME}) and bool(columns & {*_VALUE_TYPE})
    )


def read_amplitude(content: Content) -> Reading:
    """Events and user properties: an export has one of them, a file that a person joins may have both."""
    table = content.table
    if table is None:
        raise Misuse(
            f"`{content.path}` is no table", hint="export the events or user properties of Amplitude as CSV"
        )
    if table.cut is not None:
        raise Misuse(
            f"`{content.path}:{table.cut}` ends before its columns do",
            hint="the file is cut: export it again",
        )
    has_events = "object type" in table.columns
    people = [
        row for row in table.rows if not has_events or row.get("property type").casefold() in _OF_PEOPLE
    ]
    others = [
        row for row in table.rows if has_events and row.get("property type").casefold() not in _OF_PEOPLE
    ]
    return join_readings(
        [_read_events(table, others), _read_properties(table, people), *_unused_columns(table)]
    )


# --- events -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A row with an object type, and the rows of properties below it; the head is None for rows above any."""

    head: Row | None
    below: tuple[Row, ...]

    @property
    def kind(self) -> str:
        return self.head.get("object type").casefold() if self.head else ""

    @property
    def name(self) -> str:
        return self.head.get("object name") if self.head else ""


def _read_events(table: Table, rows: Iterable[Row]) -> Reading:
    blocks = list(_blocks(rows))
    groups = {block.name: block for block in blocks if block.kind == "property group"}
    volume = _volume_column(table)
    return join_readings(_read_block(table, block, groups, volume) for block in blocks)


def _blocks(rows: Iterable[Row]) -> Iterator[_Block]:
    head: Row | None = None
    below: list[Row] = []
    for row in rows:
        if row.get("object type"):
            if head is not None or below:
                yield _Block(head, tuple(below))
            head, below = row, [row] if row.get(*_PROPERTY_NAME) or row.get("property group names") else []
        else:
            below.append(row)
    if head is not None or below:
        yield _Block(head, tuple(below))


def _volume_column(table: Table) -> str | None:
    """The column with how often something was seen, whatever the number of days in its name; of events, theirs."""
    columns = [name for name in table.columns if _VOLUME.fullmatch(name)]
    others = [name for name in columns if not name.startswith("property")]
    return next(iter(columns if "object type" not in table.columns else others), None)


def _read_block(table: Table, block: _Block, groups: Mapping[str, _Block], volume: str | None) -> Reading:
    head = block.head
    if head is None:
        place = table.place(block.below[0])
        return unmapped(
            f"{len(block.below)} properties above the first event", "they belong to no event", place
        )
    place = table.place(head)
    if block.kind == "property group":
        return Reading()
    if block.kind != "event":
        what = f"{head.get('object type')} `{block.name}`"
        return unmapped(what, "Amplitude computes it; only events are sent", place)
    if not block.name:
        return unmapped("an event without a name", "an event has a name", place)
    status = head.get("event schema status").casefold()
    gone = _GONE.get(status) or _GONE.get(head.get("action").casefold())
    if gone is not None:
        return unmapped(f"event `{block.name}`", gone, place)
    event = SourceEvent(
        name=block.name,
        place=place,
        description=text_of(head.get("object description")),
        status=_status(status),
        volume=_number(head.get(volume)) if volume else None,
    )
    readings = [_read_member(table, row, event.name) for row in _members(block, groups)]
    fields = [field for reading in readings for field in reading[0]]
    said = replace(event.with_fields(fields), remarks=tuple(_remarks(event, head, table, volume)))
    missing = _missing_groups(table, block, groups)
    return event_reading(said, [*(rest for _, rest in readings), *missing])


def _members(block: _Block, groups: Mapping[str, _Block]) -> Iterator[Row]:
    """The rows of an event's properties, and of those that come with a group of properties."""
    for row in block.below:
        names = _group_names(row)
        for name in names:
            if name in groups:
                yield from groups[name].below
        if not names:
            yield row


def _missing_groups(table: Table, block: _Block, groups: Mapping[str, _Block]) -> Iterator[Reading]:
    for row in block.below:
        for name in _group_names(row):
            if name not in groups:
                what = f"property group `{name}` of event `{block.name}`"
                yield unmapped(what, "it is not in the file", table.place(row))


def _group_names(row: Row) -> list[str]:
    """The groups of properties that a row adds to an event; none of any other row."""
    if row.get("property type").casefold() != "event property group":
        return []
    return [name.strip() for name in row.get("property group names").split(",") if name.strip()]


def _remarks(event: SourceEvent, head: Row, table: Table, volume: str | None) -> Iterator[str]:
    yield from _disuse_remarks(table, head, volume, event.volume)
    if head.get("event schema status").casefold() == "unexpected":
        yield "Amplitude sees it, and no plan has it"


def _disuse_remarks(table: Table, row: Row, volume: str | None, seen: int | None) -> Iterator[str]:
    """That something was not seen, and when it was last."""
    if volume is not None and seen == 0:
        written = table.header[table.columns[volume][0]]
        last = row.get("event last seen", "property last seen", "last seen")
        yield f"unused: `{written}` is 0" + (f", last seen {last}" if last else "")


def _status(word: str) -> Status:
    return "deprecated" if word == "deprecated" else "active"


def _number(text: str | None) -> int | None:
    """A whole number as exports write it: `1,234`, `1 234`, `1234.0`."""
    plain = re.sub(r"[,\s\u202f\u00a0']", "", text or "")
    match = re.fullmatch(r"(\d{1,18})(?:\.\d+)?", plain)
    return int(match[1]) if match else None


# --- properties ---------------------------------------------------------------------------------------------


def _read_member(table: Table, row: Row, event: str) -> tuple[list[SourceField], Reading]:
    """A property of an event: a field or none, and what is not mapped."""
    subject = Subject(row.get(*_PROPERTY_NAME), f"event `{event}`", table.place(row))
    return _read_row(row, subject)


def _read_properties(table: Table, rows: Iterable[Row]) -> Reading:
    """User properties, and those of groups."""
    volume = _volume_column(table)
    return join_readings(_read_property(table, row, volume) for row in rows)


def _read_property(table: Table, row: Row, volume: str | None) -> Reading:
    kind = row.get("property type").casefold()
    name = row.get(*_PROPERTY_NAME).removeprefix("gp:")
    subject = Subject(
        name,
        "user properties" if _MODELS.get(kind, "contact") == "contact" else "group properties",
        table.place(row),
    )
    if kind not in _MODELS:
        return unmapped(
            f"{row.get('property type')} `{name}`",
            "Amplitude computes it; only properties are sent",
            subject.place,
        )
    fields, rest = _read_row(row, subject)
    seen = _number(row.get(volume)) if volume else None
    remarks = tuple(_disuse_remarks(table, row, volume, seen))
    seen_fields = [replace(field, volume=seen, remarks=remarks) for field in fields]
    return attribute_reading(_MODELS[kind], name, seen_fields, rest, volume=seen)


def _read_row(row: Row, subject: Subject) -> tuple[list[SourceField], Reading]:
    if not subject.name:
        return [], unmapped(f"a property of {subject.of}", "it has no name", subject.place)
    status = row.get("property schema status").casefold()
    gone = _GONE.get(status) or _GONE.get(row.get("action").casefold())
    if gone is not None:
        return [], unmapped(str(subject), gone, subject.place)
    schema = {**_schema(row), "deprecated": status == "deprecated"}
    read = read_field(subject, schema, required=row.get("property required").casefold() == "true")
    nested = (str(subject),) if read.nested else ()
    return [read.field] if read.field is not None else [], Reading(not_mapped=read.not_mapped, nested=nested)


def _schema(row: Row) -> dict[str, Any]:
    """The JSON Schema that the columns of a property say."""
    type_ = row.get(*_VALUE_TYPE).casefold()
    schema: dict[str, Any] = {"description": row.get("property description")}
    if row.get("property is array").casefold() == "true" or "array" in type_ or "list" in type_:
        return {**schema, "type": "array"}
    if type_ in ("number", "numerical") and row.get("number is integer").casefold() == "true":
        type_ = "integer"
    values = listed_values(row.get("enum values"))
    constant = row.get("const value")
    if type_ == "enum" or (values and type_ in ("string", "")):
        schema |= {"type": "string", **({"enum": values} if values else {})}
    elif type_ == "const":
        schema |= {"type": "string", "enum": [constant]} if constant else {"type": "string"}
    elif type_ not in ("any", ""):
        schema["type"] = type_
    if pattern := row.get("property regex"):
        schema["pattern"] = pattern
    return schema | {keyword: row.get(column) for column, keyword in _LIMITS.items() if row.get(column)}


def _unused_columns(table: Table) -> Iterator[Reading]:
    """The columns that say something and that specs have no key for, once for the file."""
    unused = [
        f"`{table.header[positions[0]]}`"
        for name, positions in table.columns.items()
        if name
        and name not in _READ
        and name not in _LIMITS
        and not _VOLUME.fullmatch(name)
        and any(row.get(name) for row in table.rows)
    ]
    if unused:
        yield unmapped(f"the columns {', '.join(unused)}", "specs have no key for them", f"{table.path}:1")
