"""`init`: the files of a new project."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ..console import echo
from ..options import examples


@click.command(epilog=examples("init", "init crm-schema"))
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
def init_command(folder: Path) -> None:
    """Start a project in FOLDER that passes `check` and plans on the embedded workspace.

    Files that exist are left as they are, and where there is a project or specs, no sample is added.
    """
    from intercom_iac.application import start_project

    written = False
    for path in start_project(folder):
        written = True
        echo(f"wrote {path}")
    if not written:
        echo("nothing to write: the files are there already")
    enter = "" if folder == Path() else f"cd {shlex.quote(str(folder))}; "
    echo(f"next: {enter}intercom-iac check; intercom-iac plan", err=True)
