"""Edits of keys and texts in a YAML file, written in the quotes that stand there, or that they need."""

from __future__ import annotations

from intercom_iac.diagnostics import Edit
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

from .excerpts import without_properties
from .nodes import Document, Mapping, Path, Scalar
from .scalars import resolve

# Where a text without quotes cannot begin, and what it cannot hold: between brackets at the most.
_FIRST = lazy_pattern(r"[-?:,\[\]{}#&*!|>'\"%@`\s]")
_NEVER = lazy_pattern(r"[,\[\]{}\n]|:(?:\s|$)|\s#|\s$")


def key_edit(document: Document, path: Path, name: str) -> Edit | None:
    """The key at the end of a path becomes another name; None where it cannot be written in place."""
    parent = document.node(path[:-1])
    if not isinstance(parent, Mapping) or path[-1] not in parent.entries:
        return None
    start, end, _ = parent.entries[str(path[-1])]
    return _edit(document.file, start, end, name)


def text_edit(document: Document, path: Path, text: str) -> Edit | None:
    """The text at a path becomes another one; None where it is a block of lines, or cannot be written in place."""
    node = document.node(path)
    if not isinstance(node, Scalar) or node.style in ("|", ">") or node.start == node.end:
        return None
    return _edit(document.file, node.start, node.end, text)


def raw_edit(document: Document, path: Path, written: str) -> Edit | None:
    """What stands at a path becomes what is `written` there; None where it is no text or number on one line."""
    node = document.node(path)
    if not isinstance(node, Scalar) or node.style in ("|", ">") or node.start == node.end:
        return None
    start = without_properties(document.file.text, node.start, node.end)
    return None if start != node.start else Edit(Span(document.file, node.start, node.end), written)


def word_edit(span: Span, written: str, text: str) -> Edit | None:
    """A word, with or without quotes, becomes another one; None where the span does not hold it so."""
    if span.text not in (written, f"'{written}'", f'"{written}"'):
        return None
    return _edit(span.file, span.start, span.end, text)


def quoted_text(text: str) -> str:
    """A text on one line in quotes, as a person would write it."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def stands_plain(text: str) -> bool:
    """Whether YAML takes a text without quotes, wherever it stands, for that text."""
    return bool(text) and not (_FIRST.match(text) or _NEVER.search(text)) and isinstance(resolve(text), str)


def part_edit(file: SourceFile, node: Scalar, edit: Edit) -> Edit | None:
    """An edit of a part of a text, such as a word of a rule, written as its quotes or its block ask for it.

    `edit` has the text as YAML reads it, at its place in the file: `Excerpt.span` gives that. None where the place is
    not within the node, where the text has several lines and would need quotes, and where it holds what has to be an
    escape. Whether the place holds the text itself, and not a variable, is for the caller to ask of
    `edit.span.text`.
    """
    start = without_properties(file.text, node.start, node.end)
    at, end = edit.span.start, edit.span.end
    if edit.span.file != file or not start <= at <= end <= node.end or not edit.text.isprintable():
        return None
    match node.style:
        case "|" | ">":
            return edit
        case "'":
            return Edit(edit.span, edit.text.replace("'", "''"))
        case '"':
            return Edit(edit.span, edit.text.replace("\\", "\\\\").replace('"', '\\"'))
        case _:
            written = f"{file.text[start:at]}{edit.text}{file.text[end : node.end]}"
            if stands_plain(" ".join(written.split())):
                return edit
            return Edit(Span(file, start, node.end), quoted_text(written)) if "\n" not in written else None


def _edit(file: SourceFile, start: int, end: int, text: str) -> Edit | None:
    written = file.text[start:end]
    if "\n" in written or "\n" in text or without_properties(file.text, start, end) != start:
        return None
    if written[:1] == "'":
        text = "'" + text.replace("'", "''") + "'"
    elif written[:1] == '"':
        text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif not stands_plain(text):
        text = quoted_text(text)
    return Edit(Span(file, start, end), text)
