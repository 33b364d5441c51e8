"""`apply`: does what a plan says."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from ..console import echo, print_json, silence_stdout
from ..options import (
    examples,
    format_option,
    max_age_option,
    parallelism_option,
    project_option,
    target_option,
    workspace_option,
)

if TYPE_CHECKING:
    from intercom_iac.applying import Outcome
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.planning import Base, Change, Plan
    from intercom_iac.project import Project
    from intercom_iac.workspace import Workspace

    from .plan import Specs


@click.command(
    epilog=examples(
        "apply",
        "apply plan.json --max-age 24h",
        "apply -w staging --auto-approve",
        "apply --allow-destructive",
    )
)
@click.argument("planfile", required=False, type=click.Path(path_type=Path))
@workspace_option
@target_option
@click.option("--auto-approve", is_flag=True, help="Do not ask; a saved plan is never asked about.")
@click.option("--allow-destructive", is_flag=True, help="Let the plan archive and delete.")
@max_age_option
@parallelism_option
@project_option
@format_option("text", "json")
def apply(
    planfile: Path | None,
    workspace: str | None,
    targets: tuple[str, ...],
    auto_approve: bool,
    allow_destructive: bool,
    max_age: timedelta | None,
    parallelism: int,
    project: str | None,
    output: str,
) -> int:
    """Do what the plan in PLANFILE says, or plan now and do that.

    Changes that do not need each other are made at once. Stops at the first that fails, when those under way
    have ended, and says what was done, what failed and what was not tried. A saved plan is refused (exit 6)
    unless the specs and the workspace give just that plan now.
    """
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.planning import refuse_if_older, refuse_if_unsafe

    from ..journal import in_turn
    from ..loading import loaded_schema, project_of, workspace_of

    found = project_of(project)
    saved = None if planfile is None else _saved(planfile, workspace, targets)
    name = workspace if saved is None else saved.workspace.name
    if max_age is not None:
        if saved is None:
            raise Misuse(
                "`--max-age` is of a saved plan, and none is given", hint="apply PLANFILE --max-age AGE"
            )
        refuse_if_older(saved, max_age, datetime.now(UTC))
    if saved is None and output == "json" and not auto_approve:
        raise Misuse("nobody can be asked where machines read", hint="pass --auto-approve, or a saved plan")
    with workspace_of(found, name, parallelism) as live:
        if saved is None:
            planned = partial(_planned, found, name, live, targets, _specs(found, name, targets))
            read = partial(planned, shown=output == "text")
        else:
            planned = read = partial(_still_holding, found, saved, live, loaded_schema(found, name))
        # What the plan rests on is read while no other apply changes it.
        with in_turn(found, live) as journal:
            made = read()
            refuse_if_unsafe(
                made,
                allow_destructive=allow_destructive,
                max_archive_percent=found.settings.safety.max_archive_percent,
            )
            if made.calls:
                live.allow_writes()
                _say_which(found, name, live)
                if saved is None and not auto_approve:
                    if not _approved(made):
                        click.echo("not approved: nothing was changed", err=True)
                        return 1
                    # Whoever was asked took a while, and others had the workspace meanwhile.
                    made = _as_shown(made, planned())
            outcome = _carried_out(made, live, journal, parallelism, output)
    for failure in outcome.failures:
        if failure.bug is not None:
            raise failure.bug
    if outcome.failed is not None:
        return outcome.failed.error.exit_code
    return 0 if outcome.complete else 1


def _say_which(project: Project, name: str | None, live: Workspace) -> None:
    """Which workspace is about to be written to, and why it is the right one; the embedded one is nobody's."""
    from intercom_iac.text import printable

    from ..loading import settings_of

    chosen, settings = settings_of(project, name)
    if settings.sandbox is not None:
        return
    found = live.identity()
    why = f"as `app_id` of `{chosen}` says" if settings.app_id else "on this machine"
    echo(f"writing to the workspace {printable(f'{found.app_id} ({found.name})')}, {why}", err=True)


def _carried_out(made: Plan, live: Workspace, path: Path, parallelism: int, output: str) -> Outcome:
    """Makes the changes and tells the outcome; the journal goes when it is told."""
    from intercom_iac.applying import Journal, remove_journal
    from intercom_iac.applying import apply as apply_plan
    from intercom_iac.reporting import outcome_json, outcome_text

    progress = _Lines(err=output != "text")
    with _stopping() as stop, Journal(path, made) if made.calls else nullcontext() as journal:
        outcome = apply_plan(
            made, live, progress, journal=journal, parallelism=parallelism, should_stop=stop.is_set
        )
        if output == "json":
            print_json(outcome_json(outcome))
        else:
            progress.say(outcome_text(outcome))
    if journal is None:
        remove_journal(path)
    return outcome


def _saved(planfile: Path, workspace: str | None, targets: tuple[str, ...]) -> Plan:
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.planning import decode

    from ..files import read_bytes

    made = decode(read_bytes(planfile), str(planfile))
    if workspace is not None and workspace != made.workspace.name:
        raise Misuse(f"the plan is for `{made.workspace.name}`, not for `{workspace}`", hint="leave -w out")
    if targets:
        raise Misuse("a saved plan is applied whole", hint="make it with `plan --out --target`")
    return made


