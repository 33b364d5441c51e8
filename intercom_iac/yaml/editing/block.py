"""Edits of blocks: the lines of entries and items, with the comments that are theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping as Entries
from typing import Any

from ..nodes import Mapping
from .edited_text import EditedText, Edits
from .extents import BLOCK_HEADER, Extent, keeps_line_ends
from .writing import entry_lines


def insert_entries(
    source: EditedText, node: Mapping, entries: Entries[str, Any], position: int | None
) -> Edits:
    """The edits that put new entries into a block mapping."""
    children = source.extents.children(node)
    column = source.column(children[0].start) if children else 0
    at = len(children) if position is None else position
    blank = _blank_between(source, children, at)
    lines: list[str] = []
    for key, value in entries.items():
        lines += ["", *entry_lines(key, value, column)] if blank else entry_lines(key, value, column)
    if not children:
        end = source.document_end()
        lead = "" if source.text.endswith("\n", 0, end) or not end else "\n"
        return (source.edit(end, end, lead + "".join(f"{line}\n" for line in lines)),)
    if at > 0:
        return insert_lines(source, children[at - 1], lines, column)
    lines = [*lines[1:], ""] if blank else lines
    margin = " " * column
    text = "\n".join([lines[0], *(margin + line if line else "" for line in lines[1:]), margin])
    return (source.edit(children[0].start, children[0].start, text),)


def insert_lines(source: EditedText, extent: Extent, lines: list[str], column: int) -> Edits:
    """The edits that put lines, indented to a column, behind an entry or an item and its comments."""
    margin = " " * column
    end = source.region_end(extent, column)
    indented = [margin + line if line else "" for line in lines]
    if source.text.endswith("\n", 0, end):
        return (source.edit(end, end, "".join(f"{line}\n" for line in indented)),)
    edit = source.edit(end, end, "".join(f"\n{line}" for line in indented))
    return (*_strip_last_literal(source), edit)


def _strip_last_literal(source: EditedText) -> Edits:
    """The edit of a block scalar at the end of a text without a line end, whose value would get one."""
    scalar = source.extents.block_scalar_before(len(source.text))
    if scalar is None or scalar.value.endswith("\n"):
        return ()
    header = BLOCK_HEADER.match(source.text, scalar.start)
    if header is None or "-" in header.group():
        return ()
    return (source.edit(*header.span(), header.group().replace("+", "") + "-"),)


def remove_lines(source: EditedText, children: list[Extent], index: int) -> Edits:
    """The edit that takes out an entry or an item of a block, with all of its lines."""
    extent = children[index]
    column = source.column(extent.start)
    end = source.region_end(extent, column)
    start = source.line_start(extent.start)
    if source.text[start : extent.start].strip():
        # It stands behind a dash, and what follows takes its place there.
        return (source.edit(extent.start, source.skip_blank(end), ""),)
    if _is_kept_open(source, start):
        end = source.skip_blank_lines(end)
    return (source.edit(start, end, ""),)


def _blank_between(source: EditedText, children: list[Extent], at: int) -> bool:
    """Whether the entries around a place are set apart by empty lines."""
    if len(children) < 2:
        return False
    first = min(max(at - 2, 0), len(children) - 2)
    between = source.text[children[first].value_end : children[first + 1].start]
    return bool(re.search(r"\n[ \t]*\r?\n", between)) and not (
        at and _keeps_empty_lines(source, children[at - 1])
    )


def _keeps_empty_lines(source: EditedText, extent: Extent) -> bool:
    return _is_kept_open(source, source.line_behind(extent.value_end))


def _is_kept_open(source: EditedText, at: int) -> bool:
    """Whether a block scalar ends right before a place that takes the empty lines there for its own."""
    scalar = source.extents.block_scalar_before(at)
    if scalar is None or not keeps_line_ends(source.text[scalar.start : scalar.end]):
        return False
    return not source.text[scalar.end : at].strip()
