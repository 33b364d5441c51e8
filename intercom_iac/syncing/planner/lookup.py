"""Records of the workspace for rows of a table, by as few calls as bring them.

Keys are searched for by batches, or the whole workspace is read by pages, or just what was updated since it was
compared last: whichever takes the fewest calls by a count that is asked first. What was written a moment ago is read
by its id, since searches lag writes (API 2.16 description: minutes).
"""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Literal, TypeVar

from intercom_iac.engines import DuckDBEngine
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.tables import TableColumn
from intercom_iac.workspace import Records

from ..cache.inserting import batches, insert_columns
from ..cache.keys import normal_key
from .values import live_value

T = TypeVar("T")
Notify = Callable[[str, int, int | None], object]
"""What is being done, how many of it are done, and of how many; None where that is not known."""


def be_silent(stage: str, done: int, total: int | None) -> None:
    """Nobody is told."""
    del stage, done, total


CHANGED, LIVE = "sync_changed", "sync_live"
SEARCH_LAG = 600
"""Seconds after a write in which a search may not show it. "A few minutes" is all that is documented."""
PAGE = 150
_AT_ONCE = 20 * PAGE
_WAITING_EACH = 4
_DAY = 86_400
_EVERY_CONTACT: Mapping[str, Any] = {"field": "role", "operator": "IN", "value": ["user", "lead"]}

Way = Literal["keys", "all", "since"]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """`since` is the moment from which on updates were read, unix seconds; None where each row was looked for."""

    way: Way
    since: int | None = None


def open_live_table(engine: DuckDBEngine) -> None:
    engine.execute(
        f"create or replace table {LIVE} "
        "(key text, id text, external_id text, email text, fresh integer, record text)"
    )


