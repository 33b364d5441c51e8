"""What the package has of a schema: the fields of its records, and its events, each with its name in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Event, ModelName, Schema
from intercom_iac.model.payload import (
    PayloadField,
    RecordShape,
    company_shape,
    contact_shape,
    metadata_fields,
)

from .fields import PythonField, python_fields
from .identifiers import MODULE_NAMES, pascal_name, python_identifier

# The contact or company that is meant is an argument of the call, and no value of its.
_IDENTIFIERS: Mapping[ModelName, frozenset[str]] = {
    "contact": frozenset({"id", "external_id"}),
    "company": frozenset({"id", "company_id"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonEvent:
    """An event, the name of its function, and its metadata."""

    identifier: str
    event: Event
    fields: tuple[PythonField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """`successors` is, by model and name of an attribute, the name of the one that takes its place."""

    contact: tuple[PythonField, ...]
    company: tuple[PythonField, ...]
    events: tuple[PythonEvent, ...]
    successors: Mapping[tuple[ModelName, str], str]

    @property
    def fields(self) -> Iterator[PythonField]:
        yield from self.contact
        yield from self.company
        for event in self.events:
            yield from event.fields


def package_contents(schema: Schema, spell_key: Callable[[str], str]) -> Contents:
    """All that is not archived, in the order of its names; metadata in that of the specs.

    `spell_key` gives the name in Python of an attribute or a metadata key.
    """
    events = sorted(
        (event for event in schema.events.values() if event.status != "archived"),
        key=lambda event: event.name,
    )
    names = [python_identifier(event.name) for event in events]
    contact, company, *metadata = python_fields(
        [
            ("Contact", None, _sent_fields(contact_shape(schema), "contact")),
            ("Company", None, _sent_fields(company_shape(schema), "company")),
            *(
                (pascal_name(name), event.address, metadata_fields(event).values())
                for name, event in zip(names, events, strict=True)
            ),
        ],
        taken=[*MODULE_NAMES, *names],
        spell=spell_key,
    )
    return Contents(
        contact=tuple(contact),
        company=tuple(company),
        events=tuple(
            PythonEvent(identifier=name, event=event, fields=tuple(fields))
            for name, event, fields in zip(names, events, metadata, strict=True)
        ),
        successors={old: attribute.name for old, attribute in schema.successors().items()},
    )


def _sent_fields(shape: RecordShape, model: ModelName) -> list[PayloadField]:
    """What may be sent of a record, Intercom's own keys first."""
    own = (field for name, field in shape.fields.items() if name not in _IDENTIFIERS[model])
    declared = sorted(shape.nested.values(), key=lambda field: field.name)
    return [field for field in (*own, *declared) if field.refusal is None]
