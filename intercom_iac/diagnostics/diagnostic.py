"""What is wrong: a small value with a code, a place, a message and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from intercom_iac.text.source import Span

Severity = Literal["error", "warning", "info"]


def family_of(code: str) -> str:
    """The stage that a code belongs to, by its letters: `SPEC`, `PARSE`, `TYPE`, `REF`, `LINT`, `PLAN` and so on."""
    return code.rstrip("0123456789")


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

    @property
    def family(self) -> str:
        """The stage that its code belongs to, such as `LINT`."""
        return family_of(self.code)

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

    def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
        if diagnostic.span is None:
            return ("", 0, 0, diagnostic.code)
        return (diagnostic.span.file.path, diagnostic.span.start, diagnostic.span.end, diagnostic.code)

    return sorted(dict.fromkeys(diagnostics), key=place)
