"""The keys of objects in TypeScript, and the names that they are sent as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Event, Schema
from intercom_iac.model.address import ModelName, attribute_address
from intercom_iac.model.attribute import Attribute
from intercom_iac.model.payload import (
    PayloadField,
    RecordShape,
    boot_shape,
    company_shape,
    contact_shape,
    messenger_company_shape,
    metadata_fields,
)

from ..names import SpecName, camel_case, name_collisions
from .identifiers import event_identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of an object. `field` is what it holds; None for a setting of the Messenger, or a company."""

    key: str
    wire: str
    field: PayloadField | None = None
    regular: bool
    """Whether generated code finds the name that it is sent as without a word about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of everything that is sent: Intercom's own ones before those of the specs, each in order."""

    contact: Sequence[Key]
    settings: Sequence[Key]
    company: Sequence[Key]
    events: Sequence[tuple[Event, Sequence[Key]]]
    companies: tuple[Key, Key]
    """`company` and `companies`."""


# What the Messenger takes of its own.
_NOTHING = Schema()


def snake_case(key: str) -> str:
    """What generated code makes of a key in camel case: `planType` -> `plan_type`."""
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", key)


def schema_keys(schema: Schema, settings: Iterable[str], *, camel: bool) -> tuple[Keys, list[Diagnostic]]:
    """The keys, and an error for each two that would be one.

    `settings` are the names of the Messenger's settings. Archived attributes and events have no keys. What code
    sends and what it may not send are told apart by `PayloadField.refusal`.
    """
    spell = camel_case if camel else str

    def key_of(wire: str, field: PayloadField | None = None) -> Key:
        key = spell(wire)
        return Key(key=key, wire=wire, field=field, regular=wire == (snake_case(key) if camel else key))

    setting_keys = [key_of(name) for name in settings]
    company_keys = (key_of("company"), key_of("companies"))
    reserved = [key.wire for key in (*setting_keys, *company_keys)]
    diagnostics: list[Diagnostic] = []

    def model_keys(model: ModelName, own_shape: RecordShape, shape: RecordShape) -> list[Key]:
        own = [
            # A company that does not say which one it is changes nothing; people may be visitors.
            replace(field, required=model == "company" and field.name in own_shape.identifiers)
            for field in own_shape.fields.values()
        ]
        own_names = [*(field.name for field in own), *(reserved if model == "contact" else ())]
        taken = {*map(spell, own_names)}
        # An attribute that no browser may write leaves its name to Intercom's own.
        declared = [
            field
            for field in map(_by_messenger, sorted(shape.nested.values(), key=lambda field: field.name))
            if field.status != "archived" and not (field.refusal and spell(field.name) in taken)
        ]
        named_by = [
            *((spell(name), name) for name in own_names),
            *((spell(field.name), field) for field in declared),
        ]
        diagnostics.extend(name_collisions(named_by, partial(_attribute_name, model), "in the code"))
        return [key_of(field.name, field) for field in (*own, *declared)]

    def event_keys(event: Event) -> list[Key]:
        keys = [key_of(field.name, field) for field in metadata_fields(event).values()]
        diagnostics.extend(
            name_collisions(((key.key, key) for key in keys), partial(_metadata_name, event), "in the code")
        )
        return keys

    events = [
        event
        for event in sorted(schema.events.values(), key=lambda event: event.name)
        if event.status != "archived"
    ]
    keys = Keys(
        contact=model_keys("contact", boot_shape(_NOTHING), contact_shape(schema)),
        settings=setting_keys,
        company=model_keys("company", messenger_company_shape(_NOTHING), company_shape(schema)),
        events=[(event, event_keys(event)) for event in events],
        companies=company_keys,
    )
    handles = ((event_identifier(event.name), event) for event in events)
    diagnostics += name_collisions(handles, _event_name, "among the handles of events")
    return keys, diagnostics


def _by_messenger(field: PayloadField) -> PayloadField:
    """The same as a browser may send it."""
    writable = isinstance(field.declared, Attribute) and field.declared.messenger_writable
    return (
        field if writable or field.refusal is not None else replace(field, refusal="not messenger_writable")
    )


def _attribute_name(model: ModelName, named: PayloadField | str) -> SpecName:
    """Of an attribute of the specs, or of Intercom's own, which is a name alone."""
    if isinstance(named, str):
        return SpecName(name=named, subject=f"the Messenger's own `{named}`")
    return SpecName(
        name=named.name,
        subject=f"the {model} attribute `{named.name}`",
        address=attribute_address(model, named.name),
        span=None if named.declared is None else named.declared.span,
    )


def _event_name(event: Event) -> SpecName:
    return SpecName(
        name=event.name, subject=f"the event `{event.name}`", address=event.address, span=event.span
    )


def _metadata_name(event: Event, key: Key) -> SpecName:
    declared = None if key.field is None else key.field.declared
    return SpecName(
        name=key.wire,
        subject=f"the metadata key `{key.wire}` of the event `{event.name}`",
        address=event.address,
        span=None if declared is None else declared.span,
    )
