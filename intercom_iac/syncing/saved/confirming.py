"""A saved plan beside the workspace as it is by now: what of it still holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.workspace import Records
from intercom_iac.writes import Write
from intercom_iac.writes.matching import changed_names, remaining_body

from ..cache.cache import SyncCache
from ..cache.keys import normal_key
from ..cache.pending import PlannedWrites
from ..planner.lookup import read_each
from ..planner.row_writes import WriteSink
from ..planner.values import NEVER_RETURNED
from .saved_plan import SavedSyncPlan

_BATCH = 1_500


_EXAMPLES = 20


Meanwhile = Literal["as planned", "done", "changed", "gone", "exists", "person left out"]
"""What became of a record since the plan was made: it is as it was, as it is to be, otherwise, not there any more,
there although it was to be created; or it is an event, and its person is one of the last three."""


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that is left as it is: its key, why, and the properties that somebody changed."""

    key: str
    why: Meanwhile
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedPlan:
    """A saved plan beside the workspace as it is: `writes` of it are still to be made, `done` are as planned by now,
    `changed` are left out, since their records are not what the plan was made for; `examples` are the first of these.

    `writes_by_plan` is how many writes of each of its plans are still to be made.
    """

    writes_by_plan: tuple[int, ...]
    done: int
    changed: int
    examples: tuple[ChangedRecord, ...]

    @property
    def writes(self) -> int:
        return sum(self.writes_by_plan)


def confirm_writes(
    saved: SavedSyncPlan, records: Records, *, cache: SyncCache, spool: WriteSink, parallelism: int = 5
) -> ConfirmedPlan:
    """Compares the records of a saved plan with what it was made for; what is still to be written goes to `spool`.

    A record that somebody changed meanwhile, in a property that the plan would write, is left as it is, and events
    that were to come after it are left out with it.
    """
    planned = PlannedWrites(cache.engine)
    kept = done = 0
    ends = [*accumulate(plan.writes for plan in saved.plans)]
    by_plan = [0 for _ in ends]
    left_out: list[int] = []
    as_planned: set[int] = set()
    examples: list[ChangedRecord] = []
    for batch in _batches(saved.writes()):
        live = _live_records(records, batch, parallelism)
        for write in batch:
            record = live.get(_record_key(write))
            meanwhile = _change_meanwhile(write, record)
            if write.after is not None and _is_among(left_out, write.after) and write.after not in as_planned:
                meanwhile = ChangedRecord(write.key, "person left out")
            if meanwhile.why != "as planned":
                left_out.append(write.number)
                if meanwhile.why == "done":
                    done += 1
                    as_planned.add(write.number)
                elif len(examples) < _EXAMPLES:
                    examples.append(meanwhile)
                continue
            after = write.after
            if after is not None:
                after = None if after in as_planned else after - bisect_left(left_out, after)
            remaining = replace(write, number=kept, after=after)
            spool.write(remaining)
            planned.add(remaining, _names(record))
            by_plan[bisect_right(ends, write.number)] += 1
            kept += 1
    planned.close()
    return ConfirmedPlan(
        writes_by_plan=tuple(by_plan), done=done, changed=len(left_out) - done, examples=tuple(examples)
    )


def _change_meanwhile(write: Write, record: Mapping[str, Any] | None) -> ChangedRecord:
    """What became of the record of a write since it was planned."""
    as_planned = ChangedRecord(write.key, "as planned")
    if write.record == "event":
        return as_planned
    if record is None:
        is_new = write.action == "create" or not write.before
        return as_planned if is_new else ChangedRecord(write.key, "gone")
    left = remaining_body(write, record)
    if write.action == "create" or not write.before:
        # A run of this plan that was cut off may have made it.
        is_otherwise = any((write.record, name) not in NEVER_RETURNED for name in left)
        return ChangedRecord(write.key, "exists" if is_otherwise else "done")
    # Of what is sent with others and never returned, nothing can be said.
    if not any(name in write.before for name in left):
        return ChangedRecord(write.key, "done")
    changed = tuple(changed_names(left, write, record))
    return ChangedRecord(write.key, "changed", changed) if changed else as_planned


def _live_records(
    records: Records, batch: Sequence[Write], parallelism: int
) -> dict[tuple[str, str, str], Mapping[str, Any]]:
    """The records of a batch of writes as they are, by what writes call them."""
    found: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    ids = [write.live_id for write in batch if write.action == "update" and write.live_id is not None]
    for contact in records.contacts_with("id", ids) if ids else ():
        found["contact", "id", str(contact["id"])] = contact
    for key_name in sorted({write.key_name for write in batch if write.action == "create"}):
        keys = [write.key for write in batch if write.action == "create" and write.key_name == key_name]
        for contact in records.contacts_with(key_name, keys):
            found["contact", key_name, normal_key(key_name, str(contact[key_name]))] = contact
    company_ids = [write.key for write in batch if write.record == "company"]
    for company_id, company in zip(
        company_ids, read_each(records.company, company_ids, parallelism), strict=True
    ):
        if company is not None:
            found["company", "company_id", company_id] = company
    return found


def _record_key(write: Write) -> tuple[str, str, str]:
    if write.action == "update" and write.live_id is not None:
        return write.record, "id", write.live_id
    return write.record, write.key_name, normal_key(write.key_name, write.key)


def _names(record: Mapping[str, Any] | None) -> dict[str, str]:
    names = {name: (record or {}).get(name) for name in ("id", "external_id", "email")}
    return {name: str(key) for name, key in names.items() if key}


def _is_among(numbers: Sequence[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _batches(writes: Iterator[Write]) -> Iterator[list[Write]]:
    while batch := list(islice(writes, _BATCH)):
        yield batch
