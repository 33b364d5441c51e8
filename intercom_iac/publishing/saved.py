"""The plan of a publish in a file: reviewed by people, carried out later, and never believed.

JSON lines: what it is for, the writes, and at the end how many there are of each segment. Whoever carries it out
finds the members anew, and does what both say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.writes import Write, decode_write, encode_write

from .differences import WriteSink
from .last_run import is_entry, target_of
from .membership import MembershipChange

FORMAT = "1.0"
_KIND = "publish_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPlanHeader:
    """What a saved plan is for. `keys` are the segments that it was made of, none for all."""

    workspace: str
    app_id: str
    specs_digest: str
    keys: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPublish:
    """A saved plan: `wanted` has contact, target and whether the contact is to have it, of each write."""

    header: PublishPlanHeader
    wanted: frozenset[tuple[str, str, bool]]

    def has(self, write: Write) -> bool:
        return _identity(write) in self.wanted


class SavingSink:
    """Writes a plan to `add`, a line at a time; `finish` ends it."""

    def __init__(self, header: PublishPlanHeader, add: Callable[[bytes], None]) -> None:
        self.writes = 0
        self._add = add
        self._line(
            {
                _KIND: FORMAT,
                "workspace": {"name": header.workspace, "app_id": header.app_id},
                "specs_digest": header.specs_digest,
                "keys": list(header.keys),
                "created_at": header.created_at.astimezone(UTC).isoformat(timespec="seconds"),
            }
        )

    def write(self, write: Write) -> None:
        self.writes += 1
        self._line(encode_write(write))

    def finish(self, changes: Sequence[MembershipChange]) -> None:
        segments = [
            {"key": change.key, "as": change.published_as, "enter": change.enter, "leave": change.leave}
            for change in changes
        ]
        self._line({"segments": segments, "writes": self.writes})

    def _line(self, data: Mapping[str, Any]) -> None:
        self._add(json.dumps(data, separators=(",", ":")).encode() + b"\n")


class ApprovedSink:
    """Lets through what a saved plan has as well. `withheld` counts what it has not; `gone` is what it has and was
    not asked for, known at the end."""

    def __init__(self, saved: SavedPublish, sink: WriteSink) -> None:
        self._saved = saved
        self._sink = sink
        self.withheld = 0

    @property
    def writes(self) -> int:
        return self._sink.writes

    @property
    def gone(self) -> int:
        return len(self._saved.wanted) - self.writes

    def write(self, write: Write) -> None:
        if self._saved.has(write):
            self._sink.write(write)
        else:
            self.withheld += 1


def read_saved_publish(path: Path) -> SavedPublish:
    """Raises `Misuse` where the file holds no plan of a publish, or half of one."""
    try:
        with path.open(encoding="utf-8") as file:
            header = _header(path, file.readline())
            wanted: set[tuple[str, str, bool]] = set()
            end: dict[str, Any] = {}
            for line in file:
                end = json.loads(line)
                if "number" in end:
                    wanted.add(_identity(decode_write(end)))
            if end.get("writes") != len(wanted):
                raise _no_plan(path, "it is not whole")
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_plan(path, "it is not as it was written") from error
    return SavedPublish(header=header, wanted=frozenset(wanted))


def _header(path: Path, line: str) -> PublishPlanHeader:
    try:
        found: object = json.loads(line)
    except ValueError:
        found = None
    data = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    if _KIND not in data:
        raise _no_plan(path, "`segment publish --out` writes one")
    if data[_KIND] != FORMAT:
        raise _no_plan(path, f"it is of the format {data[_KIND]}, and this version reads {FORMAT}")
    return PublishPlanHeader(
        workspace=str(data["workspace"]["name"]),
        app_id=str(data["workspace"]["app_id"]),
        specs_digest=str(data["specs_digest"]),
        keys=tuple(map(str, data["keys"])),
        created_at=datetime.fromisoformat(data["created_at"]),
    )


def _identity(write: Write) -> tuple[str, str, bool]:
    return str(write.live_id), target_of(write), is_entry(write)


def _no_plan(path: Path, why: str) -> Misuse:
    return Misuse(f"`{path}` is no plan of `segment publish`", hint=why)
