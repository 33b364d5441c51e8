"""`check --fix`: the files as the fixes of the findings leave them, written or shown as a diff."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .console import echo

if TYPE_CHECKING:
    from intercom_iac.specs.fixing import Fixed

F = TypeVar("F", bound=Callable[..., Any])

_MARK = b"\xef\xbb\xbf"


def fix_options(command: F) -> F:
    """The options of a command that applies fixes, passed on as `fix`, `unsafe_fixes` and `diff`."""
    for option in (
        click.option("--diff", is_flag=True, help="Write nothing; print what the fixes would change."),
        click.option(
            "--unsafe-fixes", is_flag=True, help="With --fix or --diff: the fixes that are guesses, too."
        ),
        click.option("--fix", is_flag=True, help="Apply the safe fixes to the files, then check."),
    ):
        command = option(command)
    return command


def apply_fixes(project: str | None, output: str, *, fix: bool, unsafe: bool, diff: bool) -> int | None:
    """With `fix` applies the fixes to the files of the project; with `diff` prints what would change instead.

    Returns the exit code of a diff: 3 where errors would be left, 1 where a file would change, else 0; None where the
    command goes on. Says on standard error how many fixes there are.
    """
    if unsafe and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if diff and output != "text":
        raise click.UsageError("--diff has a format of its own")
    if not (fix or diff):
        return None
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.project import check_owner, locate_project_file
    from intercom_iac.specs.fixing_files import fix_project
    from intercom_iac.text import printable

    from .files import write_whole

    path = locate_project_file(Path.cwd(), None if project is None else Path(project))
    if project is None:
        # Nobody named this project, and what somebody else put there is neither read nor written.
        check_owner((path.parent, path), path.parent, os.environ)
    fixed = fix_project(path, os.environ, unsafe=unsafe)
    if project is None:
        changed = [path.parent / file.path for file in fixed.files]
        check_owner((*changed, *(file.parent for file in changed)), path.parent, os.environ)
    for file in fixed.files:
        content = (path.parent / file.path).read_bytes()
        marks = _byte_order_marks(content)
        if diff:
            before, after = (f"{marks.decode()}{text}" for text in (file.before, file.after))
            echo(unified_diff(file.path, before, after), nl=False, exact=True)
        else:
            if content != marks + file.before.encode():
                raise Misuse(f"`{file.path}` changed while it was fixed", hint="run it again")
            write_whole(path.parent / file.path, marks + file.after.encode())
            echo(f"fixed {printable(file.path)}", err=True)
    echo(_summary(fixed, diff=diff), err=True)
    if not diff:
        return None
    if any(diagnostic.is_error for diagnostic in fixed.diagnostics):
        return 3
    return 1 if fixed.files else 0


def _summary(fixed: Fixed, *, diff: bool) -> str:
    count = "1 fix" if fixed.applied == 1 else f"{fixed.applied} fixes"
    done = f"{count} would be applied" if diff else f"{count} applied"
    if not fixed.unsafe:
        return done
    are = "1 fix is" if fixed.unsafe == 1 else f"{fixed.unsafe} fixes are"
    return f"{done}; {are} available with --unsafe-fixes"


def unified_diff(path: str, before: str, after: str) -> str:
    """The change of a file as `diff -u` has it, line ends and byte-order marks as they are."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """The lines with their ends, which are where editors see them."""
    return re.split(r"(?<=\n)(?!$)", text) if text else []


def _byte_order_marks(content: bytes) -> bytes:
    """Those that a file begins with, which are no part of its text."""
    at = 0
    while content.startswith(_MARK, at):
        at += len(_MARK)
    return content[:at]
