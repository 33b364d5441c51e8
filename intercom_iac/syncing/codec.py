"""What a sync says of itself, as JSON. The format is `sync.schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .masked import shown_key, shown_value

if TYPE_CHECKING:
    from intercom_iac.writes import Delivery, WriteFailure

    from .plan import SyncPlan
    from .report import SyncedSource, SyncReport

FORMAT_VERSION = "1.0"
_PLURALS = {"contact": "contacts", "company": "companies", "event": "events"}


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
    data["outcome"] = None if report.outcome is None else _outcome(report.outcome, show_values=show_values)
    return data


def _source(source: SyncedSource, *, show_values: bool) -> dict[str, Any]:
    plan, table = source.plan, source.table
    read: dict[str, Any] = {
        "name": plan.source,
        "of": _PLURALS[plan.record],
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
    return {"source": read, "plan": _plan(source, show_values=show_values)}


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
        "samples": _samples(source, show_values=show_values),
        "not_compared": list(plan.not_compared),
        "cache": _cache(plan),
    }


def _samples(source: SyncedSource, *, show_values: bool) -> dict[str, list[dict[str, Any]]]:
    plan = source.plan
    return {
        name: [
            {
                "key": shown_key(plan.key_name, sample.key, show_values=show_values),
                "before": shown_value(name, source.types.get(name), sample.before, show_values=show_values),
                "after": shown_value(name, source.types.get(name), sample.after, show_values=show_values),
            }
            for sample in samples
        ]
        for name, samples in plan.samples.items()
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
    return json.loads(files("intercom_iac.syncing").joinpath("sync.schema.json").read_text("utf-8"))
