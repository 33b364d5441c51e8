"""Edits of values: another one behind a colon or a dash, with the comments around it kept."""

from __future__ import annotations

from typing import Any, cast

from ..nodes import Mapping, Node, Path, Scalar, Sequence
from .edited_text import EditedText, Edits
from .extents import BLOCK_HEADER, Extent
from .writing import flow_text, is_literal, scalar_text, value_lines


def set_value(source: EditedText, path: Path, value: Any) -> Edits:
    """The edits that put a value in the place of the one at a path."""
    parent = source.document.node(path[:-1])
    node = source.document.node(path)
    assert node is not None
    style = node.style if isinstance(node, Scalar) else None
    if isinstance(parent, Sequence):
        extent = source.extents.items(parent)[cast("int", path[-1])]
    else:
        assert isinstance(parent, Mapping)
        extent = source.extents.entry(parent, str(path[-1]))
    if extent.is_alias:
        # What it refers to stands elsewhere, and is not what is replaced.
        style, node = None, Scalar(None, "", None, extent.value_start, extent.value_end)
    if isinstance(value, str) and not (is_literal(value) and not parent.flow):
        inline = scalar_text(value, flow=parent.flow, style=style)
        return _put_lines(source, extent, node, [inline])
    if parent.flow or isinstance(parent, Sequence):
        return _put_lines(source, extent, node, [flow_text(value, flow=parent.flow)])
    block_list = isinstance(node, Sequence) and not node.flow
    column = source.column(extent.start)
    behind = extent.key_end - extent.start + 1
    lines = value_lines(value, column, behind, block_list=block_list)
    if isinstance(value, str) and _touches_literal(source, extent, column, value):
        lines = [scalar_text(value, style='"')]
    margin = " " * column
    return _put_lines(
        source, extent, node, [lines[0], *(margin + line if line else "" for line in lines[1:])]
    )


def _touches_literal(source: EditedText, extent: Extent, column: int, value: str) -> bool:
    """Whether what follows a text under `|` would become part of it, or its last line end would be missing."""
    behind = source.line_behind(extent.value_end)
    return source.region_end(extent, column) > behind or (
        value.endswith("\n") and not source.text.endswith("\n", 0, behind)
    )


def _put_lines(source: EditedText, extent: Extent, node: Node, lines: list[str]) -> Edits:
    """The edits that put these lines behind a colon or a dash, in the place of what stands there."""
    over_lines = len(lines) > 1
    is_block = isinstance(node, (Mapping, Sequence)) and not node.flow
    literal = isinstance(node, Scalar) and node.style in ("|", ">")
    if not over_lines and not is_block and not literal:
        if extent.value_start < extent.value_end:
            return (source.edit(extent.value_start, extent.value_end, lines[0]),)
        lead = ": " if extent.head_end is None else " "
        return (source.edit(extent.value_end, extent.value_end, lead + lines[0]),)
    if extent.head_end is None:
        message = "a key without a colon cannot be given a value of several lines"
        raise source.refusal(extent.start, message, "write `key: value`")
    end = extent.value_end
    if is_block:
        comment = source.comment_at(source.extents.last_anchor_end(extent.head_end, _first_in(source, node)))
        end = source.text_end(end)
    elif literal:
        at = source.extents.last_anchor_end(extent.value_start, extent.value_end)
        header = BLOCK_HEADER.search(source.text, at)
        comment = source.comment_at(header.end() if header else at)
    else:
        comment = source.comment_at(end)
        end = source.text_end(end)
    first = f" {lines[0]}" if lines[0] else ""
    return (source.edit(extent.head_end, end, "\n".join([first + comment, *lines[1:]])),)


def _first_in(source: EditedText, node: Mapping | Sequence | Any) -> int:
    return source.extents.children(node)[0].start


def is_in_block(source: EditedText, path: Path) -> bool:
    """Whether what stands at a path is an entry of a block, which may go over lines of its own."""
    parent = source.document.node(path[:-1])
    return isinstance(parent, Mapping) and not parent.flow
