"""The text of a document that is edited, its edits, and the lines that an entry takes in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from intercom_iac.diagnostics import Edit, EditRefused
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Span

from ..nodes import Document
from .extents import Extent, Extents

Edits = tuple[Edit, ...]

_COMMENT = lazy_pattern(r"[ \t]*#[^\r\n]*")


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


class EditedText:
    """A document with the extents of what stands in it. Places are offsets into its text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.file.text
        self.extents = Extents(document.file)
        first_line = self.text.partition("\n")[0]
        self._line_end = "\r\n" if first_line.endswith("\r") and "\n" in self.text else "\n"

    def edit(self, start: int, end: int, text: str) -> Edit:
        """An edit whose text has the line ends of the file."""
        return Edit(Span(self.document.file, start, end), text.replace("\n", self._line_end))

    def refusal(self, at: int, message: str, hint: str) -> EditRefused:
        """The exception for an edit that what stands at a place does not allow."""
        span = Span(self.document.file, at, at)
        return EditRefused(f"{span}: {message}", hint=hint, span=span)

    def column(self, at: int) -> int:
        """How far a place is from the start of its line."""
        return at - self.line_start(at)

    def line_start(self, at: int) -> int:
        """Where the line of a place starts."""
        return self.text.rfind("\n", 0, at) + 1

    def line_behind(self, at: int) -> int:
        """Where the line behind the one of a place starts."""
        end = self.text.find("\n", at)
        return end + 1 if end >= 0 else len(self.text)

    def text_end(self, at: int) -> int:
        """Where the line of a place ends, its line end left out."""
        behind = self.line_behind(at)
        return at + len(self.text[at:behind].rstrip("\r\n"))

    def region_end(self, extent: Extent, column: int) -> int:
        """Where the lines end of an entry or an item at a column, with the comments that are indented below it."""
        end = at = self.line_behind(extent.value_end)
        limit = self.extents.next_start(extent.value_end)
        while at < limit:
            behind = self.line_behind(at)
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

    def skip_blank(self, at: int) -> int:
        """The first place from `at` on that is not white space."""
        while at < len(self.text) and self.text[at] in " \t\r\n":
            at += 1
        return at

    def skip_blank_lines(self, at: int) -> int:
        """The start of the first line from `at` on that is not empty; `at` is the start of one."""
        while at < len(self.text) and not self.text[at : self.line_behind(at)].strip(" \t\r\n"):
            at = self.line_behind(at)
        return at

    def document_end(self) -> int:
        """Where a new entry of an empty document can stand: before a `...`, else at the end of the text."""
        end = re.search(r"^\.\.\.", self.text, re.MULTILINE)
        return end.start() if end else len(self.text)

    def comment_at(self, at: int) -> str:
        """The comment that stands at a place, with the space before it."""
        comment = _COMMENT.match(self.text, at)
        return comment.group() if comment else ""

    def own_margin(self, at: int) -> str | None:
        """The white space before what stands first on its line; None where something else does."""
        margin = self.text[self.line_start(at) : at]
        return margin if not margin.strip(" \t") and self.line_start(at) else None
