"""The exact judge of one record: every mistake in it, each with its place, slowly. What is fast is held to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, tzinfo
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model import Attribute, DataType, Event, Schema, day_start
from intercom_iac.model.days import add_days
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.model.payload import (
    Fault,
    FaultText,
    NameFault,
    PayloadField,
    PayloadKind,
    RecordShape,
    describe_fault,
    field_faults,
    key_address,
    shown_name,
    shown_value,
    unknown_key,
    utc_text,
    value_fault,
)
from intercom_iac.text import printable
from intercom_iac.text.lists import brief_list

from .api_answers import answer_violation, answered_keys
from .shapes import RecordShapes, kind_of, reads_as_date
from .violation import Violation
from .violations import kind_in_words, missing_key, name_violation, no_object

_REMEMBERED = 4_096
"""For so many keys that no shape has, it is remembered what is said of them: such a key is in every record."""
# Of these types a value that has no fault gives nothing to remark either, as a number may.
_UNREMARKABLE = frozenset({str, bool, type(None)})


class RecordJudge:
    """Judges records against the specs of one workspace. `today` and `zone` say what lies in the future."""

    def __init__(self, schema: Schema, *, today: date, zone: tzinfo = UTC) -> None:
        self.shapes = RecordShapes(schema)
        self.future = day_start(add_days(today, 1), zone)
        """The first second of tomorrow."""
        self._schema = schema
        self._successors = schema.successors()
        self._key_faults: dict[tuple[int, str, bool], NameFault] = {}
        self._option_faults: dict[tuple[int, str], FaultText] = {}
        self._event = lru_cache(_REMEMBERED)(self._find_event)

    def violations(self, number: int, record: Any, kind: PayloadKind | None = None) -> list[Violation]:
        """All that is wrong with a record, which is JSON as Python decodes it; without `kind` it says what it is."""
        if not isinstance(record, dict):
            message = f"the record is {kind_in_words(record)}, not an object"
            return [Violation(record=number, path="", code=codes.NOT_AN_OBJECT, message=message)]
        fields = cast("dict[str, Any]", record)
        known = kind or kind_of(fields)
        if known is None:
            message = "the record does not say what it is"
            hint = "give `--kind`, or a `type`: `contact`, `company`, `event` or `boot`"
            return [Violation(record=number, path="", code=codes.NO_KIND, message=message, hint=hint)]
        if known == "event":
            return list(self._judge_event(number, fields))
        shape = {"contact": self.shapes.contact, "company": self.shapes.company, "boot": self.shapes.boot}[
            known
        ]
        answered = answered_keys(fields, shape)
        if not answered:
            return list(self._judge_object(number, fields, shape, ""))
        sent = {key: value for key, value in fields.items() if key not in answered}
        return [answer_violation(number, answered, shape), *self._judge_object(number, sent, shape, "")]

    def _judge_event(self, number: int, record: dict[str, Any]) -> Iterator[Violation]:
        name = record.get("event_name")
        shape = self.shapes.undeclared
        if isinstance(name, str):
            # A hostile name may be a million characters long, which nobody needs to remember.
            shape, fault = (self._event if len(name) <= _REMEMBERED else self._find_event)(name)
            if fault is not None:
                yield name_violation(number, fault, "event_name")
            if shape.event is not None and shape.event.status == "archived":
                return
        yield from self._judge_object(number, record, shape, "")

    def _find_event(self, name: str) -> tuple[RecordShape, NameFault | None]:
        """The shape of an event's record, and what is wrong with the name."""
        return self.shapes.event(name), self.shapes.event_names.fault(name)

    def _judge_object(
        self, number: int, record: dict[str, Any], shape: RecordShape, place: str
    ) -> Iterator[Violation]:
        """What is wrong with a record, or with an object within one; `place` is the path before its keys."""
        yield from self._judge_keys(number, record, shape, place)
        event = _declared_event(shape)
        for field in shape.fields.values():
            if field.required and field.name not in record:
                yield missing_key(number, field, f"{place}{field.name}", _subject(event), event)
        if shape.nested_key is not None and shape.nested_key not in record:
            yield from self._missing_nested(number, {}, shape, f"{place}{shape.nested_key}")
        # The Messenger also takes visitors, of whom nothing is known, and updates of the person it knows.
        if shape.kind != "boot" and all(record.get(key) in (None, "") for key in shape.identifiers):
            yield Violation(
                record=number,
                path=place.removesuffix("."),
                code=codes.NO_IDENTIFIER,
                message=f"the {shape.kind} has none of {brief_list(shape.identifiers)}"
                if len(shape.identifiers) > 1
                else f"the {shape.kind} has no {brief_list(shape.identifiers)}",
                hint="Intercom cannot know whom the record is about",
                attribute=_subject(event),
            )

    def _judge_keys(
        self, number: int, record: dict[str, Any], shape: RecordShape, place: str
    ) -> Iterator[Violation]:
        for key, value in record.items():
            if (field := shape.fields.get(key)) is not None:
                yield from self._judge_value(number, value, field, place, shape, nested=False)
            elif key == shape.nested_key:
                yield from self._judge_nested(number, value, shape, f"{place}{key}")
            elif key in shape.objects:
                yield from self._judge_inner(number, value, shape.objects[key], f"{place}{key}")
            elif key in shape.lists:
                yield from self._judge_list(number, value, shape.lists[key], f"{place}{key}")
            elif key not in shape.settings:
                path = f"{place}{shown_name(key)}"
                yield self._key_violation(number, shape, key, path, nested=False)
                if key == "custom_attributes" and shape.nested_key is None and isinstance(value, dict):
                    yield from self._judge_keys(number, cast("dict[str, Any]", value), shape, f"{path}.")

    def _judge_nested(self, number: int, value: Any, shape: RecordShape, path: str) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield no_object(number, value, path, _declared_event(shape))
            return
        values = cast("dict[str, Any]", value)
        event = _declared_event(shape)
        if shape.kind == "event" and len(values) > MAX_METADATA_KEYS:
            ignored = [shown_name(key) for key in islice(values, MAX_METADATA_KEYS, None)]
            yield Violation(
                record=number,
                path=path,
                code=codes.TOO_MANY_KEYS,
                message=f"the event has {len(values)} metadata keys; Intercom keeps the first {MAX_METADATA_KEYS}",
                hint=f"it ignores {brief_list(ignored)}",
                declared=event.span if event is not None else None,
                attribute=_subject(event),
            )
        if shape is self.shapes.undeclared:
            return
        for key, item in values.items():
            if (field := shape.nested.get(key)) is not None:
                yield from self._judge_value(number, item, field, f"{path}.", shape, nested=True)
            else:
                yield self._key_violation(number, shape, key, f"{path}.{shown_name(key)}", nested=True)
        yield from self._missing_nested(number, values, shape, path)

    def _missing_nested(
        self, number: int, values: Mapping[str, Any], shape: RecordShape, path: str
    ) -> Iterator[Violation]:
        for field in shape.nested.values():
            if field.required and field.name not in values:
                subject = key_address(shape, field.name, nested=True)
                yield missing_key(number, field, f"{path}.{shown_name(field.name)}", subject, shape.event)

    def _judge_inner(self, number: int, value: Any, shape: RecordShape, path: str) -> Iterator[Violation]:
        if isinstance(value, dict):
            yield from self._judge_object(number, cast("dict[str, Any]", value), shape, f"{path}.")
        else:
            yield no_object(number, value, path, None)

    def _judge_list(self, number: int, value: Any, shape: RecordShape, path: str) -> Iterator[Violation]:
        if not isinstance(value, list):
            code = codes.NULL if value is None else codes.WRONG_TYPE
            message = f"`{path}` takes a list, not {kind_in_words(value)}"
            yield Violation(record=number, path=path, code=code, message=message)
            return
        for at, item in enumerate(cast("list[Any]", value)):
            yield from self._judge_inner(number, item, shape, f"{path}[{at}]")

    def _judge_value(
        self, number: int, value: Any, field: PayloadField, place: str, shape: RecordShape, *, nested: bool
    ) -> Sequence[Violation]:
        """What is wrong with the value of a field; `place` is the path before its key."""
        if (
            field.refusal is None
            and field.status == "active"
            and value_fault(field, value) is None
            and (type(value) in _UNREMARKABLE or not self._is_remarkable(field, value))
        ):
            return ()
        return [
            Violation(
                record=number,
                path=f"{place}{shown_name(field.name)}",
                code=code,
                message=message,
                hint=hint,
                declared=field.declared.span if field.declared is not None else None,
                attribute=key_address(shape, field.name, nested=nested),
            )
            for code, message, hint in self._value_findings(value, field, shape)
        ]

    def _value_findings(
        self, value: Any, field: PayloadField, shape: RecordShape
    ) -> Iterator[tuple[Code, str, str | None]]:
        """A code, a message and a hint of each."""
        if field.refusal is not None or field.status != "active":
            for name_fault in field_faults(field, shape, self._successor(field)):
                yield name_fault.code, name_fault.message, name_fault.hint
        # Sent from a server, as it should be, the value would be as wrong.
        if field.refusal not in (None, "not messenger_writable"):
            return
        fault = value_fault(field, value)
        if fault is not None:
            text = self._describe(field, fault, value)
            yield text.code, text.message, text.hint
        elif self._is_remarkable(field, value):
            if reads_as_date(field):
                name = printable(field.name)
                message = (
                    f"Intercom reads numbers under `{name}` as dates, and it is declared as `{field.type}`"
                )
                yield codes.DATE_KEY, message, "declare it as `date`, or give it another name"
            else:
                message = f"`{field.name}` is {shown_value(field, value)}, a time in the future"
                yield codes.IN_FUTURE, message, f"it is {utc_text(value)}"

    def _is_remarkable(self, field: PayloadField, value: Any) -> bool:
        """Whether there is something to say of a value without a fault."""
        if type(value) in _UNREMARKABLE or not isinstance(value, int | float):
            return False
        if field.custom:
            return reads_as_date(field)
        return field.type is DataType.DATE and value >= self.future

    def _successor(self, field: PayloadField) -> Attribute | None:
        return None if field.owner == "event" else self._successors.get((field.owner, field.name))

    def _describe(self, field: PayloadField, fault: Fault, value: Any) -> FaultText:
        """What is said of a fault: of an option that does not exist, which is in many records, once."""
        if fault is not Fault.NOT_AN_OPTION:
            return describe_fault(field, fault, value)
        remembered = (id(field), value)
        text = self._option_faults.get(remembered)
        if text is None:
            text = describe_fault(field, fault, value)
            if len(self._option_faults) < _REMEMBERED:
                self._option_faults[remembered] = text
        return text

    def _key_violation(
        self, number: int, shape: RecordShape, key: str, path: str, *, nested: bool
    ) -> Violation:
        # The same shape is the same object as long as the judge lives.
        remembered = (id(shape), key, nested)
        fault = self._key_faults.get(remembered)
        if fault is None:
            fault = unknown_key(shape, key, nested=nested, schema=self._schema)
            if len(self._key_faults) < _REMEMBERED and len(key) <= _REMEMBERED:
                self._key_faults[remembered] = fault
        return name_violation(number, fault, path)


def _subject(event: Event | None) -> str | None:
    return None if event is None else event.address


def _declared_event(shape: RecordShape) -> Event | None:
    return shape.event if shape.event is not None and shape.event.name else None
