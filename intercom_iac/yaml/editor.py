"""How the text of one document is edited: which characters an edit takes, and how what it puts there is laid out.

`edits` says what can be done. `Editor.checked` reads the edited text again: it has to hold the data that was asked
for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Entries
from typing import Any, cast

from intercom_iac.diagnostics import Edit, EditRefused
from intercom_iac.text import SourceFile, Span

from .builder import build
from .extents import Extent, Extents, keeps_line_ends
from .nodes import Document, Mapping, Node, Path, Scalar
from .nodes import Sequence as ListNode
from .writing import entry_lines, flow_text, is_literal, plain_data, scalar_text, value_lines

Edits = tuple[Edit, ...]

_COMMENT = re.compile(r"[ \t]*#[^\r\n]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, which do not overlap; those at one place in the order in which they are given."""
    pieces: list[str] = []
    behind = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < behind:
            raise ValueError("edits overlap")
        pieces += [text[behind : edit.span.start], edit.text]
        behind = edit.span.end
    return "".join([*pieces, text[behind:]])


class Editor:
    """The edits of one document, before they are tried."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.file = document.file
        self.text = document.file.text
        self.extents = Extents(document.file)
        first_line = self.text.partition("\n")[0]
        self.line_end = "\r\n" if first_line.endswith("\r") and "\n" in self.text else "\n"

    def edit(self, start: int, end: int, text: str) -> Edit:
        return Edit(Span(self.file, start, end), text.replace("\n", self.line_end))

    # --- what is refused ------------------------------------------------------------------------------------

    def refuse_shared(self, path: Path) -> None:
        """Refuses to change what stands at a path, or around it, where an alias repeats it."""
        if not self.extents.aliases:
            return
        shared = _shared_nodes(self.document.root)
        node: Node = self.document.root
        for length in range(len(path) + 1):
            step = self.document.node(path[:length])
            if step is None:
                return
            node = step
            if id(node) in shared:
                alias = self.extents.aliases[0]
                raise refused(
                    self.file,
                    node.start,
                    "an alias repeats this value, so that an edit would change it elsewhere too",
                    f"write the value out in place of `*{alias.value}`",
                )

    def checked(self, edits: Edits, path: Path, change: Callable[[Any], Any]) -> Edits:
        """The edits, where the edited text is the document with what stands at a path changed."""
        for edit in edits:
            self._refuse_lost_anchor(edit.span)
        wanted = _changed(self.document.root.data, path, lambda data: plain_data(change(data)))
        root, diagnostics = build(SourceFile(self.file.path, apply_edits(self.text, edits)))
        found = {} if root is None or root.data is None else root.data
        # As text: it tells true from 1, is equal for what is not a number, and has the order of the keys.
        if diagnostics or repr(found) != repr(wanted):
            place = self.document.node(path) or self.document.root
            message = "what stands here is written in a way that cannot be edited in place"
            raise refused(self.file, place.start, message, "change it by hand")
        return edits

    def _refuse_lost_anchor(self, span: Span) -> None:
        inside = range(span.start, span.end)
        lost = {anchor.value: anchor for anchor in self.extents.anchors if anchor.start in inside}
        for alias in self.extents.aliases:
            if alias.value in lost and alias.start not in inside:
                raise refused(
                    self.file,
                    lost[alias.value].start,
                    f"`*{alias.value}` refers to this value, and would refer to nothing",
                    f"write the value out in place of `*{alias.value}`",
                )

    # --- values ---------------------------------------------------------------------------------------------

    def is_in_block(self, path: Path) -> bool:
        """Whether what stands at a path is an entry of a block, which may go over lines of its own."""
        parent = self.document.node(path[:-1])
        return isinstance(parent, Mapping) and not parent.flow

    def set_value(self, path: Path, value: Any) -> Edits:
        """The edits that put a value in the place of the one at a path."""
        parent = self.document.node(path[:-1])
        node = self.document.node(path)
        assert node is not None
        style = node.style if isinstance(node, Scalar) else None
        if isinstance(parent, ListNode):
            extent = self.extents.items(parent)[cast("int", path[-1])]
        else:
            assert isinstance(parent, Mapping)
            extent = self.extents.entry(parent, str(path[-1]))
        if extent.is_alias:
            # What it refers to stands elsewhere, and is not what is replaced.
            style, node = None, Scalar(None, "", None, extent.value_start, extent.value_end)
        if isinstance(value, str) and not (is_literal(value) and not parent.flow):
            inline = scalar_text(value, flow=parent.flow, style=style)
            return self._put(extent, node, [inline], parent.flow)
        if parent.flow or isinstance(parent, ListNode):
            return self._put(extent, node, [flow_text(value, flow=parent.flow)], parent.flow)
        block_list = isinstance(node, ListNode) and not node.flow
        column = self.column(extent.start)
        behind = extent.key_end - extent.start + 1
        lines = value_lines(value, column, behind, block_list=block_list)
        if isinstance(value, str) and self._touches_literal(extent, column, value):
            lines = [scalar_text(value, style='"')]
        margin = " " * column
        return self._put(
            extent, node, [lines[0], *(margin + line if line else "" for line in lines[1:])], False
        )

    def _touches_literal(self, extent: Extent, column: int, value: str) -> bool:
        """Whether what follows a text under `|` would become part of it, or its last line end would be missing."""
        behind = self._line_behind(extent.value_end)
        return self._region_end(extent, column) > behind or (
            value.endswith("\n") and not self.text.endswith("\n", 0, behind)
        )

    def _put(self, extent: Extent, node: Node, lines: list[str], flow: bool) -> Edits:
        """The edits that put these lines behind a colon or a dash, in the place of what stands there."""
        over_lines = len(lines) > 1
        is_block = isinstance(node, (Mapping, ListNode)) and not node.flow
        literal = isinstance(node, Scalar) and node.style in ("|", ">")
        if not over_lines and not is_block and not literal:
            if extent.value_start < extent.value_end:
                return (self.edit(extent.value_start, extent.value_end, lines[0]),)
            lead = ": " if extent.head_end is None else " "
            return (self.edit(extent.value_end, extent.value_end, lead + lines[0]),)
        if extent.head_end is None:
            message = "a key without a colon cannot be given a value of several lines"
            raise refused(self.file, extent.start, message, "write `key: value`")
        end = extent.value_end
        if is_block:
            comment = self._comment_at(self.extents.last_anchor_end(extent.head_end, self._first_in(node)))
            end = self._text_end(end)
        elif literal:
            at = self.extents.last_anchor_end(extent.value_start, extent.value_end)
            header = _BLOCK_HEADER.search(self.text, at)
            comment = self._comment_at(header.end() if header else at)
        else:
            comment = self._comment_at(end)
            end = self._text_end(end)
        first = f" {lines[0]}" if lines[0] else ""
        return (self.edit(extent.head_end, end, "\n".join([first + comment, *lines[1:]])),)

    def _first_in(self, node: Mapping | ListNode | Any) -> int:
        return self.extents.children(node)[0].start

    def _comment_at(self, at: int) -> str:
        """The comment that stands at a place, with the space before it."""
        comment = _COMMENT.match(self.text, at)
        return comment.group() if comment else ""

    # --- lines ----------------------------------------------------------------------------------------------

    def insert_lines(self, node: Mapping, entries: Entries[str, Any], position: int | None) -> Edits:
        """The edits that put new entries into a block mapping."""
        children = self.extents.children(node)
        column = self.column(children[0].start) if children else 0
        at = len(children) if position is None else position
        blank = self._blank_between(children, at)
        lines: list[str] = []
        for key, value in entries.items():
            lines += ["", *entry_lines(key, value, column)] if blank else entry_lines(key, value, column)
        if not children:
            end = self._document_end()
            lead = "" if self.text.endswith("\n", 0, end) or not end else "\n"
            return (self.edit(end, end, lead + "".join(f"{line}\n" for line in lines)),)
        if at > 0:
            return self.insert_behind(children[at - 1], lines, column)
        lines = [*lines[1:], ""] if blank else lines
        margin = " " * column
        text = "\n".join([lines[0], *(margin + line if line else "" for line in lines[1:]), margin])
        return (self.edit(children[0].start, children[0].start, text),)

    def insert_behind(self, extent: Extent, lines: list[str], column: int) -> Edits:
        """The edits that put lines, indented to a column, behind an entry or an item and its comments."""
        margin = " " * column
        end = self._region_end(extent, column)
        indented = [margin + line if line else "" for line in lines]
        if self.text.endswith("\n", 0, end):
            return (self.edit(end, end, "".join(f"{line}\n" for line in indented)),)
        edit = self.edit(end, end, "".join(f"\n{line}" for line in indented))
        return (*self._strip_last_literal(), edit)

    def _strip_last_literal(self) -> Edits:
        """The edit of a block scalar at the end of a text without a line end, whose value would get one."""
        scalar = self.extents.block_scalar_before(len(self.text))
        if scalar is None or scalar.value.endswith("\n"):
            return ()
        header = _BLOCK_HEADER.match(self.text, scalar.start)
        if header is None or "-" in header.group():
            return ()
        return (self.edit(*header.span(), header.group().replace("+", "") + "-"),)

    def remove_lines(self, children: list[Extent], index: int) -> Edits:
        """The edit that takes out an entry or an item of a block, with all of its lines."""
        extent = children[index]
        column = self.column(extent.start)
        end = self._region_end(extent, column)
        start = self._line_start(extent.start)
        if self.text[start : extent.start].strip():
            # It stands behind a dash, and what follows takes its place there.
            return (self.edit(extent.start, self._skip_blank(end), ""),)
        if self._is_kept_open(start):
            end = self._skip_blank_lines(end)
        return (self.edit(start, end, ""),)

    def _blank_between(self, children: list[Extent], at: int) -> bool:
        """Whether the entries around a place are set apart by empty lines."""
        if len(children) < 2:
            return False
        first = min(max(at - 2, 0), len(children) - 2)
        between = self.text[children[first].value_end : children[first + 1].start]
        return bool(re.search(r"\n[ \t]*\r?\n", between)) and not (at and self._keeps(children[at - 1]))

    def _keeps(self, extent: Extent) -> bool:
        return self._is_kept_open(self._line_behind(extent.value_end))

    def _is_kept_open(self, at: int) -> bool:
        """Whether a block scalar ends right before a place that takes the empty lines there for its own."""
        scalar = self.extents.block_scalar_before(at)
        if scalar is None or not keeps_line_ends(self.text[scalar.start : scalar.end]):
            return False
        return not self.text[scalar.end : at].strip()

    # --- between brackets -----------------------------------------------------------------------------------

    def insert_between_brackets(
        self, node: Mapping | ListNode, texts: list[str], position: int | None
    ) -> Edits:
        """The edits that put entries or items into a flow collection."""
        inside = self.extents.inside(node)
        children = self.extents.children(node)
        at = len(children) if position is None else position
        if inside is None:
            message = "`a: b` stands in a list here without `{}` around it"
            raise refused(self.file, node.start, message, "put it between `{` and `}`")
        if not children:
            return (self.edit(inside, inside, ", ".join(texts)),)
        margin = self._own_margin(children[min(at, len(children) - 1)].start)
        between = ", " if margin is None else f",\n{margin}"
        if at < len(children):
            start = children[at].start
            return (self.edit(start, start, "".join(text + between for text in texts)),)
        last = children[-1].value_end
        comma = self.extents.comma_after(last)
        if margin is None:
            if comma is None:
                return (self.edit(last, last, "".join(f", {text}" for text in texts)),)
            return (self.edit(comma, comma, "".join(f" {text}," for text in texts)),)
        added = f"\n{margin}" + between.join(texts) + ("" if comma is None else ",")
        # A comment on the line of the last item stays there, unless the bracket closes on that line.
        line = self._text_end(last)
        end = line if self.extents.next_start(comma or last) >= line else (comma or last)
        if comma is None:
            return (self.edit(last, last, ","), self.edit(end, end, added))
        return (self.edit(end, end, added),)

    def remove_between_brackets(self, children: list[Extent], index: int) -> Edits:
        """The edit that takes an entry or an item out of a flow collection, with its comma."""
        start, end = children[index].start, children[index].value_end
        comma = self.extents.comma_after(end)
        if index and comma is None:
            before = self.extents.comma_before(start)
            assert before is not None
            if not self.text[before + 1 : start].strip(" \t"):
                return (self.edit(before, end, ""),)
            comma = None
        end = comma or end
        margin = self._own_margin(start)
        if margin is not None and self.extents.next_start(end) >= self._line_behind(end):
            return (self.edit(start - len(margin), self._line_behind(end), ""),)
        if index + 1 < len(children) and not self.text[end : children[index + 1].start].strip(" \t"):
            end = children[index + 1].start
        elif index and not self.text[children[index - 1].value_end : start].strip(" \t,"):
            # The last one, with a comma behind it: the one before keeps its own.
            before = self.extents.comma_before(start)
            start = start if before is None else before + 1
        return (self.edit(start, end, ""),)

    def _own_margin(self, at: int) -> str | None:
        """The white space before what stands first on its line; None where something else does."""
        margin = self.text[self._line_start(at) : at]
        return margin if not margin.strip(" \t") and self._line_start(at) else None

    # --- places ---------------------------------------------------------------------------------------------

    def column(self, at: int) -> int:
        return at - self._line_start(at)

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_behind(self, at: int) -> int:
        """Where the line behind the one of a place starts."""
        end = self.text.find("\n", at)
        return end + 1 if end >= 0 else len(self.text)

    def _text_end(self, at: int) -> int:
        """Where the line of a place ends, its line end left out."""
        behind = self._line_behind(at)
        return at + len(self.text[at:behind].rstrip("\r\n"))

    def _region_end(self, extent: Extent, column: int) -> int:
        """Where the lines end of an entry or an item at a column, with the comments that are indented below it."""
        end = at = self._line_behind(extent.value_end)
        limit = self.extents.next_start(extent.value_end)
        while at < limit:
            behind = self._line_behind(at)
            line = self.text[at:behind]
            text = line.strip()
            if behind > limit or (
                text and (not text.startswith("#") or len(line) - len(line.lstrip(" ")) <= column)
            ):
                break
            if text:
                end = behind
            at = behind
        return end

    def _skip_blank(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in " \t\r\n":
            at += 1
        return at

    def _skip_blank_lines(self, at: int) -> int:
        while at < len(self.text) and not self.text[at : self._line_behind(at)].strip(" \t\r\n"):
            at = self._line_behind(at)
        return at

    def _document_end(self) -> int:
        """Where a new entry of an empty document can stand: before a `...`, else at the end of the text."""
        end = re.search(r"^\.\.\.", self.text, re.MULTILINE)
        return end.start() if end else len(self.text)


def refused(file: SourceFile, at: int, message: str, hint: str) -> EditRefused:
    """The exception for an edit that what stands at a place does not allow."""
    span = Span(file, at, at)
    return EditRefused(f"{span}: {message}", hint=hint, span=span)


def _shared_nodes(root: Node) -> set[int]:
    """The nodes that stand in the document more than once, by their `id`."""
    seen: set[int] = set()
    shared: set[int] = set()
    below = [root]
    while below:
        node = below.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            below += [value for _, _, value in node.entries.values()]
        elif isinstance(node, ListNode):
            below += node.items
    return shared


def _changed(data: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """A copy of data in which what stands at a path is changed."""
    if not path:
        return change(data)
    step: Any = path[0]
    below = _changed(data[step], path[1:], change)
    if isinstance(data, list):
        items = cast("list[Any]", data)
        return [*items[:step], below, *items[step + 1 :]]
    return {**data, step: below}
