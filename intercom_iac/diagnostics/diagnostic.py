"""A diagnostic: a mistake, lint or remark as a small value with a code, a place, a message and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text.source import Span

from .family import Family, family_of
from .fix import Fix

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
    `subject` is the address of what it is about, such as `attribute.contact.plan_type`: a declared thing, or a name
    that is used and not declared; None where it is about no such thing, or where nobody has said. `fix` is the edit
    that does what the hint says.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    severity: Severity = "error"
    related: tuple[Related, ...] = ()
    subject: str | None = None
    fix: Fix | None = None

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def family(self) -> Family | None:
        """The stage that its code belongs to, such as `Family.LINT`; None for a code of another program."""
        return family_of(self.code)

    def as_json(self) -> dict[str, Any]:
        """The diagnostic as plain data; places count from 1 and are null where there is none."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            **_place(self.span),
            "related": [{"label": note.label, **_place(note.span)} for note in self.related],
            "subject": self.subject,
            "fix": None if self.fix is None else self.fix.as_json(),
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


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and place; those without a place come first. Equal ones are kept once."""

    def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
        if diagnostic.span is None:
            return ("", 0, 0, diagnostic.code)
        return (diagnostic.span.file.path, diagnostic.span.start, diagnostic.span.end, diagnostic.code)

    return sorted(dict.fromkeys(diagnostics), key=place)
