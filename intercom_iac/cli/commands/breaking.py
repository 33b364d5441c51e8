"""`breaking`: what the changes of the specs break, against a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from ..breaking_output import print_report
from ..diagnostic_formats import FINDING_FORMATS, print_findings
from ..notices import print_notice
from ..options import ProjectOptions, examples, format_option, project_option
from ..preview_options import people_to_count_options
from ..progress_bars import progress_bars
from ..revision_options import revision_options

if TYPE_CHECKING:
    from intercom_iac.project import BaseReference

    from ..preview_options import PeopleToCount


@click.command(
    epilog=examples(
        "breaking --against origin/main",
        "breaking --against origin/main --contacts contacts.ndjson",
        "breaking --against v1.2.0 --format markdown > comment.md",
        "breaking --against-folder ../released-specs",
    )
)
@revision_options(required=True, day_of="from which on rules are proved")
@people_to_count_options
@project_option
@format_option("text", "json", "markdown", *FINDING_FORMATS)
def breaking_command(
    against: BaseReference, project: ProjectOptions, output: str, **counting: Unpack[PeopleToCount]
) -> int:
    """Classify every change of the specs since a revision: breaking, risky or safe.

    Of a segment whose rule changed it says who enters and who leaves; among people in files or a database, how many.
    Exits with 1 when a change is breaking and not accepted, when an acceptance has expired, or when the release
    is too small a step; with 6 when more people enter and leave a segment than the project allows; with 3 when the
    specs are wrong, or those of the revision cannot be read.
    """
    from intercom_iac.application import report_changes
    from intercom_iac.diagnostics import InvalidSpecs

    try:
        with progress_bars() as progress:
            report = report_changes(
                project.session, against, **counting, notify=print_notice, progress=progress
            )
    except InvalidSpecs as error:
        if output not in FINDING_FORMATS:
            raise
        # What is wrong with the specs is a finding like any other, as in `check`. A wrong argument is none: there is
        # nothing to report of, and standard error says so.
        print_findings(error.diagnostics, output, command="breaking", project=project)
        return error.exit_code
    return print_report(report, output, project)
