"""A sync as it is asked for: one run, a saved plan, a retry, or a run every so many seconds."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import print_error
from .progress_bars import ProgressBars, progress_bars
from .sync_console import SyncConsole
from .termination import termination_as_interrupt

if TYPE_CHECKING:
    from intercom_iac.application import SyncReport, SyncRequest

    from .options import ProjectOptions
    from .sync_options import SyncChoices


def run_sync(project: ProjectOptions, request: SyncRequest, choices: SyncChoices, output: str) -> int:
    """Runs it, prints it, and gives the exit code."""
    _refuse_combinations(request, choices)
    with termination_as_interrupt():
        if choices.watch is None:
            report, code = _run_once(project, request, choices, output)
            if report is not None and choices.out is not None:
                import shlex

                saved = shlex.quote(str(choices.out))
                click.echo(f"saved the plan: intercom-iac sync --plan {saved}", err=True)
            return code
        return _run_again_and_again(project, request, choices, output, choices.watch)


def _run_once(
    project: ProjectOptions, request: SyncRequest, choices: SyncChoices, output: str
) -> tuple[SyncReport | None, int]:
    session = project.session
    parallelism = choices.parallelism
    with progress_bars() as progress:
        console = _console(choices, output, progress)
        if choices.plan is not None:
            from intercom_iac.application import sync_saved

            report = sync_saved(
                session, console, choices.plan, request, dry_run=choices.dry_run, parallelism=parallelism
            )
        elif choices.retry is not None:
            from intercom_iac.application import retry_sync

            report = retry_sync(
                session,
                console,
                choices.retry,
                request,
                dry_run=choices.dry_run,
                approved=choices.auto_approve,
                parallelism=parallelism,
            )
        elif choices.replace is not None:
            from intercom_iac.application import sync_replacement

            report = sync_replacement(
                session,
                console,
                choices.replace,
                request,
                dry_run=choices.dry_run,
                approved=choices.auto_approve,
                out=choices.out,
                parallelism=parallelism,
            )
        else:
            from intercom_iac.application import sync

            report = sync(
                session,
                console,
                request,
                here=Path.cwd(),
                dry_run=choices.dry_run,
                approved=choices.auto_approve,
                out=choices.out,
                parallelism=parallelism,
            )
    return report, console.finish(report, detailed_exitcode=choices.detailed_exitcode)


def _run_again_and_again(
    project: ProjectOptions, request: SyncRequest, choices: SyncChoices, output: str, period: int
) -> int:
    from intercom_iac.application import refuse_protected, repeat

    if not choices.dry_run:
        # No later round could write either.
        refuse_protected(project.session)

    def run() -> bool:
        # The project file and the specs of each round are those that are there by then.
        report, _ = _run_once(replace(project), request, choices, output)
        return report is not None and report.outcome is not None and report.outcome.interrupted

    try:
        repeat(run, period, on_error=print_error, clock=time.monotonic, wait=time.sleep)
    except KeyboardInterrupt:
        click.echo("stopped: no further round", err=True)
    return 0


def _console(choices: SyncChoices, output: str, progress: ProgressBars | None) -> SyncConsole:
    is_asked = not (
        choices.dry_run or choices.auto_approve or choices.out is not None or choices.plan is not None
    )
    return SyncConsole(
        output,
        show_values=choices.show_values,
        asks=is_asked,
        on_lines=choices.watch is not None,
        progress=progress,
    )


def _refuse_combinations(request: SyncRequest, choices: SyncChoices) -> None:
    """Raises `Misuse` for options that say two things at once."""
    from intercom_iac.diagnostics import Misuse

    instead = {"--plan": choices.plan, "--retry": choices.retry, "--replace": choices.replace}
    given = [name for name, value in instead.items() if value is not None]
    if len(given) > 1:
        raise Misuse(f"`{given[0]}` and `{given[1]}` each say what is to be written", hint="pass one of them")
    if given and (request.source is not None or (request.record is not None and given != ["--replace"])):
        raise Misuse(
            f"`{given[0]}` says what is to be written, and so does a source", hint="leave one of them out"
        )
    if choices.out is not None and ((given and given != ["--replace"]) or choices.dry_run):
        other = given[0] if given else "--dry-run"
        raise Misuse(
            f"`--out` saves a plan that is made now, and `{other}` is given", hint="leave one of them out"
        )
    if choices.watch is None:
        return
    if given or choices.out is not None:
        raise Misuse(
            f"`--watch` plans anew each time, and `{given[0] if given else '--out'}` is one plan",
            hint="leave one of them out",
        )
    if not (choices.auto_approve or choices.dry_run):
        raise Misuse("nobody is asked by `--watch`", hint="pass --auto-approve, or --dry-run to look only")
