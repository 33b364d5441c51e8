"""Entries put into spec files: where they belong, with everything else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from intercom_iac.diagnostics import EditRefused
from intercom_iac.text import SourceFile
from intercom_iac.yaml.editing.writing import LaidOut
from intercom_iac.yaml.edits import Change, Edits, Insertion, apply_edits, edit_together, open_document
from intercom_iac.yaml.nodes import Document, Mapping, Node, Path
from intercom_iac.yaml.shapes import SPEC_VERSION

from .entries import Entry
from .layout import lay_out, lay_out_between_brackets
from .order import place_in_format, position_among


def new_spec_file(entries: Iterable[Entry], header: str = "") -> str:
    """The text of a spec file that holds these entries. `header` is what stands above them: lines of comments."""
    return add_entries(SourceFile("", f"{header}version: {SPEC_VERSION}\n"), entries)


def add_entries(file: SourceFile, entries: Iterable[Entry]) -> str:
    """The text of a spec file with these entries added to it, each at the end of its section.

    A section that the file does not have is made where `fmt` would put it. Formatting the result changes nothing
    where it changed nothing before. The file is read once, however many there are. Raises `ValueError` for an entry
    that stands there already; `EditRefused` and `InvalidSpecs` as `insert_keys` and `open_document` do, and for data
    that no spec file can hold.
    """
    text = file.text
    sections = _by_section(entries)
    document = open_document(file)
    try:
        return apply_edits(text, _insertions(document, sections))
    except EditRefused:
        # One section after the other, where the first that is refused tells why.
        for of_section in sections:
            document = open_document(SourceFile(file.path, text))
            text = apply_edits(text, _insertions(document, [of_section]))
        return text


def _by_section(entries: Iterable[Entry]) -> list[Sequence[Entry]]:
    sections: dict[Path, list[Entry]] = {}
    for entry in entries:
        sections.setdefault(entry.section, []).append(entry)
    return [
        sections[path]
        for path in sorted(
            sections,
            key=lambda path: [place_in_format(path[:depth], str(step)) for depth, step in enumerate(path)],
        )
    ]


def _insertions(document: Document, sections: Iterable[Sequence[Entry]]) -> Edits:
    """The edits that put entries into their sections, and make as much of these as the file lacks."""
    missing: dict[tuple[Path, int | None], dict[str, Any]] = {}
    if "version" not in document.root.entries:
        missing[(), 0] = {"version": SPEC_VERSION}
    for entries in sections:
        section = entries[0].section
        depth, parent = _deepest(document, section)
        laid_out: dict[str, Any] = dict(
            zip((entry.name for entry in entries), _lay_out(entries, parent), strict=True)
        )
        position = None
        if depth < len(section):
            position = position_among(parent, section[:depth], str(section[depth]))
        into = missing.setdefault((section[:depth], position), {})
        for step in section[depth:]:
            into = into.setdefault(str(step), {})
        into |= laid_out
    changes: list[Change] = [Insertion(path, new, position) for (path, position), new in missing.items()]
    return edit_together(document, changes)


def _deepest(document: Document, section: Path) -> tuple[int, Node | None]:
    """How far down a file has a section, and what stands there."""
    node: Node | None = document.root
    for depth, step in enumerate(section):
        if not isinstance(node, Mapping) or step not in node.entries:
            return depth, node
        node = node.entries[str(step)][2]
    return len(section), node


def _lay_out(entries: Sequence[Entry], parent: Node | None) -> list[LaidOut]:
    """Between brackets where the parent stands between brackets, which may be empty ones of a block."""
    if isinstance(parent, Mapping) and parent.flow:
        return list(map(lay_out_between_brackets, entries))
    return lay_out(entries)
