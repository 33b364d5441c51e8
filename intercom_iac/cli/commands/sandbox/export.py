"""`sandbox export`: the people of the embedded workspace in files."""

from __future__ import annotations

from pathlib import Path

import click

from ...console import echo
from ...options import examples
from ...sandbox_options import SandboxOptions, sandbox_options


@click.command(epilog=examples("sandbox export", "sandbox export --into people"))
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where the files go (default: here).",
)
@sandbox_options
def export_command(folder: Path, sandbox: SandboxOptions) -> None:
    """Write contacts.ndjson, companies.ndjson, events.ndjson and tags.json, for `segment preview` and `rule eval`.

    They hold what calls of the API answer: no archived contacts, companies that have people, events of the last 90
    days, and the names of the tags, of which contacts tell the ids. The contact that registers events is left out.
    Files of those names are replaced.
    """
    from intercom_iac.application import export_people

    for file in export_people(sandbox.file(), folder):
        echo(f"wrote {file.path}: {file.count:,} {file.kind}")