def _specs(project: Project, name: str | None, targets: tuple[str, ...]) -> Specs:
    """The specs to plan with. Raises `UnsafePlan` for a workspace that takes a saved plan only."""
    from intercom_iac.diagnostics import UnsafePlan
    from intercom_iac.diagnostics.codes import plan as codes

    from ..loading import settings_of
    from .plan import checked_specs

    chosen, settings = settings_of(project, name)
    if settings.protected:
        message = f"`{chosen}` is protected: it takes a saved plan only"
        hint = (
            f"intercom-iac plan -w {shlex.quote(chosen)} --out plan.json, have it reviewed, "
            "intercom-iac apply plan.json"
        )
        raise UnsafePlan(message, diagnostics=[codes.PROTECTED.at(None, message, hint=hint)])
    return checked_specs(project, chosen, targets)


def _planned(
    project: Project,
    name: str | None,
    live: Workspace,
    targets: tuple[str, ...],
    specs: Specs,
    *,
    shown: bool = False,
) -> Plan:
    from intercom_iac.diagnostics import UnsafePlan

    from .plan import make_plan, print_plan

    made = make_plan(project, name, live.snapshot(), targets, specs)
    if shown:
        print_plan(made, "text")
        echo("")
        if made.errors:
            # They stand in the plan just printed: said again they would look like others.
            raise UnsafePlan("the plan cannot be applied for the errors in it: nothing was changed")
    return made


def _still_holding(project: Project, saved: Plan, live: Workspace, specs: Specs) -> Plan:
    """The saved plan. Raises `WrongWorkspace`, and a `PlanError` where the specs and the workspace give another."""
    from intercom_iac.diagnostics import WrongWorkspace
    from intercom_iac.planning import unverifiable_remarks, verify_saved_plan

    from ..loading import addresses_of
    from .plan import make_plan

    identity = live.identity()
    if identity.app_id != saved.workspace.app_id:
        raise WrongWorkspace(
            f"the plan is for the workspace `{saved.workspace.app_id}`, and `{saved.workspace.name}` is "
            f"`{identity.app_id}` now",
            hint="nothing was written; make a new plan",
        )
    snapshot = live.snapshot()
    base = _base_of(project, saved)
    again = make_plan(project, saved.workspace.name, snapshot, saved.targets, specs, base)
    verify_saved_plan(saved, again, snapshot, addresses_of(specs[0]))
    if unverifiable_remarks(saved):
        echo(
            "note: what the plan says of breaking changes was found by `plan --against`, and is not compared again: "
            "nothing is done for it",
            err=True,
        )
    return saved


def _base_of(project: Project, saved: Plan) -> Base | None:
    """The earlier specs that a saved plan rests on, if any. Raises `StalePlan` where they cannot be read."""
    from dataclasses import replace

    from intercom_iac.diagnostics import Misuse, StalePlan
    from intercom_iac.diagnostics.codes import plan as codes
    from intercom_iac.project import parse_against

    from ..against import comparison_against
    from ..loading import schemas_of

    if saved.against is None:
        return None
    try:
        _, bases = comparison_against(
            project, schemas_of(project), parse_against(saved.against.revision), None
        )
    except Misuse as error:
        message = f"the plan rests on the specs of `{saved.against.name}`, which cannot be read here: {error}"
        hint = "fetch that commit, or make a new plan without `--against`"
        raise StalePlan(message, diagnostics=[codes.OTHER_SPECS.at(None, message, hint=hint)]) from error
    base = bases.get(saved.workspace.name)
    return base and replace(base, at=saved.against)


def _as_shown(made: Plan, again: Plan) -> Plan:
    """The plan as it is made now. Raises `StalePlan` where it does something else than the one that was shown."""
    from intercom_iac.planning import verify_shown_plan

    verify_shown_plan(made, again)
    return again


def _approved(made: Plan) -> bool:
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.text import printable

    # It is none where it is closed.
    if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        raise Misuse("nobody is there to approve the plan", hint="pass --auto-approve, or a saved plan")
    count = len(made.calls)
    which = "this change" if count == 1 else f"these {count} changes"
    return click.confirm(f"Make {which} in {printable(made.workspace.name)}?")


class _Lines:
    """A line for each change: what is being done, then how it ended.

    Whoever reads may go away in the middle (`apply | head`), and the disk of a file be full: the apply goes on, and
    the rest is said on standard error.
    """

    def __init__(self, *, err: bool) -> None:
        self._err = err

    def say(self, text: str, *, end: str = "\n") -> None:
        try:
            echo(text + end, err=self._err, nl=False)
        except OSError:
            if self._err:
                return
            self._err = True
            silence_stdout()
            self.say(text, end=end)

    def started(self, change: Change, number: int, total: int) -> None:
        from intercom_iac.reporting import started_text

        self.say(started_text(change, number, total), end="")

    def done(self, change: Change, number: int, total: int) -> None:
        self.say(click.style(" done", fg="green"))

    def failed(self, change: Change, error: IntercomIacError) -> None:
        from intercom_iac.diagnostics import ApplyInterrupted

        self.say(click.style(" interrupted" if isinstance(error, ApplyInterrupted) else " failed", fg="red"))


class _Stop:
    """Whether, and how often, the person at the keyboard asked to stop; from the third time on it changes nothing."""

    def __init__(self) -> None:
        self._asked = 0

    def is_set(self) -> bool:
        return self._asked > 0

    def __call__(self, _: int, __: FrameType | None) -> None:
        self._asked += 1
        if self._asked == 1:
            # Not by the stream: the signal may have come in the midst of a write to it.
            with suppress(OSError):
                os.write(2, b" stopping after the changes under way; once more to stop at once\n")
        elif self._asked == 2:
            raise KeyboardInterrupt


@contextmanager
def _stopping() -> Generator[_Stop]:
    """The first Ctrl-C lets the call under way end; the second does not. The outcome is told after either."""
    stop = _Stop()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(each, stop) for each in signals]
    try:
        yield stop
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)
