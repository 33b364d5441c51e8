"""The formats there are, and the way to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.text import json_text

from .github import workflow_commands
from .gitlab import code_quality
from .junit import suite
from .places import Examined
from .sarif import log

_AS_DATA: Mapping[str, Callable[[Sequence[Diagnostic], Examined], Any]] = {
    "sarif": log,
    "gitlab": code_quality,
}
_AS_TEXT: Mapping[str, Callable[[Sequence[Diagnostic], Examined], str]] = {
    "github": workflow_commands,
    "junit": suite,
}
FORMATS = (*_AS_DATA, *_AS_TEXT)


def findings(diagnostics: Sequence[Diagnostic], output: str, examined: Examined) -> str:
    """The diagnostics in one of `FORMATS`, as other programs read them, with a line end.

    Whatever comes from specs is escaped as the format demands; characters that no one sees are spelled out.
    """
    if output in _AS_TEXT:
        return _AS_TEXT[output](diagnostics, examined)
    return json_text(_AS_DATA[output](diagnostics, examined)) + "\n"


def findings_json(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """`{"format_version", "summary": {"error", "warning", "info"}, "diagnostics": [...]}`; places count from 1."""
    counted = Counter(diagnostic.severity for diagnostic in diagnostics)
    return {
        "format_version": "1.0",
        "summary": {severity: counted[severity] for severity in ("error", "warning", "info")},
        "diagnostics": [diagnostic.as_json() for diagnostic in diagnostics],
    }
