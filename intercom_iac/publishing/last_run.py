"""What was published lately: search shows it minutes later, and what was cut off may have been made or not.

The spool and the journal have the last run, which the next one replaces; what is to be known of the runs before it
stands in a file beside them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, NamedTuple

from intercom_iac.journal import DurableFile, journal_path
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.workspace import Records
from intercom_iac.writes import Spool, Write, WriteStates, open_spool, read_states

from .record_lists import Json, custom_value, listed_records

LAG_SECONDS = 15 * 60
"""For how long what was written is taken to be so, whatever a search finds: search lags writes by minutes (API 2.16
description)."""


_CLOCK_SLACK = 60
_LOOKS = 150
_MOST_SETTLED = LAG_SECONDS // 60 * 25_000
"""More are not written in that time: a workspace takes 25,000 calls a minute (rate limits, API 2.16 description)."""


class Settled(NamedTuple):
    """Whether a contact has a tag or an attribute since a write at a moment, in unix seconds."""

    has_it: bool
    at: float


Settlements = Mapping[tuple[str, str], Settled]
"""By contact and target."""


@dataclass(slots=True)
class LastRun:
    """`settled` are the writes of the last minutes, of earlier runs too. `cut_off`: the last run was killed with so
    many of `writes` done. `records` reads contacts by id, so many as `looks` says."""

    settled: Settlements = field(default_factory=dict[tuple[str, str], Settled])
    records: Records | None = None
    looks: int = _LOOKS
    cut_off: bool = False
    done: int = 0
    writes: int = 0

    def has_made(self, write: Write) -> bool:
        """Whether what a write is to do was done a moment ago, so that a search may not show it.

        The first such contacts are read by id, as somebody may have undone it by hand; of the others what was written
        is believed. Raises a `WorkspaceError`.
        """
        settled = self.settled.get((str(write.live_id), target_of(write)))
        if settled is None or settled.has_it is not is_entry(write):
            return False
        if self.records is None or self.looks <= 0:
            return True
        self.looks -= 1
        live = self.records.contact(str(write.live_id))
        return live is None or _has_membership(live, write) is is_entry(write)


def publish_paths(root: Path, app_id: str) -> tuple[Path, Path]:
    """The spool and the journal of publishing to a workspace, by its id, in the project with this folder."""
    journal = journal_path(root, app_id)
    stem = journal.name.removesuffix(".jsonl")
    return journal.with_name(f"{stem}.publish.spool.jsonl"), journal.with_name(f"{stem}.publish.jsonl")


def read_last_run(root: Path, app_id: str, records: Records) -> LastRun:
    """What was written lately; of writes that began and have no end each contact is read, by its id.

    Raises `IntercomIacError` for files that cannot be read, and `WorkspaceError`.
    """
    earlier = _read_settled(_settled_path(root, app_id))
    spool_path, path = publish_paths(root, app_id)
    spool = open_spool(spool_path)
    states = None if spool is None else read_states(path, spool)
    if spool is None or states is None:
        return LastRun(earlier, records)
    done = states.done
    ended = done + states.failed + states.held_back
    at = path.stat().st_mtime
    settled = {**earlier, **_settled_writes(spool, states, records, at)} if _is_recent(at) else earlier
    return LastRun(settled, records, cut_off=ended < spool.count, done=done, writes=spool.count)


def remember_settled(root: Path, app_id: str, settled: Settlements) -> None:
    """Keeps it for the runs after the next one, which replaces spool and journal.

    Raises `IntercomIacError` where that cannot be written.
    """
    path = _settled_path(root, app_id)
    if not settled:
        path.unlink(missing_ok=True)
        return
    listed = [[*key, has_it, at] for key, (has_it, at) in settled.items()]
    DurableFile(path, {"settled": listed}).close()


def _settled_path(root: Path, app_id: str) -> Path:
    spool_path, _ = publish_paths(root, app_id)
    return spool_path.with_name(spool_path.name.replace(".spool.", ".settled."))


def _read_settled(path: Path) -> dict[tuple[str, str], Settled]:
    """Nothing where nothing is known: what is sent again then changes nothing."""
    try:
        data: Any = json.loads(path.read_text("utf-8"))
        listed = [
            (str(contact), str(target), Settled(has_it is True, float(at)))
            for contact, target, has_it, at in data["settled"]
        ]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {(contact, target): settled for contact, target, settled in listed if _is_recent(settled.at)}


def _is_recent(at: float) -> bool:
    """A moment in the future is none: the clock has been set back."""
    return -_CLOCK_SLACK <= time.time() - at < LAG_SECONDS


def _settled_writes(
    spool: Spool, states: WriteStates, records: Records, at: float
) -> dict[tuple[str, str], Settled]:
    settled: dict[tuple[str, str], Settled] = {}
    too_old = max(0, states.done - _MOST_SETTLED)
    for write in spool:
        if write.record != "contact" or write.live_id is None:
            continue
        key = (write.live_id, target_of(write))
        if states.is_done(write.number):
            too_old -= 1
            if too_old < 0:
                settled[key] = Settled(is_entry(write), at)
        elif states.is_in_flight(write.number):
            live = records.contact(write.live_id)
            if live is not None:
                settled[key] = Settled(_has_membership(live, write), at)
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


def _has_membership(contact: Json, write: Write) -> bool:
    attribute = _attribute(write)
    if attribute is not None:
        return custom_value(contact, attribute) is True
    return any(str(tag.get("id")) == str(write.body["id"]) for tag in listed_records(contact, "tags"))
