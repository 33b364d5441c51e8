"""The files of a new project: with a sample of specs, or for a workspace that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.project import PROJECT_FILE
from intercom_iac.specs import ScaffoldWorkspace, scaffold

from .files import make_folder, write_atomically
from .live import open_live
from .notices import Notify, ignore_notice
from .session import Session


def start_project(folder: Path, workspace: ScaffoldWorkspace | None = None) -> Iterator[Path]:
    """Writes the files that a new project lacks, one after the other, and gives the path of each.

    Files that exist are left as they are, and where there is a project or specs, no sample is added; nor for a
    `workspace`, which is then the project's.
    """
    for path, content in scaffold(folder, workspace).items():
        make_folder(path.parent)
        write_atomically(path, content)
        yield path


def workspace_to_start(
    folder: Path, reached: Session, name: str | None, notify: Notify = ignore_notice
) -> ScaffoldWorkspace:
    """The workspace of a session, as the file of a new project in a folder names it: with the id that it tells.

    `name` is None for `sandbox` or `production`. Raises `Misuse` where the folder has a project, and
    `WorkspaceError`.
    """
    if os.path.lexists(folder / PROJECT_FILE):
        raise Misuse(
            f"`{folder / PROJECT_FILE}` is there already, and names its workspaces",
            hint="leave out --region, --base-url and --sandbox, and name one of them with -w",
        )
    with open_live(reached, parallelism=1, notify=notify) as live:
        app_id = live.identity().app_id
    given = reached.workspace.settings
    settings: dict[str, str] = {}
    if given.sandbox is not None:
        settings["sandbox"] = _path_from(folder, Path(given.sandbox))
        return ScaffoldWorkspace(name=name or "sandbox", settings=settings)
    addresses: Mapping[str, str | None] = {
        "region": given.region,
        "base_url": given.base_url,
        "allow_host": given.allow_host,
        "app_id": app_id,
        "token_env": given.token_env,
    }
    settings |= {key: value for key, value in addresses.items() if value is not None}
    return ScaffoldWorkspace(name=name or "production", settings=settings)


def _path_from(folder: Path, path: Path) -> str:
    """A path as the project file of a folder names it: relative where it is in the folder."""
    root, file = folder.resolve(), path.resolve()
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
