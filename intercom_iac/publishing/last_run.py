"""What the last publish wrote: search shows it minutes later, and what was cut off may have been made or not."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intercom_iac.journal import DurableFile, journal_path
from intercom_iac.workspace import Records
from intercom_iac.writes import Spool, Write, WriteStates, open_spool, read_states

from .listed import Json, custom_value, listed

LAG_SECONDS = 15 * 60
"""For how long what was written is taken to be so, whatever a search finds: search lags writes by minutes (API 2.16
description)."""
_CLOCK_SLACK = 60
_LOOKS = 150


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether a contact has a tag or an attribute, as it was written or read by id at a moment in unix seconds."""

    member: bool
    at: int


@dataclass(slots=True)
class LastRun:
    """`settled`: contact and target -> what it is since it was written, of the last minutes. `cut_off`: the run
    before was killed with so many of `writes` done. `records` reads contacts by id, so many as `looks` says."""

    settled: Mapping[tuple[str, str], Settled] = field(default_factory=dict[tuple[str, str], Settled])
    records: Records | None = None
    looks: int = _LOOKS
    cut_off: bool = False
    done: int = 0
    writes: int = 0

    def has_made(self, write: Write) -> bool:
        """Whether what a write is to do was done a moment ago, so that a search may not show it.

        The first such contacts are read by id, as somebody may have undone it by hand; where search lags, these are
        all that were written, and of the others what was written is believed. Raises a `WorkspaceError`.
        """
        settled = self.settled.get((str(write.live_id), target_of(write)))
        if settled is None or settled.member is not is_entry(write):
            return False
        if self.records is None or self.looks <= 0:
            return True
        self.looks -= 1
        live = self.records.contact(str(write.live_id))
        return live is None or _has(live, write) is is_entry(write)


def publish_paths(root: Path, app_id: str) -> tuple[Path, Path]:
    """The spool and the journal of publishing to a workspace, by its id, in the project with this folder."""
    journal = journal_path(root, app_id)
    stem = journal.name.removesuffix(".jsonl")
    return journal.with_name(f"{stem}.publish.spool.jsonl"), journal.with_name(f"{stem}.publish.jsonl")


def read_last_run(root: Path, app_id: str, records: Records) -> LastRun:
    """What was written lately; of writes that began and have no end each contact is read, by its id.

    Raises `IntercomIacError` for files that cannot be read, and `WorkspaceError`.
    """
    now = int(time.time())
    settled = _read_settled(_settled_path(root, app_id))
    spool_path, path = publish_paths(root, app_id)
    spool = open_spool(spool_path)
    states = None if spool is None else read_states(path, spool)
    if spool is None or states is None:
        return LastRun(_recent(settled, now), records)
    done = states.done
    ended = done + states.failed + states.held_back
    at = int(path.stat().st_mtime)
    if _is_recent(at, now):
        settled |= _settled(spool, states, records, at)
    return LastRun(_recent(settled, now), records, cut_off=ended < spool.count, done=done, writes=spool.count)


def keep_settled(root: Path, app_id: str, last: LastRun) -> None:
    """Keeps what was written lately beside the files of the next run, which take the place of the last one's.

    Raises `IntercomIacError` where that cannot be written.
    """
    if not last.settled:
        return
    file = DurableFile(_settled_path(root, app_id), {"settled": 1})
    try:
        file.write(
            {"contact": contact, "target": target, "member": settled.member, "at": settled.at}
            for (contact, target), settled in last.settled.items()
        )
    finally:
        file.close()


def _settled_path(root: Path, app_id: str) -> Path:
    path = journal_path(root, app_id)
    return path.with_name(f"{path.name.removesuffix('.jsonl')}.settled.jsonl")


def _read_settled(path: Path) -> dict[tuple[str, str], Settled]:
    """Nothing where there is none. A line that is not as it was written is passed over: it costs a call, no more."""
    settled: dict[tuple[str, str], Settled] = {}
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return settled
    for line in text.splitlines()[1:]:
        try:
            entry: Any = json.loads(line)
            key = (str(entry["contact"]), str(entry["target"]))
            settled[key] = Settled(entry["member"] is True, int(entry["at"]))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            continue
    return settled


def _recent(settled: Mapping[tuple[str, str], Settled], now: int) -> dict[tuple[str, str], Settled]:
    return {key: found for key, found in settled.items() if _is_recent(found.at, now)}


def _is_recent(at: int, now: int) -> bool:
    """A moment in the future is none: the clock has been set back."""
    return -_CLOCK_SLACK <= now - at < LAG_SECONDS


def _settled(spool: Spool, states: WriteStates, records: Records, at: int) -> dict[tuple[str, str], Settled]:
    settled: dict[tuple[str, str], Settled] = {}
    for write in spool:
        if write.record != "contact" or write.live_id is None:
            continue
        target = target_of(write)
        if states.is_done(write.number):
            settled[write.live_id, target] = Settled(is_entry(write), at)
        elif states.is_in_flight(write.number):
            live = records.contact(write.live_id)
            if live is not None:
                settled[write.live_id, target] = Settled(_has(live, write), at)
    return settled


def target_of(write: Write) -> str:
    """The tag, by its id, or the attribute that a write is about."""
    attribute = _attribute(write)
    return (
        f"tag {write.body.get('id', write.body.get('name'))}"
        if attribute is None
        else f"attribute {attribute}"
    )


def is_entry(write: Write) -> bool:
    """Whether the record is to have the tag or the attribute after it."""
    attribute = _attribute(write)
    return write.action == "tag" if attribute is None else custom_value(write.body, attribute) is True


def _attribute(write: Write) -> str | None:
    """The attribute that a write sets; None where it is about a tag."""
    return next(iter(write.body.get("custom_attributes", ())), None)


def _has(contact: Json, write: Write) -> bool:
    attribute = _attribute(write)
    if attribute is not None:
        return custom_value(contact, attribute) is True
    return any(str(tag.get("id")) == str(write.body["id"]) for tag in listed(contact, "tags"))
