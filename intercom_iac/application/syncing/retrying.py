"""Writes that failed, made again: those of the file that `--failed` wrote."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import WrongWorkspace, require_extra
from intercom_iac.syncing import SyncedSource, SyncPlan, SyncReport
from intercom_iac.writes import FailedFile, SpoolWriter, Write, open_failed

from ..session import Session
from .access import PURPOSE, open_sync
from .carrying_out import carry_out, refuse_protected
from .overseer import SyncOverseer
from .properties import property_types
from .runs import WriteRange

if TYPE_CHECKING:
    from intercom_iac.tables import TableRecord

    from .request import SyncRequest


def retry_sync(
    session: Session,
    overseer: SyncOverseer,
    path: Path,
    request: SyncRequest,
    *,
    dry_run: bool,
    approved: bool,
    parallelism: int,
) -> SyncReport | None:
    """Makes the writes of a file again; None where that was not approved.

    What is done then is compared by the next sync as any other record. Raises `Misuse` for a file of something else,
    and `WrongWorkspace` for one of another workspace.
    """
    require_extra("preview", PURPOSE)
    failed = open_failed(path)
    if session.workspace_name is None and failed.workspace in session.project.settings.workspaces:
        session = session.for_workspace(failed.workspace)
    if not dry_run:
        refuse_protected(session)
    schema = session.schema()
    with open_sync(session, overseer, memory_limit=request.memory_limit, parallelism=parallelism) as access:
        _refuse_another(failed, access.app_id)
        with SpoolWriter(access.files.spool, app_id=access.app_id) as spool:
            for write in failed:
                spool.write(write)
        ranges = _ranges(failed)
        types = property_types(schema)
        report = SyncReport(
            workspace=session.workspace.name,
            app_id=access.app_id,
            sources=tuple(
                SyncedSource(plan=plan, types=types[plan.record])
                for plan in _plans(failed, source=path.name, workspace=session.workspace.name)
            ),
        )
        overseer.review(report)
        if dry_run:
            access.files.remove()
            overseer.conclude(report)
            return report
        return carry_out(
            access, report, ranges, approved=approved, failed=request.failed, look_first=True, is_retry=True
        )


def _refuse_another(failed: FailedFile, app_id: str) -> None:
    if failed.app_id != app_id:
        raise WrongWorkspace(
            f"the writes of `{failed.path}` are for the workspace `{failed.app_id}`, and this is `{app_id}`",
            hint=f"nothing was written; name their workspace: `sync --retry {shlex.quote(str(failed.path))} -w NAME`",
        )


def _ranges(writes: Iterable[Write]) -> tuple[WriteRange, ...]:
    """Which writes are of which kind of record. Under which fingerprints they are known is not: `shape` is ""."""
    ranges: list[WriteRange] = []
    first = 0
    for (record, key_name), of_kind in groupby(writes, key=lambda write: (write.record, write.key_name)):
        count = sum(1 for _ in of_kind)
        ranges.append(WriteRange(record=record, key_name=key_name, shape="", first=first, count=count))
        first += count
    return tuple(ranges)


def _plans(writes: Iterable[Write], *, source: str, workspace: str) -> list[SyncPlan]:
    """Plans that count the writes, one for each kind of record."""
    counts: dict[tuple[TableRecord, str], Counter[str]] = {}
    for write in writes:
        counter = counts.setdefault((write.record, write.key_name), Counter())
        counter["update" if write.before or write.action == "update" else "create"] += 1
        counter.update(f"property {name}" for name in _properties(write))
    return [
        SyncPlan(
            record=record,
            source=source,
            workspace=workspace,
            app_id="",
            mode="upsert",
            rows=counter["update"] + counter["create"],
            rejected=0,
            key_name=key_name,
            create=counter["create"],
            update=counter["update"],
            properties={
                name.removeprefix("property "): count
                for name, count in counter.items()
                if name.startswith("property ")
            },
        )
        # A file without writes, which a run without failures leaves, is one of no contacts.
        for (record, key_name), counter in (counts or {("contact", "external_id"): Counter()}).items()
    ]


def _properties(write: Write) -> list[str]:
    if write.action != "update":
        return []
    custom: dict[str, Any] = write.body.get("custom_attributes") or {}
    return [*(name for name in write.body if name != "custom_attributes"), *custom]
