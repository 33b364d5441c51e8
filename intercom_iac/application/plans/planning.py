"""What apply would do: the plan of one workspace, or of every workspace of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic, IntercomIacError, WorkspaceError
from intercom_iac.diagnostics.codes import built, lint
from intercom_iac.diagnostics.codes import spec as spec_codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema, Snapshot
from intercom_iac.planning import (
    MOST_QUESTIONS,
    Base,
    Copies,
    Plan,
    PlansSideBySide,
    Question,
    Remark,
    count_copies,
    questions_to_ask,
    with_answers,
    with_reached_segments,
    with_threshold_warning,
)
from intercom_iac.planning import plan as plan_schema_changes
from intercom_iac.project import BaseReference, Project, timezone_mismatch
from intercom_iac.publishing.published_tags import read_published_tags
from intercom_iac.specs import Loaded, digest
from intercom_iac.text.lists import brief_list
from intercom_iac.workspace import PARALLELISM, HttpWorkspace, Workspace

from ..addresses import check_targets
from ..live import open_live
from ..making_room import passes_cap, with_room_proposals
from ..notices import NotCounted, Notify, ignore_notice
from ..rules.proof_world import proof_world
from ..session import Session
from ..token import refuse_one_token_for_several
from .abandoned import notify_of_other_applies

if TYPE_CHECKING:
    from intercom_iac.breaking import Report

_WORKSPACES_AT_ONCE = 4
"""How many are read at once; each makes several calls at a time by itself."""


class PlanRequest(TypedDict, total=False):
    """What is asked of `plan` and `plan_all`: the targets, what the specs are compared with, the calls at once."""

    targets: Sequence[str]
    against: BaseReference | None
    parallelism: int


@dataclass(frozen=True, slots=True)
class PlannedSpecs:
    """What a plan is made from: the schema, what the plan repeats of its diagnostics, and what the specs were.

    `changes` are those since then, for this workspace, and what they were compared with.
    """

    schema: Schema
    warnings: tuple[Diagnostic, ...]
    base: Base | None = None
    changes: tuple[Report, BaseReference] | None = None

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What the plan says of the specs."""
        if self.changes is None:
            return self.warnings
        from ..revisions import remarks_of_report

        return *self.warnings, *remarks_of_report(*self.changes)


def plan(
    session: Session,
    *,
    targets: Sequence[str] = (),
    against: BaseReference | None = None,
    parallelism: int = PARALLELISM,
    notify: Notify = ignore_notice,
) -> Plan:
    """The plan for the session's workspace; it may hold errors, with which it cannot be applied.

    `targets` are addresses, kinds or owners, none for everything. With `against`, the plan also carries what the
    specs changed since. Raises `InvalidSpecs`, `Misuse` and `WorkspaceError`.
    """
    with open_live(session, parallelism=parallelism, notify=notify) as live:
        specs = specs_to_plan(session, targets, against, over_cap=True)
        notify_of_other_applies(session.project, live, notify)
        snapshot = live.snapshot()
        made = plan_as_read(session, specs, live, snapshot, targets, notify)
        if not passes_cap(made):
            # Specs over the cap are planned for its proposals alone.
            session.schema()
        return with_room_proposals(made, specs.schema, snapshot, live, notify)


