"""Tests of segments -> people in short form, their names and values held to what the specs declare."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.diagnostics.codes import contracts as codes
from intercom_iac.diagnostics.codes import ref
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Event, Field, ModelName, Schema
from intercom_iac.model.address import attribute_address, event_address, metadata_address
from intercom_iac.model.predicate import DayPoint
from intercom_iac.model.short_person import (
    SegmentTest,
    ShortCompany,
    ShortOccurrence,
    ShortPerson,
    ShortValue,
    Values,
)
from intercom_iac.text import NearNames, Span, brief_text, did_you_mean, nearest_name, remembered_for_newest
from intercom_iac.yaml.corrections import misspelt_key, near_word
from intercom_iac.yaml.nodes import Path
from intercom_iac.yaml.validation import bounded_names

from .declarations import Declaration
from .entries import OccurrenceEntry, SegmentEntry, SegmentTestEntry, TestedValue
from .short_days import FORMS, read_calendar_day, read_day

_KINDS = {
    DataType.STRING: "a text",
    DataType.OPTIONS: "one of its options",
    DataType.INTEGER: "a whole number",
    DataType.FLOAT: "a number",
    DataType.BOOLEAN: "true or false",
    DataType.DATE: "a day",
}

Read = TypeVar("Read")


def read_segment_tests(
    segments: Iterable[Declaration[SegmentEntry]], schema: Schema
) -> tuple[dict[str, tuple[SegmentTest, ...]], list[Diagnostic]]:
    """The tests of each segment that has some, by its key, and what is wrong with them.

    A test with a mistake is left out. Those of an archived segment are not read.
    """
    tests: dict[str, tuple[SegmentTest, ...]] = {}
    diagnostics: list[Diagnostic] = []
    for segment in segments:
        if segment.entry.status == "archived":
            continue
        read: list[SegmentTest] = []
        for index, entry in enumerate(segment.entry.tests or ()):
            test, mistakes = _Reader(segment, schema).test(entry, index)
            diagnostics += mistakes
            if not mistakes:
                read.append(test)
        if read:
            tests[segment.name] = tuple(read)
    return tests, diagnostics


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tests of one segment. Paths are those below its entry."""

    segment: Declaration[SegmentEntry]
    schema: Schema

    def test(self, entry: SegmentTestEntry, index: int) -> tuple[SegmentTest, list[Diagnostic]]:
        """The test, and what is wrong with it."""
        path = ("tests", index)
        today, mistakes = self._today(entry.today, (*path, "today"))
        contact, wrong = self._fields(entry.contact or {}, "contact", (*path, "contact"))
        mistakes += wrong
        companies: list[ShortCompany] = []
        for index, company in enumerate(entry.companies or ()):
            read_company, wrong = self._company(company, (*path, "companies", index))
            mistakes += wrong
            companies.append(read_company)
        events: list[ShortOccurrence] = []
        for index, occurrence in enumerate(entry.events or ()):
            read, wrong = self._occurrence(occurrence, (*path, "events", index))
            mistakes += wrong
            events.append(read)
        person = ShortPerson(contact, tuple(companies), tuple(events), tuple(entry.tags or ()))
        return SegmentTest(
            person,
            member=entry.member,
            today=today,
            name=entry.name,
            span=self.segment.value("tests", index, "member"),
            number=index + 1,
        ), mistakes

    def _today(self, text: str | None, path: Path) -> tuple[date | None, list[Diagnostic]]:
        today = None if text is None else read_calendar_day(text.strip())
        if text is None or today is not None:
            return today, []
        place = self.segment.value(*path)
        mistake = codes.TEST_VALUE.at(
            place, f"`today` is `{text}`, which is no day", hint="write a day such as `2026-03-14`"
        )
        return None, [mistake]

    def _company(
        self, entry: Mapping[str, TestedValue | list[str]], path: Path
    ) -> tuple[ShortCompany, list[Diagnostic]]:
        """The company; a list is that of its tags."""
        tags: list[str] = []
        values: dict[str, TestedValue] = {}
        mistakes: list[Diagnostic] = []
        for key, value in entry.items():
            is_tags = key == "tags" and self.schema.field("company", key) is None
            if is_tags and isinstance(value, list):
                tags = value
            elif is_tags or isinstance(value, list):
                mistakes.append(self._wrong_list(key, (*path, key)))
            else:
                values[key] = value
        fields, wrong = self._fields(values, "company", path)
        return ShortCompany(fields, tuple(tags)), mistakes + wrong

    def _occurrence(self, entry: OccurrenceEntry, path: Path) -> tuple[ShortOccurrence, list[Diagnostic]]:
        mistakes: list[Diagnostic] = []
        day: DayPoint | None = 0
        if entry.on is not None:
            day = read_day(entry.on)
            if day is None:
                place = self.segment.value(*path, "on")
                mistakes.append(
                    codes.TEST_VALUE.at(
                        place, f"`on` is `{entry.on}`, which is no day", hint=f"write {FORMS}"
                    )
                )
        event = self.schema.events.get(entry.event)
        metadata: Values = ()
        if event is None:
            mistakes.append(self._unknown_event(entry.event, (*path, "event")))
        else:
            if event.status == "archived":
                message = f"the event `{event.name}` is archived"
                place = self.segment.value(*path, "event")
                mistakes.append(ref.ARCHIVED.at(place, message, hint="no rule may read it"))
            metadata, wrong = self._fields(entry.metadata or {}, event, (*path, "metadata"))
            mistakes += wrong
        return ShortOccurrence(entry.event, day or 0, entry.count, metadata), mistakes

    def _fields(
        self, values: Mapping[str, TestedValue], owner: ModelName | Event, path: Path
    ) -> tuple[Values, list[Diagnostic]]:
        """The values of a contact, a company or an occurrence of an event."""
        read: list[tuple[Field, ShortValue]] = []
        mistakes: list[Diagnostic] = []
        for name, value in values.items():
            field = owner.field(name) if isinstance(owner, Event) else self.schema.field(owner, name)
            at = (*path, name)
            if field is None:
                mistakes.append(self._unknown_field(name, owner, at))
                continue
            if field.status == "archived":
                message = f"`{name}` is archived"
                mistakes.append(ref.ARCHIVED.at(self.segment.at(*at), message, hint="no rule may read it"))
                continue
            fitting, reason = _fit(field, value)
            if reason is not None:
                mistakes.append(self._wrong_value(field, value, reason, at))
            else:
                read.append((field, fitting))
        return tuple(read), mistakes

    # --- mistakes -------------------------------------------------------------------------------------------

    def _wrong_value(self, field: Field, value: TestedValue, reason: str, path: Path) -> Diagnostic:
        place = self.segment.value(*path)
        hint = _hint(field, value)
        fix: Fix | None = None
        if field.options and isinstance(value, str):
            fix = near_word(place, value, field.options)
            hint = did_you_mean(value, field.options) or f"its options are {bounded_names(field.options)}"
        return codes.TEST_VALUE.at(place, reason, hint=hint, fix=fix)

    def _wrong_list(self, key: str, path: Path) -> Diagnostic:
        place = self.segment.value(*path)
        if key == "tags":
            message = "`tags` of a company is no list of names"
            return codes.TEST_VALUE.at(place, message, hint="write them as `[vip, partner]`")
        return codes.TEST_VALUE.at(place, f"`{key}` is a list, where one value is expected", hint="keep one")

    def _unknown_field(self, name: str, owner: ModelName | Event, path: Path) -> Diagnostic:
        place = self.segment.at(*path)
        if isinstance(owner, Event):
            keys = NearNames(key.name for key in owner.metadata)
            none = f"its keys are {bounded_names([*keys])}" if keys else "it declares no metadata"
            return ref.UNKNOWN_KEY.at(
                place,
                f"event `{owner.name}` has no metadata key `{name}`",
                hint=did_you_mean(name, keys) or none,
                subject=metadata_address(owner.name, name),
                fix=self._near_key(path, keys),
            )
        subject = attribute_address(owner, name)
        if (elsewhere := self._other_workspaces_mistake(subject, name, place)) is not None:
            return elsewhere
        other: ModelName = "company" if owner == "contact" else "contact"
        if self.schema.field(other, name) is not None:
            where = "`companies`" if other == "company" else "`contact`"
            return ref.OTHER_MODEL.at(
                place, f"`{name}` is a {other} attribute", hint=f"write it under {where}", subject=subject
            )
        known = _near_names(self.schema)[owner]
        return ref.UNKNOWN_FIELD.at(
            place,
            f"no {owner} attribute `{name}` is declared",
            hint=did_you_mean(name, known) or f"declare it under `attributes.{owner}`",
            subject=subject,
            fix=self._near_key(path, known),
        )

    def _unknown_event(self, name: str, path: Path) -> Diagnostic:
        place = self.segment.value(*path)
        subject = event_address(name)
        if (elsewhere := self._other_workspaces_mistake(subject, name, place)) is not None:
            return elsewhere
        known = _near_names(self.schema)["event"]
        return ref.UNKNOWN_EVENT.at(
            place,
            f"no event `{name}` is declared",
            hint=did_you_mean(name, known) or "declare it under `events`",
            subject=subject,
            fix=near_word(place, name, known),
        )

    def _other_workspaces_mistake(self, address: str, name: str, place: Span) -> Diagnostic | None:
        others = self.schema.other_workspaces.get(address)
        if others is None:
            return None
        return ref.ELSEWHERE.at(
            place,
            f"`{name}` is for {bounded_names(others.workspaces)} only",
            hint="give the segment the same `only`, or leave it out of the test",
            subject=address,
        )

    def _near_key(self, path: Path, known: NearNames) -> Fix | None:
        name = str(path[-1])
        whole = (*self.segment.path, *path)
        fix = misspelt_key(self.segment.document, whole, known, nearest_name(name, known))
        # Which attribute is meant is the project's to say, as in a rule.
        return None if fix is None else replace(fix, applicability="unsafe")


