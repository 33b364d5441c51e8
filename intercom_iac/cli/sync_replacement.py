"""`sync --replace`: values copied to the attribute that takes the place of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .progress_bars import progress_bars

if TYPE_CHECKING:
    from intercom_iac.application import SyncRequest

    from .options import ProjectOptions
    from .sync_options import SyncChoices


def run_replacement(
    project: ProjectOptions, request: SyncRequest, choices: SyncChoices, new: str, output: str
) -> int:
    """Runs it, prints it, and gives the exit code."""
    from intercom_iac.application import replace_values

    from .sync_output import make_console

    for option, is_given in (
        ("--plan", choices.plan is not None),
        ("--retry", choices.retry is not None),
        ("--watch", choices.watch is not None),
    ):
        if is_given:
            raise click.UsageError(f"{option} does not go with --replace")
    with progress_bars() as progress:
        console = make_console(choices, output, progress)
        report = replace_values(
            project.session,
            console,
            new,
            request,
            dry_run=choices.dry_run,
            approved=choices.auto_approve,
            out=choices.out,
            parallelism=choices.parallelism,
        )
    return console.finish(report, detailed_exitcode=choices.detailed_exitcode)
