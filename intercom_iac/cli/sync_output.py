"""A sync as it is asked for: one run, a saved plan, a retry, or a run every so many seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .progress_bars import progress_bars
from .sync_console import SyncConsole

if TYPE_CHECKING:
    from intercom_iac.application import SyncRequest

    from .options import ProjectOptions
    from .sync_options import SyncChoices


def run_sync(project: ProjectOptions, request: SyncRequest, choices: SyncChoices, output: str) -> int:
    """Runs it, prints it, and gives the exit code."""
    from intercom_iac.application import sync

    with progress_bars() as progress:
        console = make_console(choices, output, progress)
        report = sync(
            project.session,
            console,
            request,
            here=Path.cwd(),
            dry_run=choices.dry_run,
            approved=choices.auto_approve,
            out=choices.out,
            parallelism=choices.parallelism,
        )
    return console.finish(report, detailed_exitcode=choices.detailed_exitcode)


def make_console(
    choices: SyncChoices, output: str, progress: Callable[[str, float], None] | None
) -> SyncConsole:
    saves_or_shows = choices.dry_run or choices.out is not None or choices.plan is not None
    return SyncConsole(
        output,
        show_values=choices.show_values,
        asks=not (saves_or_shows or choices.auto_approve),
        progress=progress,
    )
