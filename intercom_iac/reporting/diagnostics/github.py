"""GitHub's workflow commands, which it shows as annotations at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.text import printable

from .places import Examined, text_of

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def workflow_commands(diagnostics: Sequence[Diagnostic], examined: Examined) -> str:
    """A command a line. The gravest come first: GitHub shows ten of a level for each step and drops the rest."""
    ordered = sorted(diagnostics, key=lambda diagnostic: list(_LEVELS).index(diagnostic.severity))
    return "".join(f"{_command(diagnostic, examined)}\n" for diagnostic in ordered)


def _command(diagnostic: Diagnostic, examined: Examined) -> str:
    properties = {"title": f"intercom-iac {diagnostic.code}"}
    if diagnostic.span is not None:
        properties |= {
            "file": examined.path_from_root(diagnostic.span.file.path),
            "line": str(diagnostic.span.line),
            "endLine": str(diagnostic.span.end_line),
            "col": str(diagnostic.span.column),
        }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{_data(text_of(diagnostic))}"


def _data(text: str) -> str:
    """Text on one line, of characters to see: a line end or a control in it is spelled out."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
