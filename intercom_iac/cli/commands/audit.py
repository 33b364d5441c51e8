"""`audit`: what a workspace has and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..audit_output import print_audit
from ..options import WholeNumber, examples, format_option
from ..survey_progress import survey_progress
from ..workspace_options import WorkspaceOptions, any_workspace_options

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Severity


@click.command(
    epilog=examples(
        "audit -w production",
        "audit --region eu --format html > audit.html",
        "audit --sample 5000 --format json",
        "audit -w production --usages usages.json --fail-on error",
    )
)
@any_workspace_options
@click.option(
    "--sample",
    metavar="N",
    type=WholeNumber(0, 100_000),
    default=1_000,
    show_default=True,
    help="How many contacts to look at, those seen last; of companies at most 300.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info")),
    help="Exit 1 where something is found of this level, or worse.",
)
@click.option(
    "--usages", metavar="FILE", type=click.Path(path_type=Path), help="What `usages --format json` printed."
)
@format_option("text", "json", "markdown", "html")
def audit_command(
    source: WorkspaceOptions, sample: int, fail_on: Severity | None, usages: Path | None, output: str
) -> int:
    """Say what a workspace has and what is wrong with it, and change nothing. Needs no specs.

    A token that only reads is enough. It is read from INTERCOM_TOKEN where there is no project. Values of people are
    counted, and shown masked. With `--usages`, what neither code nor rules of the specs use is an archive candidate.
    """
    from intercom_iac.application import audit

    session, of_project = source.open()
    with survey_progress() as notify:
        found = audit(session, sample, with_specs=of_project, usages=usages, notify=notify)
    print_audit(found, output)
    return 1 if fail_on is not None and found.reaches(fail_on) else 0
