"""What code writes where a value stands, as far as it can be told without running it: the same for every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

# What a moment in time is handed over as: whole or broken Unix seconds, a number of smaller units, ISO text, or an
# object of the language's own (`new Date()`, `datetime.now()`), which no JSON has.
MomentForm = Literal["seconds", "milliseconds", "microseconds", "nanoseconds", "text", "object"]
ComputedType = Literal["text", "number", "integer", "boolean"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is written out: `"pro"`, `3`, `true`, `null`."""

    span: Span
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value. `key` is a `Constant` text, or anything else where the name is computed."""

    key: Value
    value: Value


@dataclass(frozen=True, slots=True)
class Record:
    """An object, dictionary, hash or map, or the named arguments of a call. `rest` are the places where more is put
    in that is not written here: `...settings`, `**data`."""

    span: Span
    entries: tuple[Entry, ...]
    rest: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    span: Span
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: `paid ? "pro" : "free"`, `plan || "free"`."""

    span: Span
    alternatives: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in time that is not known yet, in a known form: `Date.now()`."""

    span: Span
    form: MomentForm


@dataclass(frozen=True, slots=True)
class Computed:
    """A value of a known type, itself not known: `String(x)`, `a > b`."""

    span: Span
    type: ComputedType


@dataclass(frozen=True, slots=True)
class Handle:
    """What generated code has for an event, a function or an object, by its name there: `planChanged`."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An expression of which nothing is known."""

    span: Span


Value = Constant | Record | Items | Choice | Moment | Computed | Handle | Unknown


def event_text(name: Value) -> str | None:
    """An event's name as code has it, None where it is computed. A handle's may differ by case and separators."""
    if isinstance(name, Handle):
        return name.name
    return name.value if isinstance(name, Constant) and isinstance(name.value, str) else None


def entry_name(entry: Entry) -> str:
    """The key of an entry; nothing where it is computed."""
    return entry.key.value if isinstance(entry.key, Constant) and isinstance(entry.key.value, str) else ""


def entry_value(record: Record, name: str) -> Value | None:
    """The value of a key of a record, the last one that is written; None where there is none."""
    return next((entry.value for entry in reversed(record.entries) if entry_name(entry) == name), None)


def at_place(value: Value, span: Span) -> Value:
    """A value that a name stands for, at the place of the name. Records keep the places of their keys."""
    if isinstance(value, Record | Items):
        return value
    if isinstance(value, Choice):
        alternatives = tuple(at_place(alternative, span) for alternative in value.alternatives)
        return Choice(span, alternatives)
    return replace(value, span=span)


def alternatives_of(value: Value) -> Iterator[Value]:
    """What a value may be, one by one."""
    if isinstance(value, Choice):
        for alternative in value.alternatives:
            yield from alternatives_of(alternative)
    else:
        yield value


def items_of(value: Value) -> Iterator[Value]:
    """What the lists hold that a value may be; what is not known stands for itself."""
    for alternative in alternatives_of(value):
        if isinstance(alternative, Items):
            yield from alternative.values
        elif isinstance(alternative, Unknown):
            yield alternative
