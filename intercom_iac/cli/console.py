"""What the commands share of printing: diagnostics, errors and JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from intercom_iac.diagnostics import (
    Diagnostic,
    IntercomIacError,
    InvalidSpecs,
    PlanError,
    WorkspaceError,
    render,
)


def print_json(data: Any) -> None:
    """Plain data on standard output, indented, in its own order."""
    click.echo(json_text(data))


def json_text(data: Any) -> str:
    """Plain data as JSON; half a character, as a value cut in the middle of one holds, is escaped."""
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return text if _encodes(text) else json.dumps(data, indent=2)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Styled text; the styles go where the stream is no terminal or a dumb one, or NO_COLOR is set."""
    click.echo(text, err=err, nl=nl, color=_coloured(err))


def silence_stdout() -> None:
    """Whoever read standard output has gone: what is still buffered must not complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_diagnostics(diagnostics: Sequence[Diagnostic], *, err: bool = True) -> None:
    """The diagnostics with their source lines; nothing for none."""
    if diagnostics:
        click.echo(render(diagnostics, colour=_coloured(err)) + "\n", err=err, color=_coloured(err))


def print_error(error: IntercomIacError) -> None:
    """An error that ends the program, on standard error."""
    if isinstance(error, (InvalidSpecs, PlanError)) and error.diagnostics:
        print_diagnostics(error.diagnostics)
        if isinstance(error, InvalidSpecs):
            echo(counted(error.diagnostics), err=True)
        return
    code = error.code if isinstance(error, WorkspaceError) else None
    from intercom_iac.reporting import error_text

    echo(error_text(error, code), err=True)


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    parts: list[str] = []
    for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "remark")):
        count = sum(each.severity == severity for each in diagnostics)
        if count:
            parts.append(plural(count, noun))
    return ", ".join(parts)


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _coloured(err: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    stream = sys.stderr if err else sys.stdout
    if forced := os.environ.get("FORCE_COLOR"):
        return forced != "0"
    return stream.isatty() and os.environ.get("TERM") != "dumb"
