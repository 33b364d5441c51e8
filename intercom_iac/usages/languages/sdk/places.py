"""Mentions that were read from a file's stand-in, put back to their places in the file itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intercom_iac.text import SourceFile, Span

from ...mentions import Mention, NamedAttribute, NamedEvent, SentEvent, SentRecord
from ...values import Choice, Computed, Constant, Entry, Handle, Items, Moment, Record, Unknown, Value

# A letter of every language's names that nobody writes: it stands for what a template puts in.
PLACEHOLDER = "\u0298"


def in_file(source: SourceFile, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The same mentions at the same characters of another text. Text in which a placeholder stands is not known."""
    return tuple(_mention(source, mention) for mention in mentions)


def spans_in_file(source: SourceFile, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters of another text."""
    return tuple(_span(source, span) for span in spans)


def _mention(source: SourceFile, mention: Mention) -> Mention:
    match mention:
        case SentRecord():
            return replace(mention, value=_value(source, mention.value))
        case SentEvent():
            return replace(
                mention,
                name=_value(source, mention.name),
                metadata=_optional(source, mention.metadata),
                created_at=_optional(source, mention.created_at),
            )
        case NamedAttribute():
            return replace(mention, name=_value(source, mention.name), value=_optional(source, mention.value))
        case NamedEvent():
            return replace(mention, name=_value(source, mention.name))


def _optional(source: SourceFile, value: Value | None) -> Value | None:
    return None if value is None else _value(source, value)


def _value(source: SourceFile, value: Value) -> Value:
    span = _span(source, value.span)
    match value:
        case Constant():
            if isinstance(value.value, str) and PLACEHOLDER in value.value:
                return Computed(span, "text")
            return Constant(span, value.value)
        case Record():
            entries = (
                Entry(_value(source, entry.key), _value(source, entry.value)) for entry in value.entries
            )
            return Record(span, tuple(entries), spans_in_file(source, value.rest))
        case Items():
            return Items(span, tuple(_value(source, item) for item in value.values))
        case Choice():
            return Choice(span, tuple(_value(source, option) for option in value.alternatives))
        case Moment() | Computed() | Handle() | Unknown():
            return replace(value, span=span)


def _span(source: SourceFile, span: Span) -> Span:
    return Span(source, span.start, span.end)
