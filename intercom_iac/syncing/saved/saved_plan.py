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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from intercom_iac.diagnostics import IntercomIacError, Misuse, PlanError, StalePlan
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.journal import open_regular
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.writes import Write, decode_write, encode_write

from ..plan import PropertyChange, SyncPlan, ValueMove

_FORMAT = 1
_LONGEST_HEADER = 16 << 20
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
                    raise _edited_plan_error(self.path) from error
                yield write
            if file.read(1) or f"sha256:{digest.hexdigest()}" != self.digest:
                raise _edited_plan_error(self.path)


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
        raise _edited_plan_error(path) from error
    for number, write in enumerate(saved.writes()):
        if write.number != number:
            raise _edited_plan_error(path)
    if saved.count != sum(plan.writes for plan in saved.plans):
        raise _edited_plan_error(path)
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
    values |= {name: tuple(values[name]) for name in ("sends", "not_compared", "never_cleared")}
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


def _edited_plan_error(path: Path) -> IntercomIacError:
    message = f"the plan `{path}` is not as it was written"
    return PlanError(message, diagnostics=[codes.EDITED_SYNC_PLAN.at(None, message, hint=_ANEW)])
