"""A report as JSON. The format is `breaking.schema.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from intercom_iac.project import Version
from intercom_iac.prover import Satisfiable, Verdict
from intercom_iac.text import Span

from .change import ReachedSegment
from .members import MemberChange
from .release import version_text
from .report import Report, ReportedChange

FORMAT_VERSION = "1.0"


def encode_report(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "format_version": FORMAT_VERSION,
        "against": report.against,
        "summary": report.summary,
        "release": {
            "from": _version(report.release.before),
            "to": _version(report.release.after),
            "asked": report.release.bump,
            "least": _version(report.release.least),
        },
        "changes": [_encode(change) for change in report.changes],
        "diagnostics": [diagnostic.as_json() for diagnostic in report.other_findings],
    }


def _encode(reported: ReportedChange) -> dict[str, Any]:
    change, acceptance = reported.change, reported.acceptance
    return {
        "address": change.address,
        "code": change.code,
        "level": change.level,
        "kind": change.kind,
        "message": change.full_message,
        "hint": change.hint,
        "before": change.before,
        "after": change.after,
        "affected": list(change.affected),
        "accepted": None
        if acceptance is None
        else {"reason": acceptance.reason, "expires": acceptance.expires.isoformat()},
        "source": _place(change.source),
        "was": _place(change.old_source),
        "workspaces": list(change.workspaces),
        **({} if change.members is None else encode_members(change.members)),
        **({} if change.supposition is None else {"segments": list(map(_encode_reached, change.reached))}),
    }


def _encode_reached(reached: ReachedSegment) -> dict[str, Any]:
    from intercom_iac.prover.impact.encoding import encode_effect

    return {**encode_effect(reached.effect), "rule_changed": reached.is_mended}


def encode_members(members: MemberChange) -> dict[str, Any]:
    """How the people of a segment change, as plain data."""
    return {
        "relation": members.relation,
        "witnesses": {"enters": _witness(members.enters), "leaves": _witness(members.leaves)},
        "reason": members.reason,
        "counts": None if members.counts is None else asdict(members.counts),
    }


def _witness(verdict: Verdict) -> dict[str, Any] | None:
    if not isinstance(verdict, Satisfiable):
        return None
    from intercom_iac.prover import encode_witness

    return encode_witness(verdict.witness)


def _place(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"file": span.file.path, "line": span.line, "column": span.column}


def _version(version: Version | None) -> str | None:
    return None if version is None else version_text(version)


@cache
def breaking_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return json.loads(Path(__file__).with_name("breaking.schema.json").read_text("utf-8"))
