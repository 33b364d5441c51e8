"""`breaking`: what the changes of the specs break, against a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..breaking_output import print_report
from ..diagnostic_formats import FINDING_FORMATS, print_findings
from ..options import ProjectOptions, examples, format_option, project_option
from ..revision_options import revision_options

if TYPE_CHECKING:
    from intercom_iac.project import BaseReference


@click.command(
    epilog=examples(
        "breaking --against origin/main",
        "breaking --against v1.2.0 --format markdown > comment.md",
        "breaking --against-folder ../released-specs",
    )
)
@revision_options(required=True)
@project_option
@format_option("text", "json", "markdown", *FINDING_FORMATS)
def breaking_command(against: BaseReference, project: ProjectOptions, output: str) -> int:
    """Classify every change of the specs since a revision: breaking, risky or safe.

    Exits with 1 when a change is breaking and not accepted, when an acceptance has expired, or when the release
    is too small a step; with 3 when the specs are wrong, or those of the revision cannot be read.
    """
    from intercom_iac.application import compare_revisions
    from intercom_iac.diagnostics import InvalidSpecs

    try:
        report = compare_revisions(project.session, against).report
    except InvalidSpecs as error:
        if output not in FINDING_FORMATS:
            raise
        # What is wrong with the specs is a finding like any other, as in `check`. A wrong argument is none: there is
        # nothing to report of, and standard error says so.
        print_findings(error.diagnostics, output, command="breaking", project=project)
        return error.exit_code
    print_report(report, output, project)
    return 1 if report.failed else 0
