"""What `breaking` found, in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import echo, print_diagnostics, print_json
from .diagnostic_formats import print_findings
from .options import ProjectOptions

if TYPE_CHECKING:
    from intercom_iac.breaking import Report


_EXCEEDS_LIMITS = 6


def print_report(report: Report, output: str, project: ProjectOptions) -> int:
    """The changes since a revision, and what is wrong around them; gives the exit code."""
    if output == "json":
        from intercom_iac.breaking import encode_report

        print_json(encode_report(report))
    elif output == "markdown":
        from intercom_iac.reporting import breaking_markdown

        echo(breaking_markdown(report), nl=False)
    elif output == "text":
        from intercom_iac.reporting import breaking_summary, breaking_text

        echo(f"{breaking_text(report)}\n")
        print_diagnostics(report.other_findings, err=False)
        echo(breaking_summary(report))
    else:
        print_findings(report.findings, output, command="breaking", project=project)
    return _EXCEEDS_LIMITS if report.exceeds_limits else int(report.failed)
