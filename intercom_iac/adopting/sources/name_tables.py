"""A CSV file of names that a person writes: a row for each attribute, event or key of an event's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from intercom_iac.diagnostics import Misuse
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
from .tables import Row, Table
from .value_schemas import Subject, read_field, text_of

_MODELS: dict[str, ModelName] = {
    **dict.fromkeys(
        ("contact", "contacts", "user", "users", "person", "people", "lead", "customer"), "contact"
    ),
    **dict.fromkeys(("company", "companies", "account", "accounts", "organization", "group"), "company"),
}
_READ = frozenset({"name", "model", "type", "description", "options", "event", "required", "status"})
_DEFAULT_MODEL = "no model is named: written for contacts, the likeliest"


def is_name_table(table: Table | None) -> bool:
    """Whether a table has names."""
    return table is not None and "name" in table.columns


def read_name_table(content: Content) -> Reading:
    """What the rows say."""
    table = content.table
    if table is None or "name" not in table.columns:
        raise Misuse(
            f"`{content.path}` is no table of names",
            hint="its header is `name,model,type,description,options`",
        )
    events: dict[str, SourceEvent] = {}
    members: dict[str, list[SourceField]] = {}
    said: dict[str, list[Reading]] = {}
    readings: list[Reading] = []
    for row in table.rows:
        event = row.get("event")
        if event:
            fields, rest = _read_row(row, Subject(row.get("name"), f"event `{event}`", table.place(row)))
            events.setdefault(event, SourceEvent(name=event, place=table.place(row)))
            members.setdefault(event, []).extend(fields)
            said.setdefault(event, []).append(rest)
        elif row.get("model").casefold() in ("event", "events"):
            readings += _read_event(table, row, events)
        else:
            readings.append(_read_attribute(table, row))
    named = [
        event_reading(event.with_fields(members.get(event.name, ())), said.get(event.name, ()))
        for event in events.values()
    ]
    return join_readings([*named, *readings, *_unused_columns(table)])


def _read_event(table: Table, row: Row, events: dict[str, SourceEvent]) -> Sequence[Reading]:
    """Notes an event among those of the file."""
    name = row.get("name")
    if not name:
        return [unmapped("an event without a name", "an event has a name", table.place(row))]
    place = events[name].place if name in events else table.place(row)
    described = SourceEvent(
        name=name, place=place, description=text_of(row.get("description")), status=_status(row)
    )
    events[name] = described
    return []


def _read_attribute(table: Table, row: Row) -> Reading:
    place, word = table.place(row), row.get("model").casefold()
    name = row.get("name")
    if not name:
        return unmapped("a row without a name", "an attribute has a name", place)
    if word and word not in _MODELS:
        return unmapped(
            f"`{name}` of model `{row.get('model')}`", "models are `contact`, `company` and `event`", place
        )
    fields, rest = _read_row(row, Subject(name, f"{_MODELS.get(word, 'contact')} attributes", place))
    if not word:
        fields = [replace(field, guess=field.guess or _DEFAULT_MODEL) for field in fields]
        rest = join_readings([rest, unmapped(f"the model of `{name}`", _DEFAULT_MODEL, place)])
    with_status = [replace(field, status=_status(row)) for field in fields]
    return attribute_reading(_MODELS.get(word, "contact"), name, with_status, rest)


def _read_row(row: Row, subject: Subject) -> tuple[list[SourceField], Reading]:
    if not subject.name:
        return [], unmapped(f"a property of {subject.of}", "it has no name", subject.place)
    read = read_field(
        subject, _schema(row), required=row.get("required").casefold() in ("true", "yes", "1", "x")
    )
    nested = (str(subject),) if read.nested else ()
    return [read.field] if read.field is not None else [], Reading(not_mapped=read.not_mapped, nested=nested)


def _schema(row: Row) -> dict[str, Any]:
    options = _options(row.get("options"))
    type_ = row.get("type").casefold()
    if type_ in ("options", "enum", "list", "select", "dropdown") or (options and not type_):
        type_ = "string"
    schema: dict[str, Any] = {"description": row.get("description"), **({"type": type_} if type_ else {})}
    return {**schema, "enum": options} if options else schema


def _options(text: str) -> list[str]:
    """Options with `|`, `;`, a line break or a comma between them, the first of these that stands there."""
    delimiter = next((sign for sign in ("|", "\n", ";", ",") if sign in text), ",")
    inside = re.sub(r"^\[(.*)\]$", r"\1", text.strip(), flags=re.DOTALL)
    return [option.strip().strip("\"'") for option in inside.split(delimiter) if option.strip()]


def _status(row: Row) -> Status:
    match row.get("status").casefold():
        case "deprecated":
            return "deprecated"
        case "archived":
            return "archived"
        case _:
            return "active"


def _unused_columns(table: Table) -> Iterator[Reading]:
    unused = [
        f"`{table.header[positions[0]]}`"
        for name, positions in table.columns.items()
        if name and name not in _READ and any(row.get(name) for row in table.rows)
    ]
    if unused:
        yield unmapped(f"the columns {', '.join(unused)}", "specs have no key for them", f"{table.path}:1")
