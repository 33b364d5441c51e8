"""The violations of a record: by a name, by a key that is missing, by what stands where an object belongs."""

from __future__ import annotations

from typing import Any

from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model import Event
from intercom_iac.model.payload import NameFault, PayloadField
from intercom_iac.text import printable

from .violation import Violation


def name_violation(number: int, fault: NameFault, path: str) -> Violation:
    return Violation(
        record=number,
        path=path,
        code=fault.code,
        message=fault.message,
        hint=fault.hint,
        declared=fault.declared,
        attribute=fault.attribute,
    )


def missing_key(
    number: int, field: PayloadField, path: str, subject: str | None, event: Event | None
) -> Violation:
    declared = field.declared.span if field.declared is not None else None
    return Violation(
        record=number,
        path=path,
        code=codes.MISSING,
        message=f"the event has no `{printable(field.name)}`, which is required",
        declared=declared or (event.span if event is not None else None),
        attribute=subject,
    )


def no_object(number: int, value: Any, path: str, event: Event | None) -> Violation:
    code = codes.NULL if value is None else codes.LIST if isinstance(value, list) else codes.WRONG_TYPE
    return Violation(
        record=number,
        path=path,
        code=code,
        message=f"`{path}` takes an object, not {kind_in_words(value)}",
        declared=event.span if event is not None else None,
    )


def kind_in_words(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
