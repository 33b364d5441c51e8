"""Entries put into spec files: where they belong, with everything else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from intercom_iac.text import SourceFile
from intercom_iac.yaml.edits import Edits, apply_edits, insert_keys, open_document
from intercom_iac.yaml.nodes import Document, Mapping, Path
from intercom_iac.yaml.shapes import SPEC_VERSION, keys_of
from intercom_iac.yaml.validation import type_at

from ..load.entries import SpecFile
from .entries import Entry
from .layout import lay_out


def new_spec_file(entries: Iterable[Entry], header: str = "") -> str:
    """The text of a spec file that holds these entries. `header` is what stands above them: lines of comments."""
    return add_entries(SourceFile("", f"{header}version: {SPEC_VERSION}\n"), entries)


def add_entries(file: SourceFile, entries: Iterable[Entry]) -> str:
    """The text of a spec file with these entries added to it, each at the end of its section.

    A section that the file does not have is made where `fmt` would put it. Formatting the result changes nothing
    where it changed nothing before. Raises `ValueError` for an entry that stands there already; `EditRefused` and
    `InvalidSpecs` as `insert_keys` and `open_document` do, and for data that no spec file can hold.
    """
    text = file.text
    document = open_document(file)
    if "version" not in document.root.entries:
        text = apply_edits(text, insert_keys(document, (), {"version": SPEC_VERSION}, 0))
    for section, of_section in _by_section(entries):
        document = open_document(SourceFile(file.path, text))
        laid_out: dict[str, Any] = {entry.name: lay_out(entry) if entry.data else {} for entry in of_section}
        text = apply_edits(text, _insertion(document, section, laid_out))
    return text


def _by_section(entries: Iterable[Entry]) -> Iterable[tuple[Path, Sequence[Entry]]]:
    sections: dict[Path, list[Entry]] = {}
    for entry in entries:
        sections.setdefault(entry.section, []).append(entry)
    return sections.items()


def _insertion(document: Document, section: Path, entries: dict[str, Any]) -> Edits:
    """The edits that put entries into a section, and make as much of it as the file lacks."""
    for depth, step in enumerate(section):
        parent = document.node(section[:depth])
        if isinstance(parent, Mapping) and step in parent.entries:
            continue
        missing: dict[str, Any] = entries
        for key in reversed(section[depth:]):
            missing = {str(key): missing}
        position = _position(parent, section[:depth], str(step))
        return insert_keys(document, section[:depth], missing, position)
    return insert_keys(document, section, entries)


def _position(parent: Any, path: Path, key: str) -> int:
    """Where a key belongs among those of a mapping: behind the last one that the format has before it."""
    order = list(keys_of(type_at(SpecFile, path)))
    before = set(order[: order.index(key)])
    present = list(parent.entries) if isinstance(parent, Mapping) else []
    return max((index + 1 for index, other in enumerate(present) if other in before), default=0)
