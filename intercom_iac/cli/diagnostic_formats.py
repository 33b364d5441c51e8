"""Diagnostics in the formats that other programs read, for every command that has findings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .console import count_by_severity, echo

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Diagnostic

    from .options import ProjectOptions

# What `print_findings` knows; commands add those of their own.
FINDING_FORMATS = ("sarif", "github", "gitlab", "junit")


def print_findings(
    diagnostics: Sequence[Diagnostic],
    output: str,
    *,
    command: str,
    project: ProjectOptions,
    files: Sequence[str] = (),
) -> None:
    """The findings on standard output, in one of `FINDING_FORMATS`; how many there are on standard error.

    `files` are those that were looked at, relative to the project as diagnostics are.
    """
    from intercom_iac.reporting import Examined, findings

    examined = Examined(command, path_in_repository(project_folder(project.path)), files)
    echo(findings(diagnostics, output, examined), nl=False, commands=output == "github")
    echo(count_by_severity(diagnostics) or "nothing wrong", err=True)


def project_folder(option: str | None) -> Path:
    """The folder of the project that is meant, whether or not its file can be read; this one where there is none."""
    # Here, since help asks for the formats alone.
    from intercom_iac.project import PROJECT_FILE

    if option is not None:
        return Path(option) if os.path.isdir(option) else Path(option).parent  # noqa: PTH112  never raises
    here = Path.cwd()
    folders = (here, *here.parents)
    return next((folder for folder in folders if os.path.lexists(folder / PROJECT_FILE)), here)


def path_in_repository(folder: Path) -> str:
    """A folder's path from the root of the git repository it is in, else from where the command runs."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100  links stay as they were named
    for root in (folder, *folder.parents):
        if os.path.lexists(root / ".git"):
            return Path(os.path.relpath(folder, root)).as_posix()
    return Path(os.path.relpath(folder)).as_posix()
