"""What `drift` has to say of a workspace, and as JSON. The format is `drift.schema.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Identity, SampleRequest, UnreadList
from intercom_iac.model.fill import Fill
from intercom_iac.text import Span

from .adoption import Adopted, NotAdopted
from .copies import Copy
from .finding import KINDS, Finding, Kind, Moment, Unverified
from .ignoring import IgnoredFinding

FORMAT_VERSION = "1.0"
FILES = "files"
"""What `against` says where the specs are those of the files as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of a workspace against the specs of a moment.

    `workspace` is its name in the project. `revision` is the commit, None of files. `sampled` is how many contacts
    and companies were read, None without a sample. `adopted` and `not_adopted` are what the specs took over before
    this comparison, and what they could not.
    """

    workspace: str
    identity: Identity
    moment: Moment
    revision: str | None
    findings: tuple[Finding, ...]
    ignored: tuple[IgnoredFinding, ...] = ()
    unread: tuple[UnreadList, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    copies: tuple[Copy, ...] = ()
    sampled: SampleRequest | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    adopted: tuple[Adopted, ...] = ()
    not_adopted: tuple[NotAdopted, ...] = ()

    @property
    def drifted(self) -> bool:
        return bool(self.findings)

    @property
    def summary(self) -> Mapping[Kind, int]:
        """How many findings there are of each kind."""
        counts = Counter(finding.kind for finding in self.findings)
        return {kind: counts[kind] for kind in KINDS}


def encode_report(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    identity, sampled = report.identity, report.sampled
    return {
        "format_version": FORMAT_VERSION,
        "workspace": {"name": report.workspace, "app_id": identity.app_id, "timezone": identity.timezone},
        "against": report.moment.name,
        "revision": report.revision,
        "committed_at": report.moment.committed_at,
        "summary": dict(report.summary),
        "findings": [_encode_finding(finding) for finding in report.findings],
        "ignored": [
            {
                "address": ignored.finding.address,
                "kind": ignored.finding.kind,
                "pattern": ignored.by.pattern,
                "reason": ignored.by.reason,
                "until": None if ignored.by.until is None else ignored.by.until.isoformat(),
            }
            for ignored in report.ignored
        ],
        "sampled": None
        if sampled is None
        else {"contacts": sampled.contacts, "companies": sampled.companies},
        "copies": [_encode_copy(copy) for copy in report.copies],
        "unread": [
            {"what": unread.what, "call": unread.call, "reason": unread.reason} for unread in report.unread
        ],
        "unverified": [{"what": one.what, "why": one.why} for one in report.unverified],
        "adopted": [
            {
                "address": one.address,
                "kind": one.kind,
                "file": one.file,
                "line": one.line,
                "also_for": list(one.also_for),
            }
            for one in report.adopted
        ],
        "not_adopted": [
            {"address": one.address, "why": one.why, "hint": one.hint} for one in report.not_adopted
        ],
        "diagnostics": [diagnostic.as_json() for diagnostic in report.diagnostics],
    }


def _encode_finding(finding: Finding) -> dict[str, Any]:
    counts = finding.counts
    return {
        "address": finding.address,
        "kind": finding.kind,
        "thing": finding.thing,
        "name": finding.name or None,
        "fields": [
            {"path": drift.path, "specs": drift.specs, "workspace": drift.workspace}
            for drift in finding.fields
        ],
        "confidence": finding.confidence,
        "reason": finding.reason,
        "hint": finding.hint,
        "since": finding.since,
        "created_at": finding.created_at,
        "counts": None
        if counts is None
        else {"segment": counts.segment, "search": counts.search, "exact": counts.exact},
        "source": _place(finding.source),
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"file": span.file.path, "line": span.line, "column": span.column}


def _encode_copy(copy: Copy) -> dict[str, Any]:
    return {
        "address": copy.address,
        "replaces": copy.replaced,
        "old": _encode_fill(copy.old),
        "new": _encode_fill(copy.new),
        "copied": _encode_fill(copy.copied),
        "lost": {
            "objects": copy.lost.objects,
            "different": copy.lost.different,
            "values": [
                {"value": lost.value, "times": lost.times, "why": lost.why} for lost in copy.lost.values
            ],
        },
    }


def _encode_fill(fill: Fill) -> dict[str, Any]:
    low, high = fill.interval
    return {"filled": fill.filled, "of": fill.of, "rate": fill.rate, "low": low, "high": high}
