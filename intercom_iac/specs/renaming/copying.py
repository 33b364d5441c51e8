"""The new entry of a rename: a copy of the old one, comments and layout included, right behind it."""

from __future__ import annotations

from collections.abc import Mapping as Entries
from typing import Any

from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.editing.edited_text import EditedText
from intercom_iac.yaml.editing.extents import Extent
from intercom_iac.yaml.editing.writing import key_text
from intercom_iac.yaml.edits import apply_edits, insert_keys, open_document
from intercom_iac.yaml.nodes import Document, Mapping, Path

from ..author.entries import Entry
from ..author.layout import lay_out, lay_out_between_brackets
from ..policy.silences import MARK


def copy_entry(file: SourceFile, path: Path, name: str) -> str:
    """The text of a spec file with an entry in it a second time, under another name, right behind the one at a path.

    In a block its lines are copied as they stand, with the silences above them; between brackets, and where a copy
    would say something else, its data is laid out anew. Raises as `open_document` and `insert_keys` do.
    """
    document = open_document(file)
    section = document.node(path[:-1])
    if not isinstance(section, Mapping):
        raise LookupError(f"nothing stands at {path!r}")
    data = section.data[str(path[-1])]
    wanted = _with_entry(section.data, str(path[-1]), name)
    if (
        not section.flow
        and (copied := _with_copied_lines(document, section, str(path[-1]), name)) is not None
    ):
        root, mistakes = build(SourceFile(file.path, copied))
        if not mistakes and isinstance(root, Mapping) and _data_at(root, path[:-1]) == list(wanted.items()):
            return copied
    position = list(section.entries).index(str(path[-1])) + 1
    copy = Entry((*path[:-1], name), data)
    value: Any = lay_out_between_brackets(copy) if section.flow else lay_out([copy])[0]
    return apply_edits(file.text, insert_keys(document, path[:-1], {name: value}, position))


def _with_entry(data: Entries[str, Any], old: str, new: str) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for key, value in data.items():
        entries[key] = value
        if key == old:
            entries[new] = value
    return entries


def _data_at(root: Mapping, path: Path) -> list[tuple[str, Any]]:
    data: Any = root.data
    for step in path:
        data = data[step]
    return list(data.items())


def _with_copied_lines(document: Document, section: Mapping, old: str, new: str) -> str | None:
    """The text with the entry's lines a second time; None where they are not its own."""
    source = EditedText(document)
    text = source.text
    index = list(section.entries).index(old)
    children = source.extents.children(section)
    extent = children[index]
    column = source.column(extent.start)
    start, end = source.line_start(extent.start), source.region_end(extent, column)
    shared = any(start <= anchor.start < end for anchor in source.extents.anchors)
    if text[start : extent.start].strip() or shared or extent.is_alias or not text.endswith("\n", 0, end):
        return None
    above = _silences_above(source, start)
    key = key_text(new, style=text[extent.start])
    blank = _line_end(text, end) if _stand_apart(source, children, index) else ""
    copy = f"{blank}{text[above : extent.start]}{key}{text[extent.key_end : end]}"
    return f"{text[:end]}{copy}{text[end:]}"


def _silences_above(source: EditedText, start: int) -> int:
    """Where the comments that silence begin, of those that stand right above a line."""
    above = at = start
    while at > 0:
        at = source.line_start(at - 1)
        line = source.text[at : source.line_behind(at)].strip()
        if not line.startswith("#") or MARK not in line:
            break
        above = at
    return above


def _stand_apart(source: EditedText, children: list[Extent], index: int) -> bool:
    """Whether empty lines stand between the entry and the one behind it, or the one before it where it is last."""
    if len(children) < 2:
        return False
    first = index if index + 1 < len(children) else index - 1
    end = source.region_end(children[first], source.column(children[first].start))
    between = source.text[end : children[first + 1].start]
    return not between.split("\n", 1)[0].strip() and "\n" in between


def _line_end(text: str, at: int) -> str:
    return "\r\n" if text.endswith("\r\n", 0, at) else "\n"
