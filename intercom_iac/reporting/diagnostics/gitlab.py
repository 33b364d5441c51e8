"""GitLab's code quality report, a list of issues as its merge requests show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.text import printable

from .places import Examined, fingerprints, path_of, text_of

# GitLab also has `critical` and `blocker`, for what harms a running system.
_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def code_quality(diagnostics: Sequence[Diagnostic], examined: Examined) -> list[dict[str, Any]]:
    """An issue for each finding; what was there before, on whatever line, keeps its fingerprint."""
    marks = fingerprints(diagnostics, examined)
    return [_issue(diagnostic, mark, examined) for diagnostic, mark in zip(diagnostics, marks, strict=True)]


def _issue(diagnostic: Diagnostic, fingerprint: str, examined: Examined) -> dict[str, Any]:
    begin, end = (1, 1) if diagnostic.span is None else (diagnostic.span.line, diagnostic.span.end_line)
    return {
        "type": "issue",
        "check_name": diagnostic.code,
        "description": printable(text_of(diagnostic)),
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[diagnostic.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": printable(examined.path_from_root(path_of(diagnostic))),
            "lines": {"begin": begin, "end": end},
        },
    }
