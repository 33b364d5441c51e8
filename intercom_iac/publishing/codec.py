"""A publish as JSON."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from intercom_iac.writes import Delivery, WriteFailure

from .membership import MembershipChange
from .report import PublishReport


def encode_publish(report: PublishReport) -> dict[str, Any]:
    return {
        "format_version": "1.0",
        "workspace": {"name": report.workspace, "app_id": report.app_id},
        "segments": [_segment(change) for change in report.changes],
        "withheld": report.withheld,
        "gone": report.gone,
        "outcome": None if report.outcome is None else _outcome(report.outcome),
    }


def _segment(change: MembershipChange) -> dict[str, Any]:
    source = None
    if change.source is not None:
        source = {
            "name": change.source,
            "not_found": change.not_found,
            "ambiguous": change.ambiguous,
            "rejected": change.rejected,
            "kept": change.kept,
        }
    return {
        "key": change.key,
        "name": change.name,
        "as": change.published_as,
        "target": change.target,
        "carriers": change.carriers,
        "members": change.members,
        "enter": change.enter,
        "leave": change.leave,
        "source": source,
    }


def _outcome(outcome: Delivery) -> dict[str, Any]:
    stopped = outcome.stopped
    return {
        "done": outcome.done,
        "failed": outcome.failed,
        "not_tried": outcome.not_tried,
        "interrupted": outcome.interrupted,
        "stopped": None if stopped is None else {"message": stopped.message, "hint": stopped.hint},
        "failures": [_failure(failure) for failure in outcome.failures],
    }


def _failure(failure: WriteFailure) -> dict[str, Any]:
    write, error = failure.write, failure.error
    return {
        "key": write.key,
        "action": write.action,
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
    }


@cache
def publish_schema() -> dict[str, Any]:
    """The JSON Schema of it."""
    return json.loads(Path(__file__).with_name("publish.schema.json").read_text("utf-8"))
