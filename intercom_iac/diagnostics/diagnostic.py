"""What is wrong: a small value with a code, a place, a message and a way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from .likeness import look_alike, spelled
from .source import Span

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first, such as where a field is declared."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake, lint or remark.

    The message says what is wrong: lowercase, no final period, names in backticks. The hint says what to do.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    severity: Severity = "error"
    related: tuple[Related, ...] = ()

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def as_json(self) -> dict[str, Any]:
        """The diagnostic as plain data; places count from 1 and are null where there is none."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            **_place(self.span),
            "related": [{"label": each.label, **_place(each.span)} for each in self.related],
        }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    line, column = span.file.position(span.start)
    end_line, end_column = span.file.position(span.end)
    return {
        "file": span.file.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and place; those without a place come first. What was said twice is said once."""

    def place(each: Diagnostic) -> tuple[str, int, int, str]:
        if each.span is None:
            return ("", 0, 0, each.code)
        return (each.span.file.path, each.span.start, each.span.end, each.code)

    return sorted(dict.fromkeys(diagnostics), key=place)


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a misspelt one, or None where nothing is close."""
    known = list(known)
    # Two names of ASCII alone look different; asking for each would take its time.
    alike = (each for each in known if not (each.isascii() and name.isascii()) and look_alike(name, each))
    if found := next(alike, None):
        return found
    folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known name, or None where nothing is close."""
    found = near(name, known)
    if found and look_alike(name, found):
        return f"did you mean `{found}`? the two look the same: {spelled(name)} and {spelled(found)}"
    return f"did you mean `{found}`?" if found else None
