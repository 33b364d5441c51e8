"""What a check of records found, as JSON. The format is `payload.schema.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intercom_iac.text import Span

    from .violation import PayloadReport, Violation

FORMAT_VERSION = "1.0"


def encode_payload_report(report: PayloadReport) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "format_version": FORMAT_VERSION,
        "checked": report.checked,
        "invalid": report.invalid,
        "by_code": dict(report.by_code),
        "by_attribute": dict(report.by_attribute),
        "errors": [encode_violation(violation) for violation in report.violations],
        "truncated": report.truncated,
    }


def encode_violation(violation: Violation) -> dict[str, Any]:
    """One mistake as plain data: an entry of `errors`, and a line of NDJSON."""
    return {
        "record": violation.record,
        "path": violation.path,
        "code": violation.code.id,
        "severity": violation.code.severity,
        "message": violation.message,
        "hint": violation.hint,
        "column": violation.column,
        "attribute": violation.attribute,
        "declared": None if violation.declared is None else _place(violation.declared),
    }


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file.path, "line": span.line, "column": span.column}


@cache
def payload_schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    return json.loads(Path(__file__).with_name("payload.schema.json").read_text("utf-8"))
