"""What is wrong with a value that code writes: constants as records have them, and what is known of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import DataType
from intercom_iac.model.payload import PayloadField, describe_fault, value_fault
from intercom_iac.model.payload.descriptions import expected_value
from intercom_iac.text import Span, printable

from ..values import Choice, Computed, Constant, Handle, Items, Moment, MomentForm, Record, Unknown, Value

_LONGEST: Final = 40
# What stands for a value that is not known, where the object around it is looked at: nothing is wrong with it.
_RIGHT: Final = {"url": "https://example.com", "value": "", "amount": 1, "currency": "eur"}
_FORMS: Final[dict[MomentForm, str]] = {
    "seconds": "a number of seconds",
    "milliseconds": "a number of milliseconds",
    "microseconds": "a number of microseconds",
    "nanoseconds": "a number of nanoseconds",
    "text": "a date as text",
    "object": "a date object",
}
_IN_WORDS: Final = ("text", "object")
_DIVISORS: Final[dict[MomentForm, int]] = {
    "milliseconds": 10**3,
    "microseconds": 10**6,
    "nanoseconds": 10**9,
}
_DATE_OBJECT: Final = "pass a date object, whose seconds the generated code sends"
_COMPUTED: Final = {
    "text": "text",
    "number": "a number",
    "integer": "a number",
    "boolean": "`true` or `false`",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFault:
    """What is wrong with a value at a place of the code, and what to do."""

    span: Span
    code: Code
    message: str
    hint: str | None


def value_faults(field: PayloadField, value: Value, *, generated: bool = False) -> Iterator[ValueFault]:
    """All that is wrong with a value that is sent for a field, of each that it may be. `generated` code takes date
    objects and sends their seconds."""
    if isinstance(value, Choice):
        for alternative in value.alternatives:
            yield from value_faults(field, alternative, generated=generated)
    elif isinstance(value, Moment):
        yield from _moment_faults(field, value, generated)
    elif isinstance(value, Computed):
        yield from _computed_faults(field, value)
    elif not isinstance(value, Handle | Unknown):
        json_value = _json_value(value)
        fault = value_fault(field, json_value)
        if fault is not None:
            text = describe_fault(field, fault, json_value)
            hint = _DATE_OBJECT if generated and field.type is DataType.DATE else text.hint
            yield ValueFault(span=value.span, code=text.code, message=text.message, hint=hint)


def _json_value(value: Constant | Items | Record) -> Any:
    """A value as JSON has it, so far as the judge of values looks at it."""
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Items):
        return [None] * len(value.values)
    entries = {
        entry.key.value: entry.value.value
        if isinstance(entry.value, Constant)
        else _RIGHT.get(str(entry.key.value))
        for entry in value.entries
        if isinstance(entry.key, Constant)
    }
    if value.rest and entries.keys() <= _RIGHT.keys():
        # What is put in that is not written here may be what is missing.
        pair = ("amount", "currency") if "amount" in entries or "currency" in entries else ("url", "value")
        entries = {key: _RIGHT[key] for key in pair} | entries
    return entries


def _moment_faults(field: PayloadField, moment: Moment, generated: bool) -> Iterator[ValueFault]:
    """A date takes seconds alone. Text takes a date in words, a number those that are numbers."""
    code, hint = codes.WRONG_TYPE, None
    if field.type is DataType.DATE:
        if moment.form == "seconds" or (generated and moment.form == "object"):
            return
        if moment.form in _DIVISORS:
            yield ValueFault(
                span=moment.span,
                code=codes.MILLISECONDS if moment.form == "milliseconds" else codes.OUT_OF_CALENDAR,
                message=f"`{printable(field.name)}` takes a date in Unix seconds, and {_snippet(moment.span)} counts "
                f"{moment.form}",
                hint=_DATE_OBJECT
                if generated
                else f"divide it by {_DIVISORS[moment.form]} and round it down",
            )
            return
        code, hint = codes.DATE_AS_TEXT, _DATE_OBJECT if generated else "send whole Unix seconds"
    elif field.type is not DataType.BOOLEAN and (moment.form in _IN_WORDS) == field.type.is_text:
        return
    message = f"{_takes(field)}, and {_snippet(moment.span)} is {_FORMS[moment.form]}"
    yield ValueFault(span=moment.span, code=code, message=message, hint=hint)


def _computed_faults(field: PayloadField, value: Computed) -> Iterator[ValueFault]:
    fits = {
        "text": field.type.is_text,
        "boolean": field.type is DataType.BOOLEAN,
        # Whether a number is whole, or of seconds, is not known.
        "number": field.type.is_number or field.type is DataType.DATE,
        "integer": field.type.is_number or field.type is DataType.DATE,
    }
    if not fits[value.type]:
        message = f"{_takes(field)}, and {_snippet(value.span)} is {_COMPUTED[value.type]}"
        yield ValueFault(span=value.span, code=codes.WRONG_TYPE, message=message, hint=None)


def _takes(field: PayloadField) -> str:
    return f"`{printable(field.name)}` takes {expected_value(field)}"


def _snippet(span: Span) -> str:
    return f"`{shown_code(span)}`"


def shown_code(span: Span) -> str:
    """A piece of code as a message repeats it: on one line, and not all of what is long."""
    text = " ".join(span.file.text[span.start : min(span.end, span.start + 4 * _LONGEST)].split())
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…").replace("`", "'")
