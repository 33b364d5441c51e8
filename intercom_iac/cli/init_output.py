"""`init --from-workspace`: a project for a workspace, with specs for what it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .console import echo
from .survey_progress import survey_progress
from .workspace_options import WorkspaceOptions

PEOPLE = 1_000
"""How many contacts are looked at for events."""


def start_from_workspace(folder: Path, source: WorkspaceOptions) -> Iterator[Path]:
    """Writes the files that the project lacks, then the specs, and gives the path of each.

    In a folder that has a project, that one is used, with `-w`. What the import has no place for is printed on
    standard error.
    """
    from intercom_iac.application import (
        ImportRequest,
        import_workspace,
        open_session,
        start_project,
        workspace_to_start,
        write_import,
    )
    from intercom_iac.project import PROJECT_FILE
    from intercom_iac.reporting import import_text

    name = source.project.workspace
    with survey_progress() as notify:
        if not (folder / PROJECT_FILE).exists() or source.is_named:
            reached = source.open_without_project()
            yield from start_project(folder, workspace_to_start(folder, reached, name, notify))
        session = open_session(folder, project=folder, workspace=name)
        imported = import_workspace(session, ImportRequest(), people=PEOPLE, notify=notify)
    yield from (folder / path for path in write_import(session, imported))
    echo(import_text(imported, dry_run=False), nl=False, err=True)
