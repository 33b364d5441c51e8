"""Fixes: what to replace so that a diagnostic goes away.

A fix is `safe` where the file is invalid as it stands and can be read in one way only, or where the edit provably
keeps what the file means, so that a plan would be the same. Everything else is a guess and `unsafe`, such as the
nearest of several declared names.
"""

from __future__ import annotations

from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text.source import Span

Applicability = Literal["safe", "unsafe"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: the characters of `span` become `text`.

    An empty span inserts, an empty text deletes. `text` stands in the file as it is, quotes and escapes included.
    """

    span: Span
    text: str

    def as_json(self) -> dict[str, Any]:
        """The edit as plain data; places count from 1, the end is the place just behind the last character."""
        return {
            "file": self.span.file.path,
            "line": self.span.line,
            "column": self.span.column,
            "end_line": self.span.end_line,
            "end_column": self.span.end_column,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together, all of one file: either all of them are made or none.

    They are in the order of the file and do not overlap.
    """

    edits: tuple[Edit, ...]
    applicability: Applicability

    @property
    def is_safe(self) -> bool:
        return self.applicability == "safe"

    def as_json(self) -> dict[str, Any]:
        """The fix as plain data."""
        return {"applicability": self.applicability, "edits": [edit.as_json() for edit in self.edits]}


def safe_fix(*edits: Edit) -> Fix:
    """A fix that can be applied without a person looking at it."""
    return Fix(edits, "safe")


def unsafe_fix(*edits: Edit) -> Fix:
    """A fix that is a guess."""
    return Fix(edits, "unsafe")
