"""Contacts and companies as the API returned them: most of their keys are Intercom's, and one sentence says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, cast

from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model.payload import PayloadKind, RecordShape
from intercom_iac.text.lists import brief_list

from .violation import Violation

# Keys that are in every answer, and that nobody sends.
_MARKS: Mapping[PayloadKind, frozenset[str]] = MappingProxyType(
    {
        "contact": frozenset({"workspace_id", "created_at", "updated_at"}),
        "company": frozenset({"app_id", "created_at", "updated_at"}),
    }
)


def answered_keys(record: Mapping[str, Any], shape: RecordShape) -> Collection[str]:
    """The keys at the top of an API's answer that cannot be sent back; none where the record is no answer."""
    marks = _MARKS.get(shape.kind)
    if marks is None or not marks <= record.keys():
        return ()
    return dict.fromkeys(key for key, value in record.items() if _is_answered(shape, key, value))


def answer_violation(number: int, keys: Collection[str], shape: RecordShape) -> Violation:
    """That the record is an answer, whose `keys` nobody can send."""
    return Violation(
        record=number,
        path="",
        code=codes.NOT_WRITABLE,
        message=f"the {shape.kind} is one that the API returned, and Intercom sets {brief_list(keys)} itself",
        hint=f"send one of {brief_list(shape.identifiers, 'or')}, and the values that are to change",
    )


def _is_answered(shape: RecordShape, key: str, value: Any) -> bool:
    field = shape.fields.get(key)
    if field is None:
        return False
    # What is sent as a text may be returned as an object, which says what it is: the plan of a company.
    return field.refusal == "returned only" or (
        isinstance(value, dict) and "type" in cast("dict[str, Any]", value)
    )
