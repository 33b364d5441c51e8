"""The fixes of diagnostics, made in the files of a project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from intercom_iac.project import check_owner, locate_project_file
from intercom_iac.specs.fixing import Fixed, FixedFile
from intercom_iac.specs.fixing_files import fix_project

from .edited_files import write_project_files


def fix_specs(
    start: Path,
    *,
    project: Path | None = None,
    unsafe: bool = False,
    today: date | None = None,
    environment: Mapping[str, str] = os.environ,
) -> tuple[Path, Fixed]:
    """The folder of the project, and what its fixes come to; nothing is written.

    The project is that of a folder or of a folder above it; `project` names its file or folder instead. Its file may
    be among what is fixed, so there is no session yet. With `unsafe` the fixes that are guesses are made too. Rules
    are proved from `today` on, None for the present day. Raises `Misuse` where a project that nobody named holds a
    file of somebody else.
    """
    path = locate_project_file(start, project)
    root = path.parent
    if project is None:
        # Nobody named this project: what somebody else put there is neither read nor written.
        check_owner((root, path), root, environment)
    fixed = fix_project(
        path, environment, unsafe=unsafe, day_in=lambda zone: today or datetime.now(zone).date()
    )
    if project is None:
        changed = [root / file.path for file in fixed.files]
        check_owner((*changed, *(file.parent for file in changed)), root, environment)
    return root, fixed


def write_fixed_files(root: Path, files: Iterable[FixedFile]) -> None:
    """Writes files of the project as an edit leaves them, all of them or none; byte-order marks stay.

    Raises `Misuse` where one is no longer the one that was edited.
    """
    edited = tuple(files)
    write_project_files(
        root, {file.path: file.after for file in edited}, {file.path: file.before for file in edited}
    )
