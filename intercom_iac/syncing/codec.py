"""What a sync says of itself, as JSON. The format is `sync.schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intercom_iac.tables.source import RECORD_PLURALS

from .masked import shown_key

if TYPE_CHECKING:
    from intercom_iac.tables import RejectedValue
    from intercom_iac.writes import Delivery, WriteFailure

    from .plan import SyncPlan
    from .report import SyncedSource, SyncReport

FORMAT_VERSION = "1.0"


def encode_sync(report: SyncReport, *, show_values: bool = False) -> dict[str, Any]:
    """The report as plain data: of one source as it is; of several as their sums, and each in `syncs`."""
    sources = [_source(source, show_values=show_values) for source in report.sources]
    data: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "workspace": {"name": report.workspace, "app_id": report.app_id},
    }
    if len(sources) == 1:
        data |= sources[0]
    else:
        data["source"] = _sums(source["source"] for source in sources)
        data["plan"] = _sums(source["plan"] for source in sources)
        data["syncs"] = sources
    data["changed_meanwhile"] = {
        "count": report.changed_meanwhile,
        "examples": [
            {
                "key": shown_key("", changed.key, show_values=show_values),
                "why": changed.why,
                "properties": list(changed.properties),
            }
            for changed in report.changed_examples
        ],
    }
    data["outcome"] = None if report.outcome is None else _outcome(report.outcome, show_values=show_values)
    return data


def _source(source: SyncedSource, *, show_values: bool) -> dict[str, Any]:
    plan, table = source.plan, source.table
    read: dict[str, Any] = {
        "name": plan.source,
        "of": RECORD_PLURALS[plan.record],
        "key": plan.key_name,
        "rows": plan.rows,
        "valid": plan.rows - plan.rejected,
        "rejected": plan.rejected,
    }
    if table is not None:
        read["columns"] = [
            {"name": column.name, "attribute": column.field.name, "shape": column.shape}
            for column in table.columns
        ]
        read["ignored"] = list(table.ignored)
        read["remarks"] = [
            {"code": remark.code, "severity": remark.severity, "message": remark.message, "hint": remark.hint}
            for remark in table.diagnostics
        ]
    read["rejects"] = [_reject(rejected) for rejected in source.rejects]
    return {"source": read, "plan": _plan(source, show_values=show_values)}


def _reject(rejected: RejectedValue) -> dict[str, Any]:
    return {
        "row": rejected.row,
        "column": rejected.column,
        "code": rejected.code.id,
        "message": rejected.message,
        "hint": rejected.hint,
        "value": rejected.value,
    }


def _plan(source: SyncedSource, *, show_values: bool) -> dict[str, Any]:
    plan = source.plan
    return {
        "mode": plan.mode,
        "create": plan.create,
        "update": plan.update,
        "unchanged": plan.unchanged,
        "not_found": plan.not_found,
        "ambiguous": plan.ambiguous,
        "held_back": plan.held_back,
        "properties": dict(plan.properties),
        "cleared": dict(plan.cleared),
        "moves": _moves(source, show_values=show_values),
        "samples": _samples(source, show_values=show_values),
        "sends": list(plan.sends),
        "not_compared": list(plan.not_compared),
        "never_cleared": list(plan.never_cleared),
        "cache": _cache(plan),
        **_replacement(source),
    }


def _replacement(source: SyncedSource) -> dict[str, Any]:
    """What only the copy of an attribute's values has: their progress."""
    plan = source.plan
    if plan.replaces is None:
        return {}
    counts = {"copied": plan.unchanged, "left": plan.update, "cannot_convert": plan.rejected}
    return {"replacement": {"old": plan.replaces, "new": next(iter(source.types), None), **counts}}


def _moves(source: SyncedSource, *, show_values: bool) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {
                "before": source.display_value(name, move.before, show_values=show_values),
                "after": source.display_value(name, move.after, show_values=show_values),
                "count": move.count,
            }
            for move in moves
        ]
        for name, moves in source.plan.moves.items()
    }


def _samples(source: SyncedSource, *, show_values: bool) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {
                "key": shown_key(source.plan.key_name, sample.key, show_values=show_values),
                "before": source.display_value(name, sample.before, show_values=show_values),
                "after": source.display_value(name, sample.after, show_values=show_values),
            }
            for sample in samples
        ]
        for name, samples in source.plan.samples.items()
    }


def _cache(plan: SyncPlan) -> dict[str, Any]:
    return {
        "trust": plan.trust,
        "verified": plan.verified,
        "mismatched": plan.mismatched,
        "compared": plan.compared,
    }


def _outcome(outcome: Delivery, *, show_values: bool) -> dict[str, Any]:
    stopped = outcome.stopped
    return {
        "done": outcome.done,
        "failed": outcome.failed,
        "not_tried": outcome.not_tried,
        "interrupted": outcome.interrupted,
        "failures": [_failure(failure, show_values=show_values) for failure in outcome.failures],
        "stopped": None if stopped is None else {"message": stopped.message, "hint": stopped.hint},
    }


def _failure(failure: WriteFailure, *, show_values: bool) -> dict[str, Any]:
    write, error = failure.write, failure.error
    return {
        "action": write.action,
        "key": shown_key(write.key_name, write.key, show_values=show_values),
        "row": write.row,
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
    }


def _sums(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The counts of several sources; of properties, by name."""
    numbers: Counter[str] = Counter()
    by_name: dict[str, Counter[str]] = {"properties": Counter(), "cleared": Counter()}
    has_names = False
    for part in parts:
        numbers.update({key: value for key, value in part.items() if isinstance(value, int)})
        for key, counter in by_name.items():
            if key in part:
                has_names = True
                counter.update(part[key])
    named = {key: dict(counter) for key, counter in by_name.items()} if has_names else {}
    return {**numbers, **named}


@cache
def sync_schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    return json.loads(Path(__file__).with_name("sync.schema.json").read_text("utf-8"))
