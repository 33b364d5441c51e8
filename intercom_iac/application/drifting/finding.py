"""The workspace of a session against the specs of a revision, read in a number of calls told before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.drift import (
    Report,
    SegmentEvidence,
    check_ignored,
    compare_workspace,
    pair_segments,
    sift,
    was_saved_again,
)
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Sample, SampleRequest, UnreadList
from intercom_iac.project import timezone_mismatch

from ..live import open_live
from ..notices import CallsAhead, ComparedWithFiles, Notify, ignore_notice
from ..surveying import AT_ONCE, LISTS, sample_request, start_sample
from .counting import MOST_COUNTED, count_segments
from .moments import SpecsOfMoment, last_changes, specs_of_moment

if TYPE_CHECKING:
    from datetime import date

    from intercom_iac.diagnostics import Diagnostic
    from intercom_iac.drift import Compared, Finding
    from intercom_iac.model import Schema, Segment, Survey
    from intercom_iac.project import BaseReference

    from ..session import Session

# A list that may not be read -> the kinds whose drift is not known then.
_KINDS_OF_LISTS = {
    "attributes": ("attribute",),
    "events": ("event",),
    "segments": ("segment",),
    "audiences": ("segment", "audience"),
    "tags": ("segment", "tag"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWorkspace:
    """What was read of a workspace to compare the specs with it."""

    survey: Survey
    sample: Sample | None
    evidence: SegmentEvidence
    unread: tuple[UnreadList, ...]


def find_drift(
    session: Session,
    *,
    against: BaseReference | None = None,
    sample: int = 0,
    adopt: Sequence[str] = (),
    notify: Notify = ignore_notice,
) -> Report:
    """What the session's workspace has otherwise than the specs of a revision say; HEAD where none is named.

    `sample` is how many people to read. With addresses to `adopt`, the specs are those of the files, which take over
    what the workspace has there, and the report is of what is left. Raises `InvalidSpecs`, `Misuse` and
    `WorkspaceError`.
    """
    if adopt:
        from .adopting import adopt_drift

        return adopt_drift(session, adopt, against=against, sample=sample, notify=notify)
    specs = specs_of_moment(session, against)
    if specs.instead is not None:
        notify(ComparedWithFiles(specs.instead))
    read = read_workspace(session, specs, sample=sample, notify=notify)
    return report_of(session, specs, read)


def read_workspace(
    session: Session, specs: SpecsOfMoment, *, sample: int = 0, notify: Notify = ignore_notice
) -> ReadWorkspace:
    """Reads the lists of the workspace, a sample of people where one is asked for, and how many people the rules of
    hand-built segments find. Raises `WorkspaceError`."""
    request = sample_request(sample) if sample else SampleRequest()
    schema = specs.schema
    built = [
        segment
        for segment in schema.segments.values()
        if not segment.publish and segment.status != "archived" and not segment.built_in_intercom
    ]
    with open_live(session, parallelism=AT_ONCE, notify=notify) as live:
        if sample:
            calls = LISTS + request.calls + min(len(built), MOST_COUNTED)
            notify(CallsAhead(calls, session.workspace.name))
        reading = start_sample(live, request, notify) if sample else None
        survey = live.survey(counts=bool(built))
        people = None if reading is None else reading.result()
        zone = _zone(survey.snapshot.identity.timezone)
        pairs, strangers = pair_segments(schema, survey.snapshot)
        # One that is gone is counted to find it under another name.
        pairs = [pair for pair in pairs if pair.live is not None or strangers]
        counted = count_segments(
            () if survey.is_unread("segments") else pairs,
            live.count_contacts,
            today=session.day_in(zone),
            zone=zone,
            has_registrar=survey.snapshot.has_registrar,
        )
    return ReadWorkspace(
        survey=survey,
        sample=people,
        evidence=SegmentEvidence(
            counts=counted.counts, changed_at=last_changes(session, specs, _worth_dating(schema, survey))
        ),
        # The events of the registrar and those of the sample are one list.
        unread=tuple(
            dict.fromkeys((*survey.unread, *(() if people is None else people.unread), *counted.unread))
        ),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return ZoneInfo("UTC")


def _worth_dating(schema: Schema, survey: Survey) -> list[Segment]:
    """The segments of which it matters when their entries last changed: something of them was saved again, ever."""
    snapshot = survey.snapshot
    saved_again = {
        thing.name for thing in (*snapshot.segments, *snapshot.audiences) if was_saved_again(thing, 0)
    }
    pairs, strangers = pair_segments(schema, snapshot)
    gone = {pair.segment.address for pair in pairs if pair.live is None}
    stranger_saved = any(live.name in saved_again for live in strangers)
    return [
        segment
        for segment in schema.segments.values()
        if segment.status != "archived"
        and (segment.name in saved_again or (stranger_saved and segment.address in gone))
    ]


def report_of(session: Session, specs: SpecsOfMoment, read: ReadWorkspace) -> Report:
    """The report of what was read, against these specs, less what the project file ignores on the session's day."""
    identity = read.survey.snapshot.identity
    today = session.day_in(_zone(identity.timezone))
    compared = compare(specs, read)
    project, name = session.project, session.workspace.name
    sifted = sift(compared.findings, project.ignored_drift, today)
    people = read.sample
    return Report(
        workspace=name,
        identity=identity,
        moment=specs.moment,
        revision=specs.revision,
        findings=sifted.reported,
        ignored=sifted.ignored,
        unread=read.unread,
        unverified=compared.unverified,
        copies=compared.copies,
        sampled=None
        if people is None
        else SampleRequest(contacts=len(people.contacts), companies=len(people.companies)),
        diagnostics=(
            *specs.remarks,
            *timezone_mismatch(project.settings, name, identity.timezone),
            *_check_ignored(session, compared.findings, read, today),
        ),
    )


def compare(specs: SpecsOfMoment, read: ReadWorkspace) -> Compared:
    """Every finding, whatever the project file ignores."""
    if read.sample is None:
        return compare_workspace(specs.schema, read.survey, None, read.evidence, specs.moment)
    # It alone has values to show.
    from intercom_iac.auditing import shown_value

    return compare_workspace(
        specs.schema, read.survey, read.sample, read.evidence, specs.moment, show_value=shown_value
    )


def _check_ignored(
    session: Session, findings: Sequence[Finding], read: ReadWorkspace, today: date
) -> list[Diagnostic]:
    unread_kinds = {kind for unread in read.unread for kind in _KINDS_OF_LISTS.get(unread.what, ())}
    if read.sample is None:
        # What people did is seen in a sample alone.
        unread_kinds.add("event")
    return [*check_ignored(session.project.ignored_drift, findings, today, unread_kinds)]
