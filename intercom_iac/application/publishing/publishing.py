"""Brings the members of published segments in line: who enters gets the tag or the attribute, who leaves loses it."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse, UnsafePlan
from intercom_iac.journal import journal_path, lock_holder, workspace_lock
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Segment, reads_days
from intercom_iac.model.schema import addresses_read
from intercom_iac.planning import Replacement, count_copied, open_replacements
from intercom_iac.publishing import (
    ApprovedSink,
    Candidates,
    CountingSink,
    LastRun,
    MembershipChange,
    Publication,
    PublishPlanHeader,
    PublishReport,
    SavedPublish,
    SavingSink,
    WriteSink,
    dependent_segments,
    difference_by_rule,
    difference_from_source,
    difference_of_companies,
    find_publications,
    publish_paths,
    read_last_run,
    read_published_tags,
    refuse_if_unsafe,
    remember_published_tags,
    remember_settled,
)
from intercom_iac.specs import digest
from intercom_iac.writes import SpoolWriter, WriteJournal, deliver, open_spool

from ..files import staged_streams
from ..live import open_live
from ..notices import DaysCounted, DecidedBefore, PublishCutOff, WritesTo, WriteUnderWay
from ..rules.evaluation_day import day_in_workspace
from ..rules.segments import choose_segments
from ..session import Session
from .members import read_source_members
from .request import PublishOverseer, PublishRequest
from .saved import read_saved, refuse_another, refuse_unless_reviewed

if TYPE_CHECKING:
    from intercom_iac.workspace import HttpWorkspace


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A publish under way: what it is asked, the workspace, and what is published there."""

    session: Session
    request: PublishRequest
    overseer: PublishOverseer
    live: HttpWorkspace
    publications: Sequence[Publication]
    tags: Mapping[str, str]
    replacements: Sequence[Replacement]
    saved: SavedPublish | None = None

    @property
    def root(self) -> Path:
        return self.session.project.root

    @property
    def app_id(self) -> str:
        return self.live.identity().app_id


def publish(session: Session, overseer: PublishOverseer, request: PublishRequest) -> PublishReport | None:
    """Publishes segments; None where that was not approved.

    Raises `InvalidSpecs`, `Misuse`, a `PlanError` where it may not be done, `IntercomIacError` where somebody else
    writes to the workspace, and `WorkspaceError` until the first write is made; after that, the outcome has the
    errors.
    """
    saved = None if request.plan is None else read_saved(session, request, request.plan)
    if saved is not None:
        session = session.for_workspace(saved.header.workspace)
        request = replace(request, keys=saved.header.keys)
    segments = _segments_to_publish(session, request.keys)
    if request.writes:
        refuse_unless_reviewed(session, has_plan=saved is not None)
    with open_live(session, parallelism=request.parallelism, notify=overseer.notify) as live:
        if saved is not None:
            refuse_another(session, live, saved)
        snapshot = live.snapshot()
        publications, problems = find_publications(session.schema(), snapshot, segments)
        if problems:
            raise UnsafePlan("the segments cannot be published", diagnostics=problems)
        run = _Run(
            session=session,
            request=request,
            overseer=overseer,
            live=live,
            publications=publications,
            tags=snapshot.tags,
            replacements=open_replacements(session.schema(), snapshot, {}),
            saved=saved,
        )
        return _publish(run) if request.writes else _plan_only(run)


def _segments_to_publish(session: Session, keys: Sequence[str]) -> list[Segment]:
    schema = session.schema()
    segments = choose_segments(schema, keys)
    for segment in segments if keys else ():
        if not segment.keeps_members:
            state = (
                "is archived" if segment.status == "archived" else "publishes neither a tag nor an attribute"
            )
            raise Misuse(
                f"`{segment.key}` {state}",
                hint="leave it out"
                if segment.status == "archived"
                else "add `publish: [tag]` or `publish: [attribute]` to it, and apply",
            )
    return [segment for segment in segments if segment.keeps_members]


def _plan_only(run: _Run) -> PublishReport:
    """Finds the members, shows and saves them, and writes nothing to the workspace."""
    holder = lock_holder(journal_path(run.root, run.app_id))
    if holder is None:
        last = read_last_run(run.root, run.app_id, run.live.records())
    else:
        run.overseer.notify(WriteUnderWay(holder))
        last = LastRun()
    if run.request.out is None:
        report, _ = _find_members(run, CountingSink(), last)
        return report
    header = PublishPlanHeader(
        workspace=run.session.workspace.name,
        app_id=run.app_id,
        specs_digest=digest(run.session.schema()),
        keys=run.request.keys,
        created_at=datetime.now(UTC),
    )
    with staged_streams(run.request.out) as (stream,):
        sink = SavingSink(header, stream.write)
        report, changes = _find_members(run, sink, last)
        sink.finish(changes)
    return report