def look_up_contacts(
    engine: DuckDBEngine,
    records: Records,
    *,
    key_name: str,
    columns: Sequence[TableColumn],
    now: int,
    parallelism: int,
    may_ask_since: bool,
    notify: Notify,
) -> LookedUp:
    """Brings the contacts of the rows in `CHANGED` into `LIVE`."""
    _look_at_recent(engine, records, key_name, columns, now, parallelism, notify)
    different, same, since = _single_row(
        engine,
        "select count(*) filter (same_since is null), count(*) filter (same_since is not null), min(same_since) "
        f"from {CHANGED} c where {_NOT_YET}",
    )
    way, moment, total = _cheapest(records, different, same, since if may_ask_since else None)
    if way != "keys":
        query = _EVERY_CONTACT if moment is None else _updated_since(moment)
        read = 0
        for pages in batches(records.search_contacts(query), _AT_ONCE // PAGE):
            contacts = [contact for page in pages for contact in page]
            read += len(contacts)
            add_live(engine, contacts, key_name, columns)
            notify("reading contacts", read, total)
    if way != "all":
        # Of those that were just to be looked at again, only one whose contact has another key by now.
        moved = f"c.same_since is null or c.live_id in (select id from {LIVE})"
        condition = f"{_NOT_YET} and ({moved})" if way == "since" else _NOT_YET
        _look_for_keys(engine, records, key_name, columns, condition, notify)
    return LookedUp(way, moment)


def look_up_companies(
    engine: DuckDBEngine,
    records: Records,
    *,
    columns: Sequence[TableColumn],
    parallelism: int,
    notify: Notify,
) -> LookedUp:
    """Brings the companies of the rows in `CHANGED` into `LIVE`.

    The list of companies is read for as long as it is shorter than what is left to look for one by one; companies
    without people are in no list.
    """
    (wanted,) = _single_row(engine, f"select count(*) from {CHANGED}")
    left = {key for (key,) in engine.rows(f"select match_key from {CHANGED}")} if wanted else set[str]()
    listing = records.companies() if wanted > 1 else iter(())
    for pages, page in enumerate(listing, 1):
        add_live(engine, page, "company_id", columns)
        left -= {str(company.get("company_id")) for company in page}
        notify("reading companies", wanted - len(left), wanted)
        if pages >= len(left):
            break
    found = wanted - len(left)
    for part in batches(read_each(records.company, sorted(left), parallelism), PAGE):
        add_live(engine, [company for company in part if company is not None], "company_id", columns)
        found += len(part)
        notify("looking for companies", found, wanted)
    return LookedUp("keys")


def add_live(
    engine: DuckDBEngine,
    records: Sequence[Mapping[str, Any]],
    key_name: str,
    columns: Sequence[TableColumn],
    *,
    fresh: bool = False,
) -> None:
    """Puts records into `LIVE`, with the values that the columns are compared with."""
    rows = [
        (
            normal_key(key_name, _text(record[key_name]) or ""),
            str(record["id"]),
            _text(record.get("external_id")),
            _text(record.get("email")),
            int(fresh),
            json.dumps({column.field.name: live_value(column.field, record) for column in columns}),
        )
        for record in records
        if record.get(key_name)
    ]
    if rows:
        insert_columns(engine, LIVE, ("text", "text", "text", "text", "integer", "text"), rows)


_NOT_YET = f"not exists (select 1 from {LIVE} l where l.key = c.match_key)"


def _look_at_recent(
    engine: DuckDBEngine,
    records: Records,
    key_name: str,
    columns: Sequence[TableColumn],
    now: int,
    parallelism: int,
    notify: Notify,
) -> None:
    """Reads by id what was written so lately that a search may not show it, where the row is another one by now."""
    ids = engine.open_cursor()
    found = ids.rows(
        f"select live_id from {CHANGED} "
        f"where written_at >= {now - SEARCH_LAG} and live_id is not null and same_since is null"
    )
    read = 0
    for wanted in batches((live_id for (live_id,) in found), _AT_ONCE):
        for part in batches(read_each(records.contact, wanted, parallelism), PAGE):
            contacts = [contact for contact in part if contact is not None]
            add_live(engine, contacts, key_name, columns, fresh=True)
            read += len(part)
            notify("reading contacts that were just written", read, None)
    ids.close()


def read_each(read: Callable[[str], T], ids: Iterable[str], parallelism: int) -> Iterator[T]:
    """What `read` gives of each, in their order, several calls at once. After an error no further one begins."""
    pool = ThreadPoolExecutor(parallelism)
    waiting: deque[Future[T]] = deque()
    try:
        for id_ in ids:
            waiting.append(pool.submit(read, id_))
            if len(waiting) >= _WAITING_EACH * parallelism:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _look_for_keys(
    engine: DuckDBEngine,
    records: Records,
    key_name: str,
    columns: Sequence[TableColumn],
    condition: str,
    notify: Notify,
) -> None:
    (total,) = _single_row(engine, f"select count(*) from {CHANGED} c where {condition}")
    # The condition is of the table that is filled meanwhile: the keys are those of before.
    engine.execute(
        f"create or replace table sync_wanted as select match_key from {CHANGED} c where {condition}"
    )
    keys = engine.open_cursor()
    read = 0
    for part in batches((key for (key,) in keys.rows("select match_key from sync_wanted")), _AT_ONCE):
        add_live(engine, records.contacts_with(key_name, part), key_name, columns)
        read += len(part)
        notify("looking for contacts", read, total)
    keys.close()
    engine.execute("drop table sync_wanted")


def _cheapest(
    records: Records, different: int, same: int, since: int | None
) -> tuple[Way, int | None, int | None]:
    """How to look for so many rows, from which moment on, and how many contacts are read for it by pages.

    A count is asked for where it may save more calls than it takes.
    """
    searches = _pages(different + same)
    if searches <= 2:
        return "keys", None, None
    ways: list[tuple[int, Way, int | None, int | None]] = [(searches, "keys", None, None)]
    if since is not None and same > PAGE:
        moment = since - SEARCH_LAG
        updated = records.count_contacts(_updated_since(moment))
        ways.append((_pages(updated) + _pages(different), "since", moment, updated))
    everybody = records.count_contacts(_EVERY_CONTACT)
    ways.append((max(1, _pages(everybody)), "all", None, everybody))
    _, way, moment, total = min(ways, key=lambda counted: counted[0])
    return way, moment, total


def _updated_since(moment: int) -> Mapping[str, Any]:
    """A search of 2.16 compares calendar days, `>` from the next one on: two days before are early enough wherever
    the workspace's midnight is, and on a day of 25 hours."""
    return {"field": "updated_at", "operator": ">", "value": moment - 2 * _DAY}


def _pages(count: int) -> int:
    return math.ceil(count / PAGE)


def _text(name: Any) -> str | None:
    """A name of a record; a lone surrogate, which JSON may hold, is in no key of a table."""
    return str(name).encode("utf-8", errors="replace").decode() if name else None


def _single_row(engine: DuckDBEngine, statement: str) -> tuple[Any, ...]:
    (row,) = engine.rows(statement)
    return row
