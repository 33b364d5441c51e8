"""What the last publish wrote: search shows it minutes later, and what was cut off may have been made or not."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intercom_iac.journal import journal_path
from intercom_iac.workspace import Records
from intercom_iac.writes import Spool, Write, WriteStates, open_spool, read_states

from .listed import Json, custom_value, listed

LAG_SECONDS = 15 * 60
"""For how long what was written is taken to be so, whatever a search finds: search lags writes by minutes (API 2.16
description)."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """`settled`: contact and target -> whether the contact has it, of the writes of the last minutes. `cut_off`: the
    run was killed with so many of `writes` done."""

    settled: Mapping[tuple[str, str], bool] = field(default_factory=dict[tuple[str, str], bool])
    cut_off: bool = False
    done: int = 0
    writes: int = 0


def publish_paths(root: Path, app_id: str) -> tuple[Path, Path]:
    """The spool and the journal of publishing to a workspace, by its id, in the project with this folder."""
    journal = journal_path(root, app_id)
    stem = journal.name.removesuffix(".jsonl")
    return journal.with_name(f"{stem}.publish.spool.jsonl"), journal.with_name(f"{stem}.publish.jsonl")


def read_last_run(root: Path, app_id: str, records: Records) -> LastRun:
    """What the last run wrote; of writes that began and have no end each contact is read, by its id.

    Raises `IntercomIacError` for files that cannot be read, and `WorkspaceError`.
    """
    spool_path, path = publish_paths(root, app_id)
    spool = open_spool(spool_path)
    states = None if spool is None else read_states(path, spool)
    if spool is None or states is None:
        return LastRun()
    done = states.done
    ended = done + states.failed + states.held_back
    is_recent = time.time() - path.stat().st_mtime < LAG_SECONDS
    settled = _settled(spool, states, records) if is_recent else {}
    return LastRun(settled, cut_off=ended < spool.count, done=done, writes=spool.count)


def _settled(spool: Spool, states: WriteStates, records: Records) -> dict[tuple[str, str], bool]:
    settled: dict[tuple[str, str], bool] = {}
    for write in spool:
        if write.record != "contact" or write.live_id is None:
            continue
        target = target_of(write)
        if states.is_done(write.number):
            settled[write.live_id, target] = is_entry(write)
        elif states.is_in_flight(write.number):
            live = records.contact(write.live_id)
            if live is not None:
                settled[write.live_id, target] = _has(live, write)
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
