"""What `usages` found, in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import count_by_severity, echo, plural, print_json
from .diagnostic_formats import print_findings
from .options import ProjectOptions

if TYPE_CHECKING:
    from intercom_iac.usages import UsageReport


def print_usages(report: UsageReport, output: str, project: ProjectOptions) -> None:
    """The report. For other programs than those that read JSON, what code does right is no finding."""
    if output == "json":
        from intercom_iac.usages import encode_usages

        print_json(encode_usages(report))
    elif output == "text":
        from intercom_iac.reporting import usages_text

        text = usages_text(report)
        if text:
            echo(text)
        echo(_summary(report))
    else:
        files = tuple(dict.fromkeys(use.span.file.path for use in report.uses))
        print_findings(report.findings, output, command="usages", project=project, files=files)


def _summary(report: UsageReport) -> str:
    names = len({use.address for use in report.uses})
    uses = f"{plural(len(report.uses), 'use')} of {plural(names, 'name')} in {plural(report.files, 'file')}"
    return f"{uses}: {count_by_severity(report.findings) or 'nothing wrong'}"
