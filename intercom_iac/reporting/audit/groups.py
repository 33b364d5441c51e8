"""An audit's findings by what they are about, and the sentences that every medium has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from intercom_iac.auditing import Audit, AuditFinding, CapUse, pace_text
from intercom_iac.diagnostics import Code

_NOUNS = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("remark", "remarks")}


class Group(NamedTuple):
    """The findings of one code, the heaviest first; `suggestion` is theirs where all have the same."""

    kind: Code
    findings: Sequence[AuditFinding]
    suggestion: str | None


def finding_groups(audit: Audit) -> list[Group]:
    """The groups, in the order of the heaviest finding of each."""
    groups: dict[str, list[AuditFinding]] = {}
    for finding in audit.findings:
        groups.setdefault(finding.code, []).append(finding)
    return [Group(findings[0].kind, findings, _common_suggestion(findings)) for findings in groups.values()]


def severity_counts(audit: Audit) -> str:
    """`2 errors, 14 warnings, 30 remarks`."""
    counts = Counter(finding.severity for finding in audit.findings)
    told = [
        f"{counts[severity]:,} {_NOUNS[severity][counts[severity] != 1]}"
        for severity in ("error", "warning", "info")
        if counts[severity]
    ]
    return ", ".join(told) or "nothing to tell"


def sample_sentence(audit: Audit) -> str:
    """What was looked at, and in how many calls."""
    sampled = audit.sampled
    contacts = _of_total(sampled.contacts, sampled.contact_total, "contact", "contacts")
    companies = _of_total(sampled.companies, sampled.company_total, "company", "companies")
    events = f", the events of {sampled.summaries:,} of them" if sampled.summaries else ""
    calls = f"{audit.calls:,} call{'' if audit.calls == 1 else 's'}"
    return f"sampled {contacts}{events}, and {companies}, in {calls}"


def count_sentence(audit: Audit) -> str:
    """How many of each kind the workspace has."""
    counts = audit.counts
    kinds = (
        ("attribute", "attributes", counts["attributes"]),
        ("archived attribute", "archived attributes", counts["archived_attributes"]),
        ("segment", "segments", counts["segments"]),
        ("audience", "audiences", counts["audiences"]),
        ("tag", "tags", counts["tags"]),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for one, many, count in kinds)


def cap_sentence(cap: CapUse, audit: Audit) -> str:
    """`at least 34 of 120: none was made in the last 90 days`."""
    least = "at least " if cap.at_least else ""
    pace = f": {pace_text(cap, audit.day)}" if cap.used else ""
    return f"{least}{cap.used:,} of {cap.limit:,}{pace}"


def is_read(cap: CapUse, audit: Audit) -> bool:
    """Whether the token may read what the cap is on."""
    return all(unread.what != cap.name for unread in audit.unread)


def _of_total(count: int, total: int | None, one: str, many: str) -> str:
    if total is None or total <= count:
        return f"{count:,} {one if count == 1 else many}"
    return f"{count:,} of {total:,} {many}"


def _common_suggestion(findings: Sequence[AuditFinding]) -> str | None:
    first = findings[0].suggestion
    return first if all(finding.suggestion == first for finding in findings) else None
