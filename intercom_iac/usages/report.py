"""What a scan of code has to say, and as JSON. The format is `usages.schema.json`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from intercom_iac.diagnostics import Diagnostic, sort_diagnostics
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

from .use import Use

FORMAT_VERSION = "1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedPath:
    """A file or folder that was not looked at; a folder ends in `/`."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReport:
    """All that a scan found. `files` is how many files of code were looked at.

    `mistakes` are in code, what was not read among them; `not_known` is what code sends without writing it out;
    `idle` is about entries of the specs that no code uses, and `unused` are the addresses of those that no rule uses
    either. `notes` say what else there is to know of the scan.
    """

    files: int
    uses: tuple[Use, ...] = ()
    mistakes: tuple[Diagnostic, ...] = ()
    not_known: tuple[Diagnostic, ...] = ()
    idle: tuple[Diagnostic, ...] = ()
    unused: tuple[str, ...] = ()
    skipped: tuple[SkippedPath, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def findings(self) -> list[Diagnostic]:
        """All of them, by file and place."""
        return sort_diagnostics((*self.mistakes, *self.not_known, *self.idle))

    @property
    def failed(self) -> bool:
        """Whether code is wrong; what is unused or not known is no mistake."""
        return any(mistake.is_error for mistake in self.mistakes)


def encode_usages(report: UsageReport) -> dict[str, Any]:
    """The report as plain data; places count from 1."""
    findings = report.findings
    counts = Counter(finding.severity for finding in findings)
    return {
        "format_version": FORMAT_VERSION,
        "files": report.files,
        "summary": {severity: counts[severity] for severity in ("error", "warning", "info")},
        "uses": [{"address": use.address, **_place(use.span), "kind": use.kind} for use in report.uses],
        "findings": [_encode_finding(finding) for finding in findings],
        "unused": list(report.unused),
        "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in report.skipped],
        "notes": list(report.notes),
    }


def _encode_finding(finding: Diagnostic) -> dict[str, Any]:
    declared = finding.related[0].span if finding.related else None
    return {
        "code": finding.code,
        "severity": finding.severity,
        **_place(finding.span),
        "message": finding.message,
        "hint": finding.hint,
        "address": finding.subject,
        "declared": None if declared is None else _place(declared),
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"file": None, "line": None, "column": None}
    line, column = span.file.position(span.start)
    return {"file": span.file.path, "line": line, "column": column}
