"""The functions of events: each takes the metadata of one, and gives what `events.send` takes."""

from __future__ import annotations

from intercom_iac.model import MetadataKey

from .contents import PythonEvent
from .fields import PythonField
from .source_text import docstring, string_literal


def event_lines(event: PythonEvent) -> list[str]:
    """`def feature_first_used(*, feature_name: str) -> Event`, what is required first."""
    deprecated = event.event.status == "deprecated"
    ordered = sorted(event.fields, key=lambda field: not field.field.required)
    parameters = [
        f"    {field.identifier}: "
        + (f"{field.type}," if field.field.required else f"{field.optional_type} = UNSET,")
        for field in ordered
    ]
    return [
        *(
            [f"@deprecated({string_literal(f'the event `{event.event.name}` is deprecated')})"]
            if deprecated
            else []
        ),
        *(
            [f"def {event.identifier}(", "    *,", *parameters, ") -> Event:"]
            if event.fields
            else [f"def {event.identifier}() -> Event:"]
        ),
        *docstring(_paragraphs(event), "    "),
        *_body_lines(event),
    ]


def _body_lines(event: PythonEvent) -> list[str]:
    if not event.fields:
        return [f"    return event({string_literal(event.event.name)})"]
    return [
        "    return event(",
        f"        {string_literal(event.event.name)},",
        *(line for field in event.fields for line in _key_lines(field)),
        "    )",
    ]


def _key_lines(field: PythonField) -> list[str]:
    return [
        "        metadata(",
        *(f"            {argument}," for argument in [field.identifier, *field.key_arguments]),
        "        ),",
    ]


def _paragraphs(event: PythonEvent) -> list[str]:
    declared = event.event
    facts = [
        "" if declared.owner is None else f"Owner: {declared.owner}.",
        "" if declared.source_name is None else f"In the tracking plan: {declared.source_name}.",
        "" if event.identifier == declared.name else f"In Intercom: {declared.name}.",
        *(_key_text(key) for key in declared.metadata),
    ]
    return [declared.description or f"The event {declared.name}.", *(text for text in facts if text)]


def _key_text(key: MetadataKey) -> str:
    source = "" if key.source_name is None else f" (in the tracking plan: {key.source_name})"
    return f"`{key.name}`: {key.description}{source}" if key.description or source else ""
