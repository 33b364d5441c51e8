"""Names of the specs that would be one name in Python."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Attribute

from ..names import SpecName, name_collisions
from .contents import Contents, PythonEvent
from .fields import PythonField
from .identifiers import python_identifier


def identifier_collisions(contents: Contents) -> list[Diagnostic]:
    """An error for each, which names both."""
    return [
        diagnostic
        for names, within in _namespaces(contents)
        for diagnostic in name_collisions(names, python_identifier, within)
    ]


def _namespaces(contents: Contents) -> Iterator[tuple[list[SpecName], str]]:
    """The names that have to differ from each other, and where they stand together."""
    for fields, title in ((contents.contact, "ContactAttributes"), (contents.company, "CompanyAttributes")):
        yield [_attribute_name(field) for field in fields], f"in `{title}`"
    yield [_event_name(event) for event in contents.events], "among the functions of events"
    for event in contents.events:
        yield (
            [_key_name(field, event) for field in event.fields],
            f"among the arguments of `{event.identifier}`",
        )


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
