"""Compiled rules and segments, in the format asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import echo, print_diagnostics, print_json
from .generate_output import print_changes

if TYPE_CHECKING:
    from intercom_iac.application import Compiled
    from intercom_iac.generating import GeneratedFile


def print_compiled(compiled: Compiled, target: str, output: str) -> None:
    """One that did not fail. SQL is printed to the letter, since it is for another program."""
    if output == "json":
        print_json(compiled.data)
    else:
        echo(compiled.text, exact=target == "sql")


def write_models(folder: Path, files: Sequence[GeneratedFile], output: str) -> None:
    """Writes dbt's files, removes those of segments that are gone, and prints which."""
    from intercom_iac.application import generated_changes, write_generated

    changes = generated_changes(folder, "dbt", files, with_lines=True)
    write_generated(folder, changes)
    if output == "json":
        print_json(
            {
                "files": [file.path for file in files],
                "written": [change.path for change in changes if change.after is not None],
                "removed": [change.path for change in changes if change.after is None],
            }
        )
    else:
        print_changes(folder, changes, check_only=False)


def finish_segments(segments: Mapping[str, Compiled], target: str, output: str) -> int:
    """Those that did not fail, by key, and on standard error what could not be compiled; gives the exit code."""
    from intercom_iac.text import printable

    for compiled in segments.values():
        print_diagnostics(compiled.diagnostics)
    succeeded = {key: compiled for key, compiled in segments.items() if not compiled.failed}
    if output == "json":
        print_json({key: compiled.data for key, compiled in succeeded.items()})
    else:
        for key, compiled in succeeded.items():
            heading = click.style(f"{printable(key)}:", bold=True)
            echo(f"{heading}\n{compiled.text}", exact=target == "sql")
    return 0 if len(succeeded) == len(segments) else 3