def plan_all(
    session: Session,
    *,
    targets: Sequence[str] = (),
    against: BaseReference | None = None,
    parallelism: int = PARALLELISM,
    notify: Notify = ignore_notice,
) -> PlansSideBySide:
    """The plans of every workspace of the project. One that cannot be planned is in the result with its error.

    Raises `InvalidSpecs` for specs that are wrong for any workspace, and `Misuse`.
    """
    specs = _specs_of_all(session, targets, against)
    workspaces = session.project.settings.workspaces
    remote = [name for name, workspace in workspaces.items() if workspace.sandbox is None]
    refuse_one_token_for_several(
        session,
        remote,
        hint="set the variable that `token_env` of each names, or plan them one by one with -w",
    )
    sessions = {name: session.for_workspace(name) for name in workspaces}
    failures: dict[str, IntercomIacError] = {}
    live: dict[str, HttpWorkspace] = {}

    def plan_one(name: str) -> Plan | IntercomIacError:
        if name in failures:
            return failures[name]
        try:
            snapshot = live[name].snapshot()
            return plan_as_read(sessions[name], specs[name], live[name], snapshot, targets, notify)
        except IntercomIacError as error:
            return error

    with ExitStack() as opened, ThreadPoolExecutor(_WORKSPACES_AT_ONCE) as pool:
        for name in workspaces:
            try:
                live[name] = opened.enter_context(
                    open_live(sessions[name], parallelism=parallelism, notify=notify)
                )
            except IntercomIacError as error:
                failures[name] = error
        # Embedded ones are read one after the other: that takes no time, and two of them may be one file.
        pending = {name: pool.submit(plan_one, name) for name in remote}
        columns = {name: pending[name].result() if name in pending else plan_one(name) for name in workspaces}
        for name, column in columns.items():
            if isinstance(column, Plan):
                notify_of_other_applies(session.project, live[name], notify)
    return PlansSideBySide(columns)


def specs_to_plan(
    session: Session,
    targets: Sequence[str],
    against: BaseReference | None = None,
    *,
    over_cap: bool = False,
) -> PlannedSpecs:
    """The specs for the session's workspace. Raises `InvalidSpecs`, and `Misuse` for a target that is not there.

    With `over_cap` they may declare more attributes than a workspace holds.
    """
    specs = checked_specs(session, targets, over_cap=over_cap)
    if against is None:
        return specs
    from ..revisions import compare_revisions

    comparison = compare_revisions(session, against)
    name = session.workspace.name
    changes = comparison.report.of_workspace(name), against
    return PlannedSpecs(specs.schema, specs.warnings, comparison.bases.get(name), changes)


def checked_specs(session: Session, targets: Sequence[str] = (), *, over_cap: bool = False) -> PlannedSpecs:
    """The specs for the session's workspace by themselves. Takes and raises what `specs_to_plan` does."""
    specs = session.specs()
    if not over_cap or any(error.code != spec_codes.TOO_MANY_ATTRIBUTES.id for error in specs.errors):
        specs.or_raise()
    check_targets([specs.schema], targets)
    return PlannedSpecs(specs.schema, _warnings(specs))


def plan_as_read(
    session: Session,
    specs: PlannedSpecs,
    live: Workspace,
    snapshot: Snapshot,
    targets: Sequence[str],
    notify: Notify,
) -> Plan:
    """The plan for a workspace as it was read, with what is counted in it."""
    specs = _with_member_counts(session, specs, live, snapshot, notify)
    copies = read_copies(live, specs, snapshot)
    made = make_plan(session, specs, snapshot, targets, copies=copies)
    if specs.changes is not None:
        from ..revisions import segment_changes

        made = replace(made, segment_changes=segment_changes(specs.changes[0]))
    made = _with_audience_limit(session, made, specs.schema, live, snapshot)
    # What the change since another revision does to segments is told with that.
    since = () if specs.changes is None else specs.changes[0].changes
    told = {reported.change.address for reported in since if reported.change.reached}
    world = proof_world(session, today=_day_there(session, snapshot))
    made = with_reached_segments(made, specs.schema, world, told)
    return with_counts(made, session.project, live, notify)


def _with_audience_limit(
    session: Session, made: Plan, schema: Schema, live: Workspace, snapshot: Snapshot
) -> Plan:
    """The plan, held to how many people of an audience it may exchange, where the project says so."""
    max_percent = session.project.settings.safety.max_audience_change_percent
    if max_percent is None:
        return made
    from .audience_limits import with_audience_limit

    today = _day_there(session, snapshot)
    return with_audience_limit(
        made, schema, snapshot, live.count_contacts, today=today, max_percent=max_percent
    )


def _with_member_counts(
    session: Session, specs: PlannedSpecs, live: Workspace, snapshot: Snapshot, notify: Notify
) -> PlannedSpecs:
    """The specs with how many people their changes of rules exchange in the workspace."""
    if specs.changes is None or not specs.changes[0].changed_rules:
        return specs
    from .member_counts import count_members

    report, against = specs.changes
    counted = count_members(
        report,
        snapshot,
        live.count_contacts,
        today=_day_there(session, snapshot),
        max_audience_change_percent=session.project.settings.safety.max_audience_change_percent,
        notify=notify,
    )
    return replace(specs, changes=(counted, against))