def _publish(run: _Run) -> PublishReport | None:
    with workspace_lock(journal_path(run.root, run.app_id), run.session.workspace.name, "publish"):
        last = read_last_run(run.root, run.app_id, run.live.records())
        if last.cut_off:
            run.overseer.notify(PublishCutOff(done=last.done, writes=last.writes))
        remember_settled(run.root, run.app_id, last.settled)
        spool_path, path = publish_paths(run.root, run.app_id)
        with SpoolWriter(spool_path, app_id=run.app_id) as sink:
            report, _ = _find_members(run, sink, last)
        if not report.writes:
            return report
        run.live.allow_writes()
        _tell_where(run)
        if run.saved is None and not run.request.approved and not run.overseer.approve(report):
            return None
        remember_published_tags(
            run.root,
            run.app_id,
            [publication.tag_id for publication in run.publications if publication.tag_id is not None],
        )
        return _write_members(run, report, spool_path, path)


def _find_members(
    run: _Run, sink: WriteSink, last: LastRun
) -> tuple[PublishReport, tuple[MembershipChange, ...]]:
    """Raises `UnsafePlan` where the members may not be written, after they are shown."""
    approved = None if run.saved is None else ApprovedSink(run.saved, sink)
    changes = tuple(_differences(run, sink if approved is None else approved, last))
    report = PublishReport(
        workspace=run.session.workspace.name,
        app_id=run.app_id,
        changes=changes,
        withheld=0 if approved is None else approved.withheld,
        gone=0 if approved is None else approved.gone,
    )
    run.overseer.review(report)
    pairs = list(zip(run.publications, changes, strict=True))
    if later := dependent_segments(pairs):
        run.overseer.notify(DecidedBefore(later))
    refuse_if_unsafe(
        pairs,
        max_change_percent=run.session.project.settings.safety.max_change_percent,
        published_tags=read_published_tags(run.root, run.app_id),
        uncopied=_uncopied_replacements(run, changes),
    )
    return report, changes


def _uncopied_replacements(run: _Run, changes: Sequence[MembershipChange]) -> dict[str, Replacement]:
    """The attributes that take the place of others and whose values are not all copied, by their addresses, as far as
    rules of segments with changes read them."""
    read = {
        address
        for publication, change in zip(run.publications, changes, strict=True)
        if change.changes and publication.segment.source is None
        for address in addresses_read(publication.segment.typed_rule)
    }
    counted = [
        _with_copies(run, replacement)
        for replacement in run.replacements
        if replacement.new.address in read and not replacement.is_let_go
    ]
    return {replacement.new.address: replacement for replacement in counted if not replacement.is_copied}


def _with_copies(run: _Run, replacement: Replacement) -> Replacement:
    """With the counts of those who have the old value and the new one, where they can be searched for."""
    if replacement.live is None or not replacement.is_created or replacement.old.model == "company":
        return replacement
    zone = run.live.identity().timezone
    copies = count_copied(replacement, replacement.live, zone, run.live.count_contacts)
    return replace(replacement, copies=copies)


def _differences(run: _Run, sink: WriteSink, last: LastRun) -> Generator[MembershipChange]:
    rules = [
        publication.segment.typed_rule
        for publication in run.publications
        if publication.segment.source is None
    ]
    day = day_in_workspace(run.session, run.live.identity().timezone, matters=any(map(reads_days, rules)))
    if day.matters:
        run.overseer.notify(DaysCounted(day))
    candidates = Candidates(
        run.live.records(),
        run.live.belongings(),
        tags=run.tags,
        today=day.today,
        zone=day.zone,
        parallelism=run.request.parallelism,
    )
    segments = [publication.segment for publication in run.publications]
    members = read_source_members(run.session, segments)
    for publication in run.publications:
        source = publication.segment.source
        if publication.published_as == "company tag":
            yield difference_of_companies(publication, candidates, run.live.records(), sink)
        elif source is None:
            yield difference_by_rule(publication, candidates, sink, last)
        else:
            yield difference_from_source(
                publication, members[source], candidates, run.live.records(), sink, last
            )


def _write_members(run: _Run, report: PublishReport, spool_path: Path, path: Path) -> PublishReport:
    spool = open_spool(spool_path)
    assert spool is not None, "it was finished above, and nobody else writes it while the lock is held"
    with (
        run.overseer.interruptible() as should_stop,
        WriteJournal(path, spool, run.session.workspace.name) as journal,
    ):
        outcome = deliver(
            spool,
            run.live.records(),
            journal,
            parallelism=run.request.parallelism,
            should_stop=should_stop,
            on_progress=run.overseer.follow,
        )
        done = replace(report, outcome=outcome)
        run.overseer.conclude(done)
    return done


def _tell_where(run: _Run) -> None:
    """Which workspace is about to be written to; the embedded one is nobody's."""
    name, settings = run.session.workspace.name, run.session.workspace.settings
    if settings.sandbox is None:
        identity = run.live.identity()
        confirmed_by = name if settings.app_id else None
        run.overseer.notify(WritesTo(app_id=identity.app_id, name=identity.name, confirmed_by=confirmed_by))
