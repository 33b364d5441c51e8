"""Diagnostics for machines: JSON, SARIF 2.1.0 and GitHub's workflow annotations."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from intercom_iac.diagnostics import Diagnostic, printable, registered
from intercom_iac.specs import PROJECT_FILE

_SARIF_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def findings_json(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """`{"format_version", "summary": {"error", "warning", "info"}, "diagnostics": [...]}`; places count from 1."""
    counted = Counter(each.severity for each in diagnostics)
    return {
        "format_version": "1.0",
        "summary": {severity: counted[severity] for severity in ("error", "warning", "info")},
        "diagnostics": [each.as_json() for each in diagnostics],
    }


def sarif(diagnostics: Sequence[Diagnostic], version: str, base: str = ".") -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run; `version` is the tool's, `base` the folder that paths are relative to."""
    used = {each.code for each in diagnostics}
    rules = [
        {
            "id": code.id,
            "shortDescription": {"text": code.title},
            "fullDescription": {"text": code.about},
            "defaultConfiguration": {"level": _SARIF_LEVELS[code.severity]},
        }
        for code in registered().values()
        if code.id in used
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "intercom-iac", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(each, base) for each in diagnostics],
            }
        ],
    }


def _sarif_result(each: Diagnostic, base: str) -> dict[str, Any]:
    # What stands nowhere is about the project; readers of the format drop a result without a place.
    path = PROJECT_FILE if each.span is None else each.span.file.path
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(_bytes(_path(path, base)))}}
    if each.span is not None:
        location["region"] = {
            "startLine": each.span.line,
            "startColumn": each.span.column,
            "endLine": each.span.end_line,
            "endColumn": each.span.end_column,
        }
    return {
        "ruleId": each.code,
        "level": _SARIF_LEVELS[each.severity],
        "message": {"text": _text(each)},
        "locations": [{"physicalLocation": location}],
    }


def _text(each: Diagnostic) -> str:
    return f"{each.message}; {each.hint}" if each.hint else each.message


def _path(path: str, base: str) -> str:
    return posixpath.normpath(posixpath.join(base, path))


def _bytes(path: str) -> bytes:
    """The bytes of a path, whose name need not be UTF-8."""
    return path.encode("utf-8", errors="surrogateescape")


def github(diagnostics: Sequence[Diagnostic], base: str = ".") -> str:
    """Workflow commands, a line each, that GitHub shows at the lines of a pull request; `base` as for `sarif`."""
    return "".join(f"{line}\n" for line in _github_lines(diagnostics, base))


def _github_lines(diagnostics: Sequence[Diagnostic], base: str) -> Iterator[str]:
    for each in diagnostics:
        properties = {"title": f"intercom-iac {each.code}"}
        if each.span is not None:
            properties |= {
                "file": _bytes(_path(each.span.file.path, base)).decode(errors="backslashreplace"),
                "line": str(each.span.line),
                "endLine": str(each.span.end_line),
                "col": str(each.span.column),
            }
        listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        yield f"::{_GITHUB_LEVELS[each.severity]} {listed}::{_data(_text(each))}"


def _data(text: str) -> str:
    """Text on one line, of characters to see: a line end or a control in it is spelled out."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
