"""The audit of a workspace: everything that its survey and its sample show, ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from intercom_iac.diagnostics import Severity
from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Identity, Sample, Survey, UnreadList

from .aspects.archiving import archive_findings
from .aspects.caps import CapUse, cap_findings, cap_uses
from .aspects.definitions import creators, without_description
from .aspects.duplicates import near_duplicates
from .aspects.fills import fill_findings
from .aspects.fits import misfits
from .aspects.names import like_events, like_tags
from .aspects.personal_data import personal_data
from .aspects.segments import empty_segments
from .aspects.unused_events import unused_events
from .candidates import rank_candidates
from .code_use import CodeUse
from .finding import AuditFinding, rank_findings, reaches
from .samples.values import AttributeValues, read_values

_MISSING: Mapping[str, str] = {
    "attributes": "nothing is said of attributes",
    "events": "nothing is said of events",
    "segments": "nothing is said of segments",
    "audiences": "what audiences read is not known, so an archive candidate may be in use",
    "tags": "nothing is said of tags",
    "contacts": "how often contact attributes are filled, and with what, is not known, nor what people did",
    "companies": "how often company attributes are filled, and with what, is not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """How much was looked at: so many of so many; a total is None where the workspace does not say it.

    `summaries` is of how many contacts the events were read.
    """

    contacts: int
    companies: int
    summaries: int
    contact_total: int | None
    company_total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What a workspace has and what is wrong with it. `target` is what the workspace is called by who asked.

    `attributes` are the active ones with their sampled values, which no report prints; `counts` is how many of each
    kind there are; `findings` are ranked; `unread` is what the token may not read.
    """

    target: str
    workspace: Identity
    day: date
    sampled: Sampled
    calls: int
    caps: tuple[CapUse, ...]
    counts: Mapping[str, int]
    unread: tuple[UnreadList, ...]
    findings: tuple[AuditFinding, ...]
    attributes: tuple[AttributeValues, ...]

    def reaches(self, level: Severity) -> bool:
        """Whether something was found that is of the level, or worse."""
        return any(reaches(finding, level) for finding in self.findings)


def audit_workspace(
    survey: Survey,
    sample: Sample,
    *,
    today: date,
    target: str,
    calls: int,
    read_by: Mapping[str, Sequence[str]] | None = None,
    code: CodeUse | None = None,
) -> Audit:
    """The audit of what was read, in so many `calls`.

    `read_by` maps addresses to what of the specs reads them, as `Schema.needed_by()` does; None without specs. `code`
    is what code uses of the specs; None where none was read.
    """
    snapshot = survey.snapshot
    attributes = read_values(snapshot, sample)
    caps = cap_uses(snapshot, sample, today)
    unread = tuple({unread.what: unread for unread in (*survey.unread, *sample.unread)}.values())
    missing = {unread.what for unread in unread}
    findings: list[AuditFinding] = [
        *_unread(unread),
        *cap_findings([cap for cap in caps if cap.name not in missing], today),
        *near_duplicates(attributes),
        *(finding for values in attributes for finding in _of_attribute(values)),
        *creators(attributes),
        *like_events(snapshot, sample),
        *like_tags(snapshot),
        *empty_segments(snapshot),
        *archive_findings(
            snapshot,
            [
                found
                for found in rank_candidates(attributes, snapshot, read_by or {}, code)
                if found.fill.of or (code is not None and found.attribute.address in code.unused)
            ],
            with_specs=read_by is not None,
        ),
        *(unused_events(snapshot, sample, code) if code is not None else ()),
    ]
    return Audit(
        target=target,
        workspace=snapshot.identity,
        day=today,
        sampled=Sampled(
            contacts=len(sample.contacts),
            companies=len(sample.companies),
            summaries=len(sample.summaries),
            contact_total=sample.contact_total,
            company_total=sample.company_total,
        ),
        calls=calls,
        caps=caps,
        counts={
            "attributes": len(attributes),
            "archived_attributes": sum(attribute.archived for attribute in snapshot.attributes),
            "events": caps[1].used,
            "segments": len(snapshot.segments),
            "audiences": len(snapshot.audiences),
            "tags": len(snapshot.tags),
        },
        unread=unread,
        findings=rank_findings(findings),
        attributes=attributes,
    )


def _of_attribute(values: AttributeValues) -> Iterator[AuditFinding]:
    yield from fill_findings(values)
    yield from misfits(values)
    yield from personal_data(values)
    yield from without_description(values)


def _unread(lists: Sequence[UnreadList]) -> Iterator[AuditFinding]:
    for unread in lists:
        yield AuditFinding(
            kind=codes.NOT_READ,
            address="workspace",
            message=f"the token may not read {unread.what} (`{unread.call}`): {_MISSING[unread.what]}",
            suggestion="give the token that permission in Intercom's Developer Hub, and audit again",
            evidence={"what": unread.what, "call": unread.call, "reason": unread.reason},
            weight=95,
        )
