"""What the commands share of printing: diagnostics, errors and JSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TextIO

import click

from intercom_iac.diagnostics import (
    Diagnostic,
    IntercomIacError,
    InvalidSpecs,
    PlanError,
)
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import is_plain, json_text, printable

# A style, which stays, or a character that steers a terminal: C0 but for tabs and line ends, DEL, C1, and the marks
# that turn the direction of what follows or have no width.
_STEERING = lazy_pattern(
    "(\x1b\\[[0-9;]*m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
# What GitHub's runner takes for a command in a log: `::` where a line begins, and `##[` anywhere.
_RUNNER_COMMANDS = lazy_pattern(r"(?m)(^(?:\x1b\[[0-9;]*m|[^\S\n])*(?=::)|(?=##\[))([:#])")

_line_open = False
"""Whether the last of what was printed did not end its line."""


def print_json(data: Any) -> None:
    """Plain data on standard output, indented, in its own order."""
    echo(json_text(data))


def echo(
    text: str, *, err: bool = False, nl: bool = True, commands: bool = False, exact: bool = False
) -> None:
    """Styled text; the styles go where the stream is no terminal or a dumb one, or NO_COLOR is set.

    Nothing but styles and line ends gets through to steer a terminal, whatever the text holds; nor, on GitHub's
    machines, anything that reads as a command to them, unless these are `commands`. What is for another program is
    `exact`: it is changed for terminals only.
    """
    if (not exact or _is_terminal(err)) and not is_plain(text):
        text = _STEERING.sub(lambda found: found[1] or printable(found[0]), text)
    if os.environ.get("GITHUB_ACTIONS") and not commands:
        text = _RUNNER_COMMANDS.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04x}", text)
    global _line_open
    _line_open = not nl and not text.endswith("\n")
    click.echo(text, err=err, nl=nl, color=_uses_colour(err))


def print_meanwhile(text: str) -> None:
    """A line on standard error while something else is under way, by whichever thread; never stops it."""
    with suppress(OSError, ValueError):
        # The progress of an apply leaves a line open while a change is made.
        echo(f" {text}" if _line_open else text, err=True)


def drop_unwritable_output() -> None:
    """Where what is still buffered cannot be written, nobody hears of it: Python would complain at the very end."""
    for stream in _open_streams():
        try:
            stream.flush()
        except OSError:
            _silence(stream)


def screen_size() -> tuple[int, int]:
    """Columns and lines of the terminal, but for those of the prompt; of a page, where standard output is none."""
    if not _is_terminal(False):
        return 100, 50
    # Here, since with it come the formats of archives.
    import shutil

    size = shutil.get_terminal_size((100, 50))
    return max(size.columns, 60), max(size.lines, 24) - 3


def silence_stdout() -> None:
    """Whoever read standard output has gone: what is still buffered must not complain at the end."""
    _silence(sys.stdout)


def _open_streams() -> list[TextIO]:
    streams: tuple[TextIO | None, ...] = (sys.stdout, sys.stderr)
    return [stream for stream in streams if stream is not None]


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def print_diagnostics(diagnostics: Sequence[Diagnostic], *, err: bool = True) -> None:
    """The diagnostics with their source lines; nothing for none."""
    from intercom_iac.reporting import diagnostics_text

    if diagnostics:
        echo(diagnostics_text(diagnostics, styled=_uses_colour(err)) + "\n", err=err)


def print_error(error: IntercomIacError) -> None:
    """An error that ends the program, on standard error."""
    if isinstance(error, (InvalidSpecs, PlanError)) and error.diagnostics:
        print_diagnostics(error.diagnostics)
        if isinstance(error, InvalidSpecs):
            echo(count_by_severity(error.diagnostics), err=True)
        return
    from intercom_iac.reporting import error_text

    echo(error_text(error), err=True)


def count_by_severity(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    parts: list[str] = []
    for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "remark")):
        count = sum(diagnostic.severity == severity for diagnostic in diagnostics)
        if count:
            parts.append(plural(count, noun))
    return ", ".join(parts)


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _uses_colour(err: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced != "0"
    return _is_terminal(err) and os.environ.get("TERM") != "dumb"


def _is_terminal(err: bool) -> bool:
    """Whether a stream is one; it is None where the program was started with the stream closed."""
    stream: TextIO | None = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()
