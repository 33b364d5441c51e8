"""`init`: the files of a new project."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ..console import echo
from ..init_output import start_from_workspace
from ..options import examples
from ..workspace_options import WorkspaceOptions, any_workspace_options


@click.command(
    epilog=examples(
        "init",
        "init crm-schema",
        "init crm-schema --from-workspace --region eu",
        "init --from-workspace --sandbox workspace.db",
    )
)
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--from-workspace", is_flag=True, help="Write specs for what a workspace has, in place of the sample."
)
@any_workspace_options
def init_command(folder: Path, from_workspace: bool, source: WorkspaceOptions) -> None:
    """Start a project in FOLDER that passes `check` and plans on the embedded workspace.

    Files that exist are left as they are, and where there is a project or specs, no sample is added. With
    `--from-workspace` the project is for the workspace that is named, or that of INTERCOM_TOKEN in the region `us`,
    and its specs are what `import` writes for it.
    """
    from intercom_iac.application import start_project

    written = False
    paths = start_from_workspace(folder, source) if from_workspace else start_project(folder)
    for path in paths:
        written = True
        echo(f"wrote {path}")
    if not written:
        echo("nothing to write: the files are there already")
    enter = "" if folder == Path() else f"cd {shlex.quote(str(folder))}; "
    echo(f"next: {enter}intercom-iac check; intercom-iac plan", err=True)
