"""A plan of a sync in a file, to be read by people and carried out later: `sync --out FILE`, `sync --plan FILE`.

JSON lines, readable by their owner only, since the values of people stand in them. The first has the plans and what
they rest on, each other one is a write:

    {"sync_plan": 1, "made_at": 1800000000, "workspace": "production", "app_id": "abc", "specs_digest": "sha256:...",
     "writes": 2, "plans": [...], "digest": "sha256:..."}
    {"number": 0, "action": "update", ...}
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from intercom_iac.diagnostics import IntercomIacError, Misuse, PlanError, StalePlan
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.journal import open_regular
from intercom_iac.workspace import Records
from intercom_iac.writes import Write, decode_write, encode_write
from intercom_iac.writes.matching import changed_names, remaining_body

from .cache import SyncCache, normal_key
from .pending import PlannedWrites
from .plan import PropertyChange, SyncPlan, ValueMove
from .planner import WriteSink

_FORMAT = 1
_LONGEST_HEADER = 16 << 20
_BATCH = 1_500
_EXAMPLES = 20
_ANEW = "make a new plan with `sync --out`, and have it reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSyncPlan:
    """What a file of a saved plan begins with; `count` is the number of its writes."""

    path: Path
    plans: tuple[SyncPlan, ...]
    made_at: int
    workspace: str
    app_id: str
    specs_digest: str
    digest: str
    count: int

    def writes(self) -> Iterator[Write]:
        """The writes in their order. Raises `PlanError` where the file has been edited."""
        with _open(self.path) as file:
            header = _object(file.readline())
            del header["digest"]
            digest = hashlib.sha256(_line(header))
            for _ in range(self.count):
                line = file.readline()
                digest.update(line)
                try:
                    write = decode_write(json.loads(line))
                except (ValueError, TypeError, KeyError) as error:
                    raise _edited(self.path) from error
                yield write
            if file.read(1) or f"sha256:{digest.hexdigest()}" != self.digest:
                raise _edited(self.path)


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


def save_sync_plan(
    path: Path,
    plans: Sequence[SyncPlan],
    writes: Iterable[Write],
    *,
    workspace: str,
    app_id: str,
    specs_digest: str,
    made_at: int,
) -> None:
    """Saves a plan, whole or not at all; `writes` is gone through twice. Raises `Misuse` where it cannot."""
    header = {
        "sync_plan": _FORMAT,
        "made_at": made_at,
        "workspace": workspace,
        "app_id": app_id,
        "specs_digest": specs_digest,
        "writes": sum(plan.writes for plan in plans),
        "plans": [_encode_plan(plan) for plan in plans],
    }
    digest = hashlib.sha256(_line(header))
    for write in writes:
        digest.update(_line(encode_write(write)))
    header["digest"] = f"sha256:{digest.hexdigest()}"
    staged = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_line(header))
                for write in writes:
                    file.write(_line(encode_write(write)))
                file.flush()
                os.fsync(file.fileno())
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise Misuse(
            f"cannot write `{path}`: {(error.strerror or 'unwritable').lower()}", hint="check the path"
        ) from error


def read_sync_plan(path: Path) -> SavedSyncPlan:
    """The plan in a file, which is read to its end. Raises `Misuse` for a file that is no plan of a sync, and
    `PlanError` for one that was edited."""
    try:
        with _open(path) as file:
            line = file.readline(_LONGEST_HEADER)
    except OSError as error:
        raise Misuse(
            f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}", hint="check the path"
        ) from error
    header = _object(line)
    if header.get("sync_plan") != _FORMAT:
        is_plan = "changes" in header or (line.startswith(b"{") and not header)
        raise Misuse(
            f"`{path}` is no plan of a sync",
            hint="carry it out with `segment publish --plan`"
            if "publish_plan" in header
            else "carry it out with `apply`"
            if is_plan
            else "make one with `sync --out FILE`; it is read as it was written",
        )
    try:
        saved = SavedSyncPlan(
            path=path,
            plans=tuple(_decode_plan(plan) for plan in header["plans"]),
            made_at=int(header["made_at"]),
            workspace=str(header["workspace"]),
            app_id=str(header["app_id"]),
            specs_digest=str(header["specs_digest"]),
            digest=str(header["digest"]),
            count=int(header["writes"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise _edited(path) from error
    for number, write in enumerate(saved.writes()):
        if write.number != number:
            raise _edited(path)
    if saved.count != sum(plan.writes for plan in saved.plans):
        raise _edited(path)
    return saved


def refuse_if_stale(saved: SavedSyncPlan, *, app_id: str, specs_digest: str) -> None:
    """Raises `StalePlan` for a plan of another workspace, or of other specs."""
    if saved.app_id != app_id:
        message = f"the plan is of the workspace `{saved.app_id}`, and this is `{app_id}`"
    elif saved.specs_digest != specs_digest:
        message = "the specs are not those that the plan was made with"
    else:
        return
    raise StalePlan(message, diagnostics=[codes.STALE_SYNC_PLAN.at(None, message, hint=_ANEW)])


def confirm_writes(
    saved: SavedSyncPlan, records: Records, *, cache: SyncCache, spool: WriteSink
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
        live = _live_records(records, batch)
        for write in batch:
            record = live.get(_record_key(write))
            meanwhile = _meanwhile(write, record)
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


def _meanwhile(write: Write, record: Mapping[str, Any] | None) -> ChangedRecord:
    """What became of the record of a write since it was planned."""
    as_planned = ChangedRecord(write.key, "as planned")
    if write.record == "event":
        return as_planned
    if record is None:
        is_new = write.action == "create" or not write.before
        return as_planned if is_new else ChangedRecord(write.key, "gone")
    left = remaining_body(write, record)
    if write.action == "create" or not write.before:
        return ChangedRecord(write.key, "exists" if left else "done")
    # Of what is sent with others and never returned, nothing can be said.
    if not any(name in write.before for name in left):
        return ChangedRecord(write.key, "done")
    changed = tuple(changed_names(left, write, record))
    return ChangedRecord(write.key, "changed", changed) if changed else as_planned


def _live_records(records: Records, batch: Sequence[Write]) -> dict[tuple[str, str, str], Mapping[str, Any]]:
    """The records of a batch of writes as they are, by what writes call them."""
    found: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    ids = [write.live_id for write in batch if write.action == "update" and write.live_id is not None]
    for contact in records.contacts_with("id", ids) if ids else ():
        found["contact", "id", str(contact["id"])] = contact
    for key_name in sorted({write.key_name for write in batch if write.action == "create"}):
        keys = [write.key for write in batch if write.action == "create" and write.key_name == key_name]
        for contact in records.contacts_with(key_name, keys):
            found["contact", key_name, normal_key(key_name, str(contact[key_name]))] = contact
    for write in batch:
        if write.record == "company" and (company := records.company(write.key)) is not None:
            found["company", "company_id", write.key] = company
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


# --- the file -----------------------------------------------------------------------------------------------


def _encode_plan(plan: SyncPlan) -> dict[str, Any]:
    return dataclasses.asdict(plan)


def _decode_plan(data: Mapping[str, Any]) -> SyncPlan:
    values = dict(data)
    values["samples"] = {
        name: tuple(PropertyChange(**sample) for sample in samples)
        for name, samples in values["samples"].items()
    }
    values["moves"] = {
        name: tuple(ValueMove(**move) for move in moves) for name, moves in values["moves"].items()
    }
    values["sends"], values["not_compared"] = tuple(values["sends"]), tuple(values["not_compared"])
    return SyncPlan(**values)


def _open(path: Path) -> BinaryIO:
    return os.fdopen(open_regular(path, os.O_RDONLY), "rb")


def _line(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _object(line: bytes) -> dict[str, Any]:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}


def _batches(writes: Iterator[Write]) -> Iterator[list[Write]]:
    while batch := list(islice(writes, _BATCH)):
        yield batch


def _edited(path: Path) -> IntercomIacError:
    message = f"the plan `{path}` is not as it was written"
    return PlanError(message, diagnostics=[codes.EDITED_SYNC_PLAN.at(None, message, hint=_ANEW)])
