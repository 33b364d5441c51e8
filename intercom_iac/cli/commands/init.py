"""`init`: the files of a new project."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ..console import echo
from ..options import examples


@click.command(epilog=examples("init", "init crm-schema"))
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Start a project in FOLDER that passes `check` and plans on the embedded workspace.

    Files that exist are left as they are, and where there is a project or specs, no sample is added.
    """
    from intercom_iac.specs import scaffold

    from ..files import make_folder, write_whole

    lacking = scaffold(folder)
    for path, content in lacking.items():
        make_folder(path.parent)
        write_whole(path, content)
        echo(f"wrote {path}")
    if not lacking:
        echo("nothing to write: the files are there already")
    where = "" if folder == Path() else f"cd {shlex.quote(str(folder))}; "
    echo(f"next: {where}intercom-iac check; intercom-iac plan", err=True)
