"""A run's files beside the journal: which plan each of its writes is of, and what a run that was cut off has done."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import journal_path
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.syncing import SyncCache, SyncPlan, acknowledge, settle_written
from intercom_iac.writes import (
    Spool,
    Write,
    WriteJournal,
    WriteStates,
    WrittenRecord,
    open_spool,
    read_states,
    settle,
    spool_path,
    writes_journal_path,
)

from ..files import write_private

if TYPE_CHECKING:
    from intercom_iac.tables import TableRecord
    from intercom_iac.workspace import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRange:
    """The writes of one plan in a spool: `count` of them from the number `first` on. `shape` is what the cache keeps
    its fingerprints under, "" where that is not known: then it only keeps that events were sent, and that nothing is
    pending for people."""

    record: TableRecord
    key_name: str
    shape: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class RunFiles:
    """Where a run keeps what it is about to do: the writes, how they ended, of which plan they are."""

    spool: Path
    journal: Path
    plans: Path

    def remove(self) -> None:
        for path in (self.journal, self.plans, self.spool):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def run_files(root: Path, app_id: str) -> RunFiles:
    """The files of a workspace, by its id, in the project with this folder."""
    journal = journal_path(root, app_id)
    return RunFiles(
        spool=spool_path(root, app_id),
        journal=writes_journal_path(root, app_id),
        plans=journal.with_name(f"{journal.name.removesuffix('.jsonl')}.plans.json"),
    )


def ranges_of(plans: Sequence[SyncPlan], counts: Sequence[int]) -> tuple[WriteRange, ...]:
    """Which writes of a spool are of which plan: they come one plan after the other, so many of each."""
    return tuple(
        WriteRange(
            record=plan.record, key_name=plan.key_name, shape=plan.shape, first=end - count, count=count
        )
        for plan, count, end in zip(plans, counts, accumulate(counts), strict=True)
    )


def keep_ranges(files: RunFiles, spool: Spool, ranges: Sequence[WriteRange]) -> None:
    """Writes them to the disk, before the first write of the spool is made."""
    data = {"spool": spool.spool_id, "plans": [asdict(part) for part in ranges]}
    write_private(files.plans, json.dumps(data) + "\n")


def fold_ends(
    cache: SyncCache, ranges: Sequence[WriteRange], spool: Spool, states: WriteStates, now: int
) -> int:
    """Has the cache know what is done. Gives the number of these writes."""
    ends = [part.first + part.count for part in ranges]

    def range_of(ended: tuple[Write, str | None]) -> WriteRange:
        return ranges[bisect_right(ends, ended[0].number)]

    return sum(
        settle_written(cache, key_name=part.key_name, done=done)
        if part.record == "contact" and not part.shape
        else acknowledge(
            cache, record=part.record, key_name=part.key_name, shape=part.shape, done=done, now=now
        )
        for part, done in groupby(states.done_of(spool), key=range_of)
        if part.shape or part.record != "company"
    )


def take_over(cache: SyncCache, files: RunFiles, records: Records, workspace: str, now: int) -> int | None:
    """Has the cache know what a run that was cut off has done, and removes its files. Gives the number of its writes
    that are done; None where no run was cut off.

    Those that had begun are looked at in the workspace, by id. Raises a `WorkspaceError`.
    """
    spool = open_spool(files.spool)
    ranges = () if spool is None else _read_ranges(files, spool)
    count = None
    if spool is not None and ranges and read_states(files.journal, spool) is not None:
        with WriteJournal(files.journal, spool, workspace) as journal:
            settle(spool, records, journal)
            count = fold_ends(cache, ranges, spool, journal.states, now)
    files.remove()
    return count


def _read_ranges(files: RunFiles, spool: Spool) -> tuple[WriteRange, ...]:
    """Nothing where they are of another spool, or none: no write of it was begun then."""
    try:
        data: Any = json.loads(files.plans.read_text("utf-8"))
        if not isinstance(data, dict):
            return ()
        kept = cast("dict[str, Any]", data)
        if kept["spool"] != spool.spool_id:
            return ()
        ranges = tuple(WriteRange(**part) for part in kept["plans"])
        ends = [0, *accumulate(part.count for part in ranges)]
        if ends[-1] != spool.count or any(
            part.first != first or part.record not in get_args(WrittenRecord)
            for part, first in zip(ranges, ends, strict=False)
        ):
            raise ValueError
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise IntercomIacError(
            f"what the last run was about to write cannot be read: `{files.plans}`",
            hint="look at it and remove it; the workspace is compared anew then",
        ) from error
    return ranges
