"""SARIF 2.1.0, which code scanning and many viewers read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from intercom_iac import __version__
from intercom_iac.diagnostics import Code, Diagnostic, Edit, Example, Fix, all_codes
from intercom_iac.text import Span, printable

from .places import Examined, fingerprints, path_of, text_of

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
# Paths are relative to the repository's root, wherever it lies on a machine.
_ROOT = "%SRCROOT%"
_LONGEST = 24


def log(diagnostics: Sequence[Diagnostic], examined: Examined) -> dict[str, Any]:
    """A log with one run; the rules are the codes that were found, each with its examples."""
    used = {diagnostic.code for diagnostic in diagnostics}
    rules = [code for code in all_codes().values() if code.id in used]
    numbers = {code.id: number for number, code in enumerate(rules)}
    marks = fingerprints(diagnostics, examined)
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "intercom-iac",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(code) for code in rules],
                    }
                },
                # Runs of different commands stand beside each other; one of the same replaces the last.
                "automationDetails": {"id": _run(examined)},
                "invocations": [{"executionSuccessful": True}],
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(diagnostic, numbers, mark, examined)
                    for diagnostic, mark in zip(diagnostics, marks, strict=True)
                ],
            }
        ],
    }


def _run(examined: Examined) -> str:
    where = "" if examined.base == "." else f"{examined.uri('.')}/"
    return f"intercom-iac/{examined.command}/{where}"


def _rule(code: Code) -> dict[str, Any]:
    plain = "\n\n".join((code.about, *_examples(code, "", "")))
    fenced = "\n\n".join((code.about, *_examples(code, "````yaml\n", "\n````")))
    return {
        "id": code.id,
        "shortDescription": {"text": f"{code.title[:1].upper()}{code.title[1:]}."},
        "fullDescription": {"text": code.about},
        "help": {"text": plain, "markdown": fenced},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": {"tags": ["intercom-iac"], "problem.severity": _PROBLEMS[code.severity]},
    }


def _examples(code: Code, before: str, after: str) -> Iterator[str]:
    for title, example in (("Wrong", code.wrong), ("Right", code.right)):
        yield from (
            f"{title}, in {printable(path)}:\n\n{before}{text}{after}" for path, text in _files(example)
        )


def _files(example: Example) -> Iterator[tuple[str, str]]:
    """The files of an example; bytes that are no text are spelled out."""
    for path, text in example.files.items():
        lines = text.encode(errors="surrogateescape").decode(errors="backslashreplace").splitlines()
        more = ["..."] if len(lines) > _LONGEST else []
        yield path, "\n".join((*map(printable, lines[:_LONGEST]), *more))


def _result(
    diagnostic: Diagnostic, numbers: dict[str, int], fingerprint: str, examined: Examined
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(text_of(diagnostic))},
        "locations": [{"physicalLocation": _place(diagnostic.span, path_of(diagnostic), examined)}],
        # Under a name of our own: the one that GitHub reads is made by its uploader, of the file.
        "partialFingerprints": {"intercomIac/v1": fingerprint},
    }
    if diagnostic.code in numbers:
        result["ruleIndex"] = numbers[diagnostic.code]
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _message(other.label)},
                "physicalLocation": _place(other.span, other.span.file.path, examined),
            }
            for number, other in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, diagnostic.hint, examined)]
    if diagnostic.subject is not None:
        result["properties"] = {"subject": printable(diagnostic.subject)}
    return result


def _fix(fix: Fix, hint: str | None, examined: Examined) -> dict[str, Any]:
    """The edits of a fix, by file. Whether it is safe stands in its properties: SARIF has no word for that."""
    files: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        files.setdefault(edit.span.file.path, []).append(edit)
    return {
        **({"description": {"text": _message(hint)}} if hint else {}),
        "artifactChanges": [
            {
                "artifactLocation": {"uri": examined.uri(path), "uriBaseId": _ROOT},
                "replacements": [_replacement(edit) for edit in edits],
            }
            for path, edits in files.items()
        ],
        "properties": {"applicability": fix.applicability},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    deleted = {"deletedRegion": _region(edit.span)}
    return {**deleted, "insertedContent": {"text": edit.text}} if edit.text else deleted


def _place(span: Span | None, path: str, examined: Examined) -> dict[str, Any]:
    # GitHub shows nothing that has no line.
    region: dict[str, Any] = {"startLine": 1}
    if span is not None:
        region = _region(span)
    return {"artifactLocation": {"uri": examined.uri(path), "uriBaseId": _ROOT}, "region": region}


def _region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _message(text: str) -> str:
    """A message that links to nothing: `[text](target)` is a link in SARIF, even in plain text."""
    return printable(text).replace("](", "] (")
