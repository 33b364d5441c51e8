"""An audit as JSON. The format is `audit.schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from .aspects.caps import CapUse
from .audit import Audit
from .finding import AuditFinding, fill_evidence
from .samples.times import day_text
from .samples.values import AttributeValues

FORMAT_VERSION = "1.0"


def encode_audit(audit: Audit) -> dict[str, Any]:
    """The audit as plain data. Of values there is nothing in it but what findings show, masked."""
    severities = Counter(finding.severity for finding in audit.findings)
    return {
        "format_version": FORMAT_VERSION,
        "workspace": {
            "name": audit.target,
            "app_id": audit.workspace.app_id,
            "title": audit.workspace.name,
            "timezone": audit.workspace.timezone,
        },
        "day": audit.day.isoformat(),
        "sampled": {
            "contacts": audit.sampled.contacts,
            "companies": audit.sampled.companies,
            "events_of_contacts": audit.sampled.summaries,
            "contact_total": audit.sampled.contact_total,
            "company_total": audit.sampled.company_total,
        },
        "calls": audit.calls,
        "counts": dict(audit.counts),
        "caps": {cap.name: _cap(cap) for cap in audit.caps},
        "unread": [
            {"what": unread.what, "call": unread.call, "reason": unread.reason} for unread in audit.unread
        ],
        "summary": {severity: severities[severity] for severity in ("error", "warning", "info")},
        "findings": [_finding(finding) for finding in audit.findings],
        "attributes": [_attribute(values) for values in audit.attributes],
    }


def _cap(cap: CapUse) -> dict[str, Any]:
    return {
        "used": cap.used,
        "limit": cap.limit,
        "archived": cap.archived,
        "per_month": round(cap.per_month, 2),
        "met_on": None if cap.met_on is None else cap.met_on.isoformat(),
        "at_least": cap.at_least,
    }


def _finding(finding: AuditFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "title": finding.kind.title,
        "address": finding.address,
        "related": list(finding.related),
        "message": finding.message,
        "evidence": dict(finding.evidence),
        "suggestion": finding.suggestion,
        "weight": round(finding.weight, 3),
    }


def _attribute(values: AttributeValues) -> dict[str, Any]:
    attribute = values.attribute
    return {
        "address": values.address,
        "type": str(attribute.type),
        "description": attribute.description,
        "messenger_writable": attribute.messenger_writable,
        "created_at": day_text(attribute.history.created_at),
        "admin_id": attribute.history.admin_id,
        "last_seen": day_text(values.last_seen),
        **fill_evidence(values.fill),
    }


@cache
def audit_schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    return json.loads(Path(__file__).with_name("audit.schema.json").read_text("utf-8"))
