"""Does what a plan says: one that is made now, or a saved one that still holds."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from intercom_iac.applying import Journal, Outcome, Progress, remove_journal
from intercom_iac.applying import apply as make_changes
from intercom_iac.diagnostics import Misuse, StalePlan, UnsafePlan, WrongWorkspace
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.planning import (
    Base,
    Plan,
    refuse_if_unsafe,
    unverifiable_remarks,
    verify_saved_plan,
    verify_shown_plan,
)
from intercom_iac.project import BaseReference, parse_against
from intercom_iac.workspace import PARALLELISM, Workspace

from ..addresses import declared_addresses
from ..live import open_live
from ..notices import Notice, UnverifiedRemarks, WritesTo
from ..session import Session
from .abandoned import exclusive_apply
from .planning import PlannedSpecs, checked_specs, make_plan, plan_as_read, read_copies, specs_to_plan


class Overseer(Progress, Protocol):
    """Whoever runs an apply: is shown the plan, approves of it, follows the changes and may stop them."""

    def notify(self, notice: Notice) -> None: ...

    def review(self, plan: Plan) -> None:
        """Takes note of a plan that was made now, before anything is asked; an exception ends the apply."""
        ...

    def approve(self, plan: Plan) -> bool:
        """Whether to make the changes of a plan that nobody has approved."""
        ...

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """Entered while changes are made: gives what says whether to begin no further one."""
        ...

    def conclude(self, outcome: Outcome) -> None:
        """Takes the outcome. The journal is removed after it."""
        ...


def apply(
    session: Session,
    overseer: Overseer,
    *,
    saved: Plan | None = None,
    targets: Sequence[str] = (),
    against: BaseReference | None = None,
    approved: bool = False,
    allow_destructive: bool = False,
    parallelism: int = PARALLELISM,
) -> Outcome | None:
    """Makes the changes of a saved plan, or of one made now; None where it was not approved.

    With `against`, a plan that is made now is held to what its changes of rules exchange, as `plan` does. Only a plan
    that is made now is asked about, unless it is `approved` beforehand. Raises `PlanError` for a plan
    that may not be applied, `InvalidSpecs`, `Misuse`, and `WorkspaceError` until the first change is made; after
    that, the outcome has the errors.
    """
    if saved is not None:
        session = session.for_workspace(saved.workspace.name)
    with open_live(session, parallelism=parallelism, notify=overseer.notify) as live:
        specs = _specs_to_apply(session, saved, targets, against)
        # What the plan rests on is read while no other apply changes it.
        with exclusive_apply(session.project, live, overseer.notify) as journal:
            if saved is None:
                plan = plan_as_read(session, specs, live, live.snapshot(), targets, overseer.notify)
                overseer.review(plan)
            else:
                plan = saved
                _refuse_unless_current(session, saved, live, specs, overseer)
                _refuse_large_exchange(session, saved)
            refuse_if_unsafe(
                plan,
                allow_destructive=allow_destructive,
                max_archive_percent=session.project.settings.safety.max_archive_percent,
            )
            if plan.calls:
                live.allow_writes()
                _tell_where(session, live, overseer)
                if saved is None and not approved:
                    if not overseer.approve(plan):
                        return None
                    # Whoever was asked took a while, and others had the workspace meanwhile.
                    snapshot = live.snapshot()
                    copies = read_copies(live, specs, snapshot)
                    again = make_plan(session, specs, snapshot, targets, copies=copies)
                    verify_shown_plan(plan, again)
                    plan = again
            outcome = _make_changes(plan, live, journal, parallelism, overseer)
    for failure in outcome.failures:
        if failure.bug is not None:
            raise failure.bug
    return outcome


def _make_changes(plan: Plan, live: Workspace, path: Path, parallelism: int, overseer: Overseer) -> Outcome:
    """Makes the changes and has the outcome told; the journal goes once it is."""
    with (
        overseer.interruptible() as should_stop,
        Journal(path, plan) if plan.calls else nullcontext() as journal,
    ):
        outcome = make_changes(
            plan, live, overseer, journal=journal, parallelism=parallelism, should_stop=should_stop
        )
        overseer.conclude(outcome)
    if journal is None:
        remove_journal(path)
    return outcome


def _tell_where(session: Session, live: Workspace, overseer: Overseer) -> None:
    """Which workspace is about to be written to; the embedded one is nobody's."""
    name, settings = session.workspace.name, session.workspace.settings
    if settings.sandbox is None:
        identity = live.identity()
        confirmed_by = name if settings.app_id else None
        overseer.notify(WritesTo(app_id=identity.app_id, name=identity.name, confirmed_by=confirmed_by))


def _specs_to_apply(
    session: Session, saved: Plan | None, targets: Sequence[str], against: BaseReference | None
) -> PlannedSpecs:
    """The specs that the plan is made from, or compared with. Raises `UnsafePlan` for a workspace that takes a saved
    plan only."""
    if saved is not None:
        return checked_specs(session)
    name = session.workspace.name
    if session.workspace.settings.protected:
        message = f"`{name}` is protected: it takes a saved plan only"
        hint = (
            f"intercom-iac plan -w {shlex.quote(name)} --out plan.json, have it reviewed, "
            "intercom-iac apply plan.json"
        )
        raise UnsafePlan(message, diagnostics=[codes.PROTECTED.at(None, message, hint=hint)])
    return specs_to_plan(session, targets, against)


def _refuse_unless_current(
    session: Session, saved: Plan, live: Workspace, specs: PlannedSpecs, overseer: Overseer
) -> None:
    """Raises `WrongWorkspace`, and a `PlanError` where the specs and the workspace give another plan."""
    identity = live.identity()
    if identity.app_id != saved.workspace.app_id:
        raise WrongWorkspace(
            f"the plan is for the workspace `{saved.workspace.app_id}`, and `{saved.workspace.name}` is "
            f"`{identity.app_id}` now",
            hint="nothing was written; make a new plan",
        )
    snapshot = live.snapshot()
    specs = replace(specs, base=_base_of_saved(session, saved))
    # As they were counted: people come and go, and a plan that was reviewed holds all the same.
    copies = {stage.address: stage.copies for stage in saved.stages if stage.copies is not None}
    again = make_plan(session, specs, snapshot, saved.targets, copies=copies)
    verify_saved_plan(saved, again, snapshot, declared_addresses(specs.schema))
    if unverifiable_remarks(saved):
        overseer.notify(UnverifiedRemarks())


def _refuse_large_exchange(session: Session, saved: Plan) -> None:
    """Raises `UnsafePlan` where the plan exchanges more people than the project allows by now."""
    if saved.segment_changes:
        from .audience_limits import refuse_if_over_limit

        refuse_if_over_limit(saved, session.project.settings.safety.max_audience_change_percent)


def _base_of_saved(session: Session, saved: Plan) -> Base | None:
    """The earlier specs that a saved plan rests on, if any. Raises `StalePlan` where they cannot be read."""
    if saved.against is None:
        return None
    from ..revisions import compare_revisions

    try:
        bases = compare_revisions(session, parse_against(saved.against.revision)).bases
    except Misuse as error:
        message = f"the plan rests on the specs of `{saved.against.name}`, which cannot be read here: {error}"
        hint = "fetch that commit, or make a new plan without `--against`"
        raise StalePlan(message, diagnostics=[codes.OTHER_SPECS.at(None, message, hint=hint)]) from error
    base = bases.get(saved.workspace.name)
    return base and replace(base, at=saved.against)
