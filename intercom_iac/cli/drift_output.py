"""What `drift` found, in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import echo, print_diagnostics, print_json

if TYPE_CHECKING:
    from intercom_iac.drift import Report


def print_drift(report: Report, output: str) -> None:
    """The report; what is wrong around it on standard error."""
    if output == "json":
        from intercom_iac.drift import encode_report

        print_json(encode_report(report))
    elif output == "markdown":
        from intercom_iac.reporting import drift_markdown

        echo(drift_markdown(report), nl=False)
    else:
        from intercom_iac.reporting import drift_text

        echo(drift_text(report))
    print_diagnostics(report.diagnostics)
