"""Tests put into the entries of segments, with everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping as Entries
from collections.abc import Sequence as Items
from typing import Any

from intercom_iac.text import SourceFile
from intercom_iac.yaml.edits import Addition, Change, Insertion, apply_edits, edit_together, open_document
from intercom_iac.yaml.nodes import Document, Mapping, Path

from .order import position_among


def add_segment_tests(file: SourceFile, tests: Entries[str, Items[Entries[str, Any]]]) -> str:
    """The text of a spec file with these tests at the end of those of its segments, by key.

    Every other byte stays; but an entry between brackets on one line, `key: {rule: ...}`, comes to stand below its
    key, where tests have room. Raises `LookupError` for a segment that the file does not have, and `EditRefused` and
    `InvalidSpecs` as `update_entries` does.
    """
    text = file.text
    for key in tests:
        text = _with_entry_below_key(SourceFile(file.path, text), ("segments", key))
    document = open_document(SourceFile(file.path, text))
    changes = [_change(document, ("segments", key), items) for key, items in tests.items() if items]
    return apply_edits(text, edit_together(document, changes))


def _change(document: Document, path: Path, items: Items[Entries[str, Any]]) -> Change:
    entry = document.node(path)
    if entry is None:
        raise LookupError(f"nothing stands at {path!r}")
    if isinstance(entry, Mapping) and "tests" in entry.entries:
        return Addition((*path, "tests"), items)
    return Insertion(path, {"tests": list(items)}, position_among(entry, path, "tests"))


def _with_entry_below_key(file: SourceFile, path: Path) -> str:
    """The text with an entry between brackets laid out below its key; the text itself where it stands otherwise, on
    several lines, or before a comment."""
    document = open_document(file)
    section, entry = document.node(path[:-1]), document.node(path)
    if not isinstance(section, Mapping) or section.flow or not isinstance(entry, Mapping) or not entry.flow:
        return file.text
    text, end = file.text, file.text.find("\n", entry.end)
    line_end = len(text) if end == -1 else end
    key_start, key_end, _ = section.entries[str(path[-1])]
    written = text[entry.start : entry.end]
    between = text[key_end : entry.start].strip() != ":" or text[entry.end : line_end].strip() != ""
    if between or "\n" in written or not entry.entries:
        return text
    margin = " " * (key_start - text.rfind("\n", 0, key_start) - 1 + 2)
    lines = [
        f"{margin}{text[start:stop]}: {text[value.start : value.end]}"
        for start, stop, value in entry.entries.values()
    ]
    line_break = "\r\n" if text[:line_end].endswith("\r") else "\n"
    opened = f"{text[:key_end]}:{line_break}{line_break.join(lines)}{text[entry.end :]}"
    same = open_document(SourceFile(file.path, opened)).root.data == document.root.data
    return opened if same else text
