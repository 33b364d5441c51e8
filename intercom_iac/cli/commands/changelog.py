"""`changelog`: the changes of the specs since a revision, for people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ..against import against_options, report_against
from ..console import echo, print_diagnostics, print_json
from ..options import examples, for_machines, project_option

if TYPE_CHECKING:
    from intercom_iac.project import Against


@click.command(
    epilog=examples(
        "changelog --against v1.2.0", "changelog --against origin/main --format json > changes.json"
    )
)
@against_options(required=True)
@project_option
@click.option(
    "--format",
    "output",
    type=click.Choice(("markdown", "json")),
    callback=for_machines,
    default="markdown",
    show_default=True,
    help="How to print it.",
)
def changelog(against: Against, today: date | None, project: str | None, output: str) -> None:
    """Write what changed in the specs since a revision, as a section of a changelog."""
    from intercom_iac.diagnostics.codes.breaking import revisions
    from intercom_iac.reporting import changelog_json, changelog_markdown

    from ..loading import project_of, schemas_of

    found = project_of(project)
    report = report_against(found, schemas_of(found), against, today)
    # Of acceptances and of the release `breaking` speaks; here they would stand in the way.
    of_the_base = {code.id for code in (revisions.MOVED_ALREADY, revisions.PARTIAL, revisions.NOT_THERE_YET)}
    print_diagnostics([diagnostic for diagnostic in report.diagnostics if diagnostic.code in of_the_base])
    if output == "json":
        print_json(changelog_json(report))
    else:
        echo(changelog_markdown(report), nl=False)
