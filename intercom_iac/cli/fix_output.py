"""`check --fix` and `check --diff`: their options, and what the fixes come to."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intercom_iac.lazy_dataclass import dataclass

from .console import echo

if TYPE_CHECKING:
    from intercom_iac.application import Fixed, FixedFile

    from .options import ProjectOptions

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class FixOptions:
    """`--fix`, `--unsafe-fixes` and `--diff`."""

    fix: bool
    unsafe: bool
    diff: bool


def fix_options(command: F) -> F:
    """The options of a command that makes fixes, given to it as `fixes: FixOptions`.

    Refuses those that say nothing together: guesses where nothing is fixed, a diff in another format.
    """

    @wraps(command)
    def with_fixes(*, fix: bool, unsafe_fixes: bool, diff: bool, **options: Any) -> Any:
        if unsafe_fixes and not (fix or diff):
            raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
        if diff and options["output"] != "text":
            raise click.UsageError("--diff has a format of its own")
        return command(fixes=FixOptions(fix, unsafe_fixes, diff), **options)

    decorated: Any = with_fixes
    for option in (
        click.option("--diff", is_flag=True, help="Write nothing; print what the fixes would change."),
        click.option(
            "--unsafe-fixes", is_flag=True, help="With --fix or --diff: the fixes that are guesses, too."
        ),
        click.option("--fix", is_flag=True, help="Apply the safe fixes to the files, then check."),
    ):
        decorated = option(decorated)
    return decorated


def fix_files(project: ProjectOptions, *, unsafe: bool) -> None:
    """Makes the fixes in the files of the project; says on standard error which files, and how many fixes."""
    from intercom_iac.application import fix_specs, write_fixed_files
    from intercom_iac.text import printable

    root, fixed = fix_specs(Path.cwd(), project=project.file, unsafe=unsafe, today=project.today)
    write_fixed_files(root, fixed.files)
    for file in fixed.files:
        echo(f"fixed {printable(file.path)}", err=True)
    echo(_summary(fixed, "applied"), err=True)


def print_fix_diff(project: ProjectOptions, *, unsafe: bool) -> int:
    """Prints what the fixes would change; 3 where errors would be left, 1 where a file would change, else 0."""
    from intercom_iac.application import fix_specs

    root, fixed = fix_specs(Path.cwd(), project=project.file, unsafe=unsafe, today=project.today)
    print_diffs(root, fixed.files)
    echo(_summary(fixed, "would be applied"), err=True)
    if any(diagnostic.is_error for diagnostic in fixed.diagnostics):
        return 3
    return 1 if fixed.files else 0


def print_diffs(root: Path, files: Iterable[FixedFile]) -> None:
    """Prints what would change of the files of a project."""
    for file in files:
        echo(_file_diff(root, file), nl=False, exact=True)


def _summary(fixed: Fixed, what: str) -> str:
    summary = f"{'1 fix' if fixed.applied == 1 else f'{fixed.applied} fixes'} {what}"
    if not fixed.unsafe:
        return summary
    are = "1 fix is" if fixed.unsafe == 1 else f"{fixed.unsafe} fixes are"
    return f"{summary}; {are} available with --unsafe-fixes"


def _file_diff(root: Path, file: FixedFile) -> str:
    from intercom_iac.application import byte_order_marks

    marks = byte_order_marks((root / file.path).read_bytes()).decode()
    return unified_diff(file.path, f"{marks}{file.before}", f"{marks}{file.after}")


def unified_diff(path: str, before: str, after: str) -> str:
    """The change of a file as `diff -u` has it, line ends and byte-order marks as they are."""
    # Here, since `difflib` is needed by few commands.
    from intercom_iac.text.line_diff import unified_diff_lines

    hunks = "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff_lines(_lines(before), _lines(after))
    )
    return f"--- {_header_name(f'a/{path}')}\n+++ {_header_name(f'b/{path}')}\n{hunks}" if hunks else ""


def _header_name(name: str) -> str:
    """A file's name as git writes it: in quotes where it needs escapes, before a tab where it has a space."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return f"{name}\t" if " " in name else name
    escaped = (
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in os.fsencode(name)
    )
    return f'"{"".join(escaped)}"'


def _lines(text: str) -> list[str]:
    """The lines with their ends, which are where editors see them."""
    return re.split(r"(?<=\n)(?!$)", text) if text else []
