"""`breaking`: what the changes of the specs break, against a revision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ..against import against_options, report_against
from ..console import echo, print_diagnostics, print_json
from ..findings import FINDING_FORMATS, print_findings
from ..options import examples, format_option, project_option

if TYPE_CHECKING:
    from intercom_iac.project import Against


@click.command(
    epilog=examples(
        "breaking --against origin/main",
        "breaking --against v1.2.0 --format markdown > comment.md",
        "breaking --against-folder ../released-specs",
    )
)
@against_options(required=True)
@project_option
@format_option("text", "json", "markdown", *FINDING_FORMATS)
def breaking(against: Against, today: date | None, project: str | None, output: str) -> int:
    """Classify every change of the specs since a revision: breaking, risky or safe.

    Exits with 1 when a change is breaking and not accepted, when an acceptance has expired, or when the release
    is too small a step; with 3 when the specs are wrong, or those of the revision cannot be read.
    """
    from intercom_iac.breaking import encode_report
    from intercom_iac.diagnostics import InvalidSpecs

    from ..loading import project_of, schemas_of

    try:
        found = project_of(project)
        report = report_against(found, schemas_of(found), against, today)
    except InvalidSpecs as error:
        if output not in FINDING_FORMATS:
            raise
        # What is wrong with the specs is a finding like any other, as in `check`. A wrong argument is none: there is
        # nothing to report of, and standard error says so.
        print_findings(error.diagnostics, output, command="breaking", project=project, files=())
        return error.exit_code
    if output == "json":
        print_json(encode_report(report))
    elif output == "markdown":
        from intercom_iac.reporting import breaking_markdown

        echo(breaking_markdown(report), nl=False)
    elif output == "text":
        from intercom_iac.reporting import breaking_summary, breaking_text

        echo(f"{breaking_text(report)}\n")
        print_diagnostics(report.diagnostics, err=False)
        echo(breaking_summary(report))
    else:
        print_findings(report.findings, output, command="breaking", project=project, files=())
    return 1 if report.failed else 0
