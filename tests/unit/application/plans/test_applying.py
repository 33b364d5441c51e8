"""`apply`: the changes are made, and whoever oversees it is asked and told."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from intercom_iac.application import Notice, Session, add_sandbox_segment, apply, embedded_file, plan
from intercom_iac.application.notices import UnverifiedRemarks
from intercom_iac.applying import Outcome
from intercom_iac.diagnostics import IntercomIacError, PlanError, StalePlan, UnsafePlan, WrongWorkspace
from intercom_iac.journal import journal_path, workspace_lock
from intercom_iac.planning import Change, Plan
from intercom_iac.project import BaseReference

BUILT = "segments: {built: {name: Built, rule: email has any value}}\n"
PROTECTED = "version: 1\nworkspaces: {own: {sandbox: own.db, protected: true}}\n"


@dataclass
class Watcher:
    """An overseer that notes everything."""

    approves: bool = True
    stops: bool = False
    on_approval: Callable[[], object] = lambda: None
    told: list[Notice] = field(default_factory=list)
    reviewed: list[Plan] = field(default_factory=list)
    approved: list[Plan] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    journal: Path | None = None
    journal_at_the_end: bool | None = None

    def notify(self, notice: Notice) -> None:
        self.told.append(notice)

    def review(self, plan: Plan) -> None:
        self.reviewed.append(plan)

    def approve(self, plan: Plan) -> bool:
        self.approved.append(plan)
        self.on_approval()
        return self.approves

    @contextmanager
    def interruptible(self) -> Generator[Callable[[], bool]]:
        self.lines.append("begin")
        yield lambda: self.stops
        self.lines.append("end")

    def change_started(self, change: Change, number: int, total: int) -> None:
        self.lines.append(f"{number}/{total} {change.address}")

    def change_done(self, change: Change, number: int, total: int) -> None:
        self.lines.append("done")

    def change_failed(self, change: Change, error: IntercomIacError) -> None:
        self.lines.append("failed")

    def conclude(self, outcome: Outcome) -> None:
        self.outcome = outcome
        if self.journal is not None:
            self.journal_at_the_end = self.journal.exists()


def test_a_plan_made_now_is_reviewed_approved_and_carried_out(session: Session) -> None:
    watcher = Watcher()
    outcome = apply(session, watcher)
    assert outcome is watcher.outcome
    assert outcome is not None
    assert outcome.complete
    assert len(watcher.reviewed) == len(watcher.approved) == 1
    assert (watcher.lines[0], watcher.lines[-1]) == ("begin", "end")
    assert watcher.lines.count("done") == len(watcher.reviewed[0].calls)
    assert not [change for change in plan(session).changes if change.action != "manual"]


def test_approved_beforehand_nobody_is_asked(session: Session) -> None:
    watcher = Watcher(approves=False)
    assert apply(session, watcher, approved=True)
    assert watcher.reviewed
    assert not watcher.approved


def test_without_approval_nothing_is_done(session: Session) -> None:
    watcher = Watcher(approves=False)
    assert apply(session, watcher) is None
    assert watcher.lines == []
    assert watcher.outcome is None
    assert plan(session).changes == watcher.reviewed[0].changes


def test_targets_are_all_that_is_done(session: Session) -> None:
    outcome = apply(session, Watcher(), targets=["attribute.contact.tier"])
    assert outcome is not None
    assert [change.address for change in outcome.done] == ["attribute.contact.tier"]


def test_a_workspace_that_changed_while_somebody_was_asked_is_left_alone(session: Session) -> None:
    watcher = Watcher(on_approval=lambda: add_sandbox_segment(embedded_file(session), "Big companies"))
    with pytest.raises(StalePlan, match="changed since the plan was shown"):
        apply(session, watcher)
    assert watcher.lines == []


def test_the_journal_goes_once_the_outcome_is_told(session: Session) -> None:
    watcher = Watcher()
    watcher.journal = journal_path(session.project.root, plan(session).workspace.app_id)
    apply(session, watcher)
    assert watcher.journal_at_the_end is True
    assert not watcher.journal.exists()


def test_it_stops_before_the_next_change(session: Session) -> None:
    outcome = apply(session, Watcher(stops=True))
    assert outcome is not None
    assert outcome.interrupted
    assert not outcome.done


def test_one_apply_at_a_time(session: Session) -> None:
    path = journal_path(session.project.root, plan(session).workspace.app_id)
    with workspace_lock(path, "x"), pytest.raises(IntercomIacError, match="another apply"):
        apply(session, Watcher())


def test_a_protected_workspace_takes_a_saved_plan_only(write) -> None:
    session = write(project=PROTECTED)
    with pytest.raises(UnsafePlan, match="protected"):
        apply(session, Watcher())
    watcher = Watcher()
    assert apply(session, watcher, saved=plan(session))
    assert not watcher.reviewed
    assert not watcher.approved


def test_a_saved_plan_of_other_specs_is_stale(write) -> None:
    saved = plan(write())
    with pytest.raises(StalePlan, match="the specs here are not those"):
        apply(write("attributes: {contact: {other: {type: string}}}\n"), Watcher(), saved=saved)


def test_a_saved_plan_that_was_edited_is_refused(session: Session) -> None:
    saved = plan(session)
    with pytest.raises(PlanError):
        apply(session, Watcher(), saved=replace(saved, changes=saved.changes[1:]))


def test_a_saved_plan_of_another_workspace_is_refused(session: Session) -> None:
    saved = plan(session)
    with pytest.raises(WrongWorkspace):
        apply(session, Watcher(), saved=replace(saved, workspace=replace(saved.workspace, app_id="another")))


def test_what_is_not_compared_again_is_told(write, tmp_path: Path) -> None:
    write("attributes: {contact: {gone: {type: string}}}\n", folder="before")
    session = write()
    saved = plan(session, against=BaseReference(str(tmp_path / "before"), is_folder=True))
    watcher = Watcher()
    assert apply(session, watcher, saved=saved)
    assert UnverifiedRemarks() in watcher.told


@pytest.fixture
def changed_segments(write, tmp_path: Path) -> tuple[Session, Plan]:
    """A project whose hand-built segment had another rule, and a plan that says so."""
    write(BUILT, folder="before")
    session = write(BUILT.replace("email has", "phone has"))
    add_sandbox_segment(embedded_file(session), "Built")
    saved = plan(session, against=BaseReference(str(tmp_path / "before"), is_folder=True))
    assert saved.against is not None
    return session, saved


def test_a_saved_plan_is_compared_with_its_base(changed_segments: tuple[Session, Plan]) -> None:
    session, saved = changed_segments
    outcome = apply(session, Watcher(), saved=saved)
    assert outcome is not None
    assert [change.address for change in outcome.manual] == ["segment.built"]


def test_a_base_that_is_gone_makes_the_plan_stale(
    changed_segments: tuple[Session, Plan], tmp_path: Path
) -> None:
    session, saved = changed_segments
    (tmp_path / "before").rename(tmp_path / "elsewhere")
    with pytest.raises(StalePlan, match="cannot be read here"):
        apply(session, Watcher(), saved=saved)


def test_destruction_needs_leave(write) -> None:
    session = write("attributes: {contact: {plan: {type: string}}}\n")
    apply(session, Watcher())
    archived = write("attributes: {contact: {plan: {type: string, status: archived}}}\n")
    with pytest.raises(UnsafePlan):
        apply(archived, Watcher())
    outcome = apply(archived, Watcher(), allow_destructive=True)
    assert outcome is not None
    assert [change.action for change in outcome.done] == ["archive"]
