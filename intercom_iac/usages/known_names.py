"""The names that code may use, and what is wrong with one that is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model import Event, Schema
from intercom_iac.model.address import MODELS, ModelName
from intercom_iac.model.payload import PayloadField, RecordShape
from intercom_iac.text import did_you_mean, printable

_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFault:
    """What is wrong with a name, and what to do."""

    code: Code
    message: str
    hint: str | None


def squashed(name: str) -> str:
    """A name without case and separators: `plan_type`, `planType` and `Plan-Type` are one."""
    return _SEPARATORS.sub("", name.lower())


def by_squashed_name(names: Iterable[str]) -> Mapping[str, str]:
    """The names by what is left of them without case and separators; of several alike the first."""
    return {squashed(name): name for name in reversed(list(names))}


def unknown_attribute(
    name: str, model: ModelName | None, known: Iterable[PayloadField], schema: Schema
) -> NameFault:
    """Of an attribute that is not declared; `model` None is either."""
    plurals = {"contact": "contacts", "company": "companies"}
    for other in MODELS:
        if model is not None and other != model and (other, name) in schema.attributes:
            return NameFault(
                code=codes.UNKNOWN_ATTRIBUTE,
                message=f"the attribute `{_shown(name)}` is not declared for {plurals[model]}",
                hint=f"it is declared for {plurals[other]}",
            )
    where = "" if model is None else f" for {plurals[model]}"
    return NameFault(
        code=codes.UNKNOWN_ATTRIBUTE,
        message=f"the attribute `{_shown(name)}` is not declared{where}",
        hint=did_you_mean(name, [field.name for field in known if field.refusal is None]),
    )


def misplaced_key(name: str, shape: RecordShape, *, nested: bool) -> NameFault | None:
    """Of a key that stands at the top and belongs into `custom_attributes`, or the other way round."""
    if not nested and name in shape.nested:
        return NameFault(
            code=codes.MISPLACED,
            message=f"`{_shown(name)}` is a custom attribute and stands in `{shape.nested_key}`, not at the top",
            hint=f"send it as `{shape.nested_key}.{_shown(name)}`",
        )
    if nested and name in shape.fields:
        return NameFault(
            code=codes.MISPLACED,
            message=f"`{_shown(name)}` is Intercom's own and stands beside `{shape.nested_key}`, not in it",
            hint="put it at the top of the record",
        )
    if shape.nested_key is None and name == "custom_attributes":
        return NameFault(
            code=codes.MISPLACED,
            message="the Messenger has no `custom_attributes`",
            hint="it takes custom attributes at the top, beside Intercom's own",
        )
    return None


def refused_attribute(field: PayloadField) -> NameFault | None:
    """Of an attribute that nobody may send, or should no longer."""
    name = printable(field.name)
    if field.refusal == "archived":
        return NameFault(code=codes.ARCHIVED, message=f"the attribute `{name}` is archived", hint=None)
    if field.refusal == "not messenger_writable":
        return NameFault(
            code=codes.NOT_MESSENGER_WRITABLE,
            message=f"the Messenger may not write `{name}`, and Intercom ignores it",
            hint="send it from the server, or set `messenger_writable: true`",
        )
    if field.refusal == "returned only":
        message = f"`{name}` is set by Intercom and cannot be written"
        return NameFault(code=codes.NOT_WRITABLE, message=message, hint=None)
    if field.status == "deprecated":
        return NameFault(code=codes.DEPRECATED, message=f"the attribute `{name}` is deprecated", hint=None)
    return None


def unknown_event(name: str, events: Mapping[str, Event], spellings: Mapping[str, str]) -> NameFault:
    """Of an event that is not declared by this name. `spellings` are the declared names by their squashed ones."""
    spelled = spellings.get(squashed(name))
    if spelled is not None and squashed(name):
        return NameFault(
            code=codes.EVENT_SPELLING,
            message=f"the event `{_shown(name)}` is declared as `{printable(spelled)}`",
            hint=f"send `{printable(spelled)}`",
        )
    return NameFault(
        code=codes.UNKNOWN_EVENT,
        message=f"the event `{_shown(name)}` is not declared",
        hint=did_you_mean(name, [event.name for event in events.values() if event.status == "active"]),
    )


def stale_event(event: Event) -> NameFault | None:
    """Of an event that is no longer to be sent."""
    if event.status == "active":
        return None
    code = codes.ARCHIVED if event.status == "archived" else codes.DEPRECATED
    return NameFault(code=code, message=f"the event `{printable(event.name)}` is {event.status}", hint=None)


def unknown_metadata(name: str, event: Event) -> NameFault:
    """Of a metadata key that the event does not declare."""
    return NameFault(
        code=codes.UNKNOWN_METADATA,
        message=f"the event `{printable(event.name)}` declares no metadata key `{_shown(name)}`",
        hint=did_you_mean(name, event.keys),
    )


def _shown(name: str) -> str:
    return printable(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")
