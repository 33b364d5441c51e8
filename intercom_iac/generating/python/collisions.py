"""Names of the specs that would be one name in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Attribute

from ..names import SpecName, name_collisions
from .contents import Contents, PythonEvent
from .fields import PythonField


def identifier_collisions(contents: Contents) -> list[Diagnostic]:
    """An error for each, which names both."""
    return [
        *_field_collisions(contents.contact, _attribute_name, "in `ContactAttributes`"),
        *_field_collisions(contents.company, _attribute_name, "in `CompanyAttributes`"),
        *(
            diagnostic
            for event in contents.events
            for diagnostic in _field_collisions(
                event.fields, partial(_key_name, event), f"among the arguments of `{event.identifier}`"
            )
        ),
        *name_collisions(
            ((event.identifier, event) for event in contents.events),
            _event_name,
            "among the functions of events",
        ),
    ]


def _field_collisions(
    fields: Iterable[PythonField], describe: Callable[[PythonField], SpecName], within: str
) -> list[Diagnostic]:
    return name_collisions(((field.identifier, field) for field in fields), describe, within)


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


def _key_name(event: PythonEvent, field: PythonField) -> SpecName:
    declared = field.field.declared
    return SpecName(
        name=field.field.name,
        subject=f"the metadata key `{field.field.name}`",
        address=event.event.address,
        span=None if declared is None else declared.span,
    )