@remembered_for_newest
def _near_names(schema: Schema) -> dict[str, NearNames]:
    """What a test may name, of each model, and the events."""
    return {
        "contact": NearNames(schema.field_names("contact")),
        "company": NearNames(schema.field_names("company")),
        "event": NearNames(schema.events),
    }


def _fit(field: Field, value: TestedValue) -> tuple[ShortValue, str | None]:
    """The value as one of the field, and why it is none."""
    if value is None:
        return None, None
    wrong = f"`{field.name}` is {_text(value)}, where {_KINDS[field.type]} is expected"
    match field.type:
        case DataType.DATE:
            day = read_day(value) if isinstance(value, str) else None
            return day, wrong if day is None else None
        case DataType.BOOLEAN:
            return value, None if isinstance(value, bool) else wrong
        case DataType.INTEGER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return value, None if whole else wrong
        case DataType.FLOAT:
            number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            return value, None if number else wrong
        case DataType.STRING:
            return value, None if isinstance(value, str) else wrong
        case DataType.OPTIONS:
            if isinstance(value, str) and value not in field.options:
                return value, f"`{field.name}` has no option `{value}`"
            return value, None if isinstance(value, str) else wrong


def _hint(field: Field, value: TestedValue) -> str:
    if field.type is DataType.DATE:
        return f"write {FORMS}"
    if field.type.is_text:
        return f'put it in quotes: "{_text(value).strip("`")}"'
    if field.type is DataType.BOOLEAN:
        return "write `true` or `false`, without quotes"
    return "write it in digits, without quotes"


def _text(value: TestedValue) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return f"`{brief_text(value)}`"
