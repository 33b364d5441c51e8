"""Names of the specs that would be one name in Python."""

from __future__ import annotations

from collections.abc import Callable

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Attribute

from ..names import SpecName, name_collisions
from .contents import Contents, PythonEvent
from .fields import PythonField
from .identifiers import python_identifier


def identifier_collisions(contents: Contents, spell_key: Callable[[str], str]) -> list[Diagnostic]:
    """An error for each, which names both."""
    keys = [
        ([_attribute_name(field) for field in contents.contact], "in `ContactAttributes`"),
        ([_attribute_name(field) for field in contents.company], "in `CompanyAttributes`"),
        *(
            (
                [_key_name(field, event) for field in event.fields],
                f"among the arguments of `{event.identifier}`",
            )
            for event in contents.events
        ),
    ]
    events = [_event_name(event) for event in contents.events]
    return [
        *(diagnostic for names, within in keys for diagnostic in name_collisions(names, spell_key, within)),
        *name_collisions(events, python_identifier, "among the functions of events"),
    ]


def _attribute_name(field: PythonField) -> SpecName:
    name, declared = field.field.name, field.field.declared
    if not isinstance(declared, Attribute):
        return SpecName(name=name, subject=f"Intercom's own `{name}` of a {field.field.owner}")
    return SpecName(
        name=name, subject=f"the attribute `{name}`", address=declared.address, span=declared.span
    )


def _event_name(event: PythonEvent) -> SpecName:
    return SpecName(
        name=event.event.name,
        subject=f"the event `{event.event.name}`",
        address=event.event.address,
        span=event.event.span,
    )


def _key_name(field: PythonField, event: PythonEvent) -> SpecName:
    declared = field.field.declared
    return SpecName(
        name=field.field.name,
        subject=f"the metadata key `{field.field.name}`",
        address=event.event.address,
        span=None if declared is None else declared.span,
    )
