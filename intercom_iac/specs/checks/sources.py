"""Columns of the project's sources that are mapped to attributes which the specs do not have, or nobody may send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync_settings as codes
from intercom_iac.model import Schema
from intercom_iac.project import MappedColumn, ProjectSettings
from intercom_iac.text import nearest_name, suggestion
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Document, Path

if TYPE_CHECKING:
    from intercom_iac.model.payload import PayloadField

# A table of events may call their person as other tables do.
_PERSON = "external_id"


def check_source_maps(document: Document, settings: ProjectSettings, schema: Schema) -> Iterator[Diagnostic]:
    """`document` is the project file, in which the columns stand."""
    fields_of: dict[str, Mapping[str, PayloadField]] = {}
    for name, source in settings.sources.items():
        if not source.map:
            continue
        fields = fields_of.setdefault(source.of, _fields(schema, source.of))
        for column, mapped in source.map.items():
            path: Path = ("sources", name, "map", column)
            if isinstance(mapped, MappedColumn):
                path = (*path, "attribute")
            attribute = mapped.attribute if isinstance(mapped, MappedColumn) else mapped
            yield from _check_attribute(document, path, column, attribute, source.of, fields)


def _check_attribute(
    document: Document,
    path: Path,
    column: str,
    attribute: str,
    records: str,
    fields: Mapping[str, PayloadField],
) -> Iterator[Diagnostic]:
    field = fields.get(attribute)
    if field is not None:
        if field.refusal is not None:
            reason = "is archived" if field.refusal == "archived" else "is set by Intercom alone"
            yield codes.MAPPED_ATTRIBUTE.at(
                document.span(path),
                f"the column `{column}` is mapped to `{attribute}`, which {reason}",
                hint="map it to an attribute that may be sent, or leave the column out",
            )
        return
    if records == "events" and attribute == _PERSON:
        return
    near = nearest_name(attribute, fields)
    where = (
        "its event's `metadata`" if records == "events" else f"`attributes` of the {_record_name(records)}"
    )
    yield codes.MAPPED_ATTRIBUTE.at(
        document.span(path),
        f"the column `{column}` is mapped to `{attribute}`, which {records} do not have",
        hint=suggestion(attribute, near) or f"declare it under {where}",
        fix=near_word(document.span(path), attribute, fields),
    )


def _record_name(records: str) -> str:
    return "company" if records == "companies" else "contact"


def _fields(schema: Schema, records: str) -> dict[str, PayloadField]:
    # Few projects map columns: the others are checked without it.
    from intercom_iac.model.payload import company_shape, contact_shape, event_shape

    if records == "events":
        shapes = [event_shape(event) for event in schema.events.values()]
    else:
        shapes = [contact_shape(schema) if records == "contacts" else company_shape(schema)]
    fields: dict[str, PayloadField] = {}
    for shape in shapes:
        fields |= {**shape.nested, **shape.fields}
    return fields
