"""The plan of a backfill: values of an old attribute for the one that takes its place.

Who has the old value and not the new one gets the new one, by the rules of `model.conversions`; nobody's value is
overwritten. Contacts are found by a search; companies, which no search finds, by reading all of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from intercom_iac.diagnostics.codes import sync_backfill as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, LiveAttribute
from intercom_iac.model.conversions import NotConvertible, Value, convert
from intercom_iac.planning import Copies, Replacement, count_copied, uncopied_query
from intercom_iac.tables import RejectedValue, RejectSink
from intercom_iac.workspace import Records
from intercom_iac.writes import Write
from intercom_iac.writes.record_values import custom_value

from ..cache.cache import SyncCache
from ..masked import shown_value
from ..plan import PropertyChange, SyncPlan, ValueMove
from .lookup import SEARCH_LAG, Notify, be_silent
from .row_writes import WriteSink

_SAMPLES, _MOVES, _DISTINCT_MOVES = 5, 10, 1_000
_COUNTED_TYPES = (DataType.OPTIONS, DataType.BOOLEAN)

Json = Mapping[str, Any]


@dataclass(slots=True)
class BackfillTally:
    """The counts of a backfill while it is planned."""

    copied: int = 0
    update: int = 0
    lost: int = 0
    samples: list[PropertyChange] = field(default_factory=list[PropertyChange])
    moves: Counter[tuple[Value, Value]] = field(default_factory=Counter[tuple[Value, Value]])

    def add(self, key: str, before: Value, after: Value, *, counts_moves: bool) -> None:
        self.update += 1
        if len(self.samples) < _SAMPLES:
            self.samples.append(PropertyChange(key, before, after))
        if counts_moves and ((before, after) in self.moves or len(self.moves) < _DISTINCT_MOVES):
            self.moves[before, after] += 1


def plan_copies(
    replacement: Replacement,
    live: LiveAttribute,
    *,
    records: Records,
    cache: SyncCache,
    spool: WriteSink,
    rejects: RejectSink,
    zone: str,
    now: int,
    workspace: str,
    app_id: str,
    first_number: int = 0,
    notify: Notify = be_silent,
) -> SyncPlan:
    """Plans the copy of the values to the new attribute, which is `live` in the workspace.

    The writes go to `spool`, numbered from `first_number` on; what does not convert goes to `rejects`. Of the plan's
    `rows`, which have the old value, `unchanged` have the new one already, and the samples and moves lead from the
    old value to the new one. Nothing is written to the workspace. `zone` is its time zone, `now` is in unix seconds.
    Raises a `WorkspaceError`.
    """
    calls = records.calls
    new, old = replacement.new, replacement.old
    shape = hashlib.sha256(f"replace {new.model} {old.name} {new.name}".encode()).hexdigest()
    tally = BackfillTally()
    if new.model == "contact":
        copies = count_copied(replacement, live, zone, records.count_contacts)
        tally.copied = copies.copied
        query = uncopied_query(replacement, live, zone)
        found = _contacts(records, query, _recently_written(cache, shape, now), copies, notify)
    else:
        found = _companies(records, notify)
    mapping = dict(replacement.replaced.convert)
    counts_moves = new.type in _COUNTED_TYPES and old.type in _COUNTED_TYPES
    number = first_number
    for record in found:
        value = custom_value(record, old.name)
        if value is None:
            continue
        if custom_value(record, new.name) is not None:
            # Companies are read whole; of contacts, a search that lags does not count it yet.
            tally.copied += 1
            continue
        converted = convert(value, old.type, new.type, mapping, new.options)
        if isinstance(converted, NotConvertible):
            tally.lost += 1
            rejects(_rejected_value(replacement, record, value, tally.lost, converted.reason))
            continue
        write = _write(replacement, record, number, converted.value)
        spool.write(write)
        number += 1
        tally.add(write.key, value, converted.value, counts_moves=counts_moves)
    return SyncPlan(
        record=new.model,
        source=f"{old.name} -> {new.name}",
        workspace=workspace,
        app_id=app_id,
        mode="update_only",
        rows=tally.copied + tally.update + tally.lost,
        rejected=tally.lost,
        key_name="id" if new.model == "contact" else "company_id",
        shape=shape,
        update=tally.update,
        unchanged=tally.copied,
        properties={new.name: tally.update} if tally.update else {},
        samples={new.name: tuple(tally.samples)} if tally.samples else {},
        moves={new.name: tuple(ValueMove(*move, count) for move, count in tally.moves.most_common(_MOVES))}
        if tally.moves
        else {},
        compared=tally.update + tally.lost,
        calls=records.calls - calls,
        replaces=old.name,
    )


def _contacts(
    records: Records, query: Json, recent: frozenset[str], copies: Copies, notify: Notify
) -> Iterator[Json]:
    """Those that a search finds; what was written a moment ago, which it may not show, is read by its id."""
    read = 0
    for page in records.search_contacts(query):
        for contact in page:
            fresh = records.contact(str(contact["id"])) if contact["id"] in recent else contact
            if fresh is not None:
                yield fresh
        read += len(page)
        notify("reading contacts", read, max(copies.of - copies.copied, read))


def _companies(records: Records, notify: Notify) -> Iterator[Json]:
    read = 0
    for page in records.companies():
        yield from page
        read += len(page)
        notify("reading companies", read, None)


def _recently_written(cache: SyncCache, shape: str, now: int) -> frozenset[str]:
    known = cache.known_table("contact", "id", shape, now)
    return frozenset(
        str(live_id)
        for (live_id,) in cache.engine.rows(
            f"select live_id from {known} where written_at >= {now - SEARCH_LAG} and live_id is not null"
        )
    )


def _write(replacement: Replacement, record: Json, number: int, value: Value) -> Write:
    new, live_id = replacement.new, str(record["id"])
    body: dict[str, Any] = {"custom_attributes": {new.name: value}}
    before = {"custom_attributes": {new.name: None}}
    if new.model == "contact":
        return Write(
            number=number,
            action="update",
            record="contact",
            key_name="id",
            key=live_id,
            live_id=live_id,
            body=body,
            before=before,
        )
    company_id = str(record["company_id"])
    return Write(
        number=number,
        action="upsert",
        record="company",
        key_name="company_id",
        key=company_id,
        live_id=live_id,
        body={"company_id": company_id, **body},
        before=before,
    )


def _rejected_value(
    replacement: Replacement, record: Json, value: Any, number: int, reason: str
) -> RejectedValue:
    new, old = replacement.new, replacement.old
    key = record["company_id"] if new.model == "company" else record["id"]
    return RejectedValue(
        row=number,
        column=old.name,
        code=codes.NOT_CONVERTIBLE,
        message=f"{new.model} `{key}`: its `{old.name}` {reason}",
        hint=f"say under `convert` of `{new.name}` what it becomes, or correct it in Intercom",
        value=str(shown_value(old.name, old.type, value, show_values=False)),
    )
