"""`changelog`: the changes of the specs since a revision, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..console import echo, print_diagnostics, print_json
from ..options import ProjectOptions, examples, prepare_output, project_option
from ..revision_options import revision_options

if TYPE_CHECKING:
    from intercom_iac.project import BaseReference


@click.command(
    epilog=examples(
        "changelog --against v1.2.0", "changelog --against origin/main --format json > changes.json"
    )
)
@revision_options(required=True)
@project_option
@click.option(
    "--format",
    "output",
    type=click.Choice(("markdown", "json")),
    callback=prepare_output,
    default="markdown",
    show_default=True,
    help="How to print it.",
)
def changelog_command(against: BaseReference, project: ProjectOptions, output: str) -> None:
    """Write what changed in the specs since a revision, as a section of a changelog."""
    from intercom_iac.application import changelog
    from intercom_iac.reporting import changelog_json, changelog_markdown

    changes = changelog(project.session, against)
    print_diagnostics(changes.remarks)
    if output == "json":
        print_json(changelog_json(changes.report))
    else:
        echo(changelog_markdown(changes.report), nl=False)