def read_copies(live: Workspace, specs: PlannedSpecs, snapshot: Snapshot) -> Mapping[str, Copies]:
    """How far the values of replaced attributes are copied, counted in the workspace.

    Nothing where that cannot be done, as with a token that may not search contacts: then no values count as copied
    until the specs say so.
    """
    try:
        return count_copies(specs.schema, snapshot, live.count_contacts)
    except WorkspaceError:
        return {}


def make_plan(
    session: Session,
    specs: PlannedSpecs,
    snapshot: Snapshot,
    targets: Sequence[str],
    *,
    copies: Mapping[str, Copies] = MappingProxyType({}),
) -> Plan:
    """The plan for the session's workspace as it was read.

    It carries the warnings about the specs, and one where apply will refuse it for how much it archives.
    """
    settings, name = session.project.settings, session.workspace.name
    made = plan_schema_changes(
        specs.schema,
        snapshot,
        workspace=name,
        specs_digest=digest(specs.schema),
        targets=targets,
        remarks=[*specs.remarks, *timezone_mismatch(settings, name, snapshot.identity.timezone)],
        created_at=datetime.now(UTC),
        base=specs.base,
        copies=copies,
        today=_day_there(session, snapshot),
    )
    return with_threshold_warning(made, max_archive_percent=settings.safety.max_archive_percent)


def _day_there(session: Session, snapshot: Snapshot) -> date | None:
    """The day in the workspace's time zone; None where this machine does not know the zone."""
    try:
        return session.day_in(ZoneInfo(snapshot.identity.timezone))
    except (KeyError, OSError, ValueError):
        return None


def with_counts(plan: Plan, project: Project, live: Workspace, notify: Notify) -> Plan:
    """The plan with what it asks to be counted in its workspace; with a warning where that cannot be done."""
    plan = replace(plan, questions=_without_own_tags(plan, project))
    asked = questions_to_ask(plan.questions)
    uncounted = [question.address for question in plan.questions if question not in asked]
    if uncounted:
        notify(NotCounted(tuple(dict.fromkeys(uncounted)), MOST_QUESTIONS))
    try:
        return with_answers(plan, plan.questions, live.count_contacts)
    except WorkspaceError as error:
        addresses = brief_list(list(dict.fromkeys(question.address for question in plan.questions)))
        message = f"the people that the plan is about could not be counted, at {addresses}: {error}"
        remark = Remark(error.code, "warning", message, error.hint, counted=True)
        return replace(plan, remarks=(*plan.remarks, remark), questions=())


def _without_own_tags(plan: Plan, project: Project) -> tuple[Question, ...]:
    """The questions, but for those whose tags somebody else may have made that were published from here."""
    own = read_published_tags(project.root, plan.workspace.app_id)
    return tuple(
        question
        for question in plan.questions
        if question.remark is None
        or question.remark.code != built.TAKES_OVER.id
        or question.query.get("value") not in own
    )


def _specs_of_all(
    session: Session, targets: Sequence[str], against: BaseReference | None
) -> dict[str, PlannedSpecs]:
    loaded = session.valid_specs_by_workspace()
    check_targets([specs.schema for specs in loaded.values()], targets)
    if against is None:
        return {name: PlannedSpecs(specs.schema, _warnings(specs)) for name, specs in loaded.items()}
    from ..revisions import compare_revisions

    comparison = compare_revisions(session, against)
    bases = comparison.bases
    return {
        name: PlannedSpecs(
            specs.schema,
            _warnings(specs),
            bases.get(name),
            (comparison.report.of_workspace(name), against),
        )
        for name, specs in loaded.items()
    }


def _warnings(specs: Loaded) -> tuple[Diagnostic, ...]:
    """The warnings about the specs; how near a cap they come, the plan itself says of the workspace."""
    return tuple(
        diagnostic
        for diagnostic in specs.diagnostics
        if diagnostic.severity == "warning" and diagnostic.code != lint.NEAR_CAP.id
    )
