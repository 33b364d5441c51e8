"""A check of records on standard output, in the format asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .console import echo, print_json
from .progress_bars import progress_bars
from .termination import termination_as_interrupt

if TYPE_CHECKING:
    from intercom_iac.application import PayloadRequest
    from intercom_iac.payloads import PayloadReport, Violation

    from .options import ProjectOptions


def print_payload_check(project: ProjectOptions, request: PayloadRequest, output: str) -> int:
    """Checks records, prints what is found, and gives the exit code."""
    from intercom_iac.application import check_payloads, errors_file
    from intercom_iac.reporting import payload_summary

    on_violation = _print_line if output == "ndjson" else None
    with termination_as_interrupt(), progress_bars() as progress:
        report = check_payloads(project.session, request, on_violation=on_violation, progress=progress)
    _print_report(report, output)
    if output != "text":
        echo(payload_summary(report), err=True)
    if request.quarantine is not None:
        echo(
            f"{report.invalid:,} invalid in `{request.quarantine}`, "
            f"what is wrong with them in `{errors_file(request.quarantine)}`",
            err=True,
        )
    return 1 if report.invalid else 0


def _print_report(report: PayloadReport, output: str) -> None:
    if output == "json":
        from intercom_iac.payloads import encode_payload_report

        print_json(encode_payload_report(report))
    elif output == "text":
        from intercom_iac.reporting import payload_text

        echo(payload_text(report), nl=False)


def _print_line(violation: Violation) -> None:
    from intercom_iac.payloads import encode_violation

    echo(json.dumps(encode_violation(violation), ensure_ascii=False))
