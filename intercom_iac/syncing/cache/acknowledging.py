"""What is done of a run's writes, for the cache to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.tables import TableRecord
from intercom_iac.writes import Write

from .cache import Acknowledged, SyncCache
from .file import CATALOG
from .inserting import batches, insert_columns
from .keys import normal_key


def acknowledge(
    cache: SyncCache,
    *,
    record: TableRecord,
    key_name: str,
    shape: str,
    done: Iterable[tuple[Write, str | None]],
    now: int,
) -> int:
    """Keeps that writes are done, each with the id that its record has. Gives their number.

    It does no harm to acknowledge one again.
    """
    if record == "event":
        return _acknowledge_events(cache, done)
    table = cache.known_table(record, key_name, shape, now)
    engine = cache.engine
    engine.execute("create or replace temp table written (key text, written_key text, live_id text)")

    def acknowledged() -> Iterator[Acknowledged]:
        for part in batches(done):
            rows = [
                (normal_key(key_name, write.key), write.key, live_id or write.live_id)
                for write, live_id in part
            ]
            insert_columns(engine, "written", ("text", "text", "text"), rows)
            for (key, _, live_id), (write, _) in zip(rows, part, strict=True):
                yield Acknowledged(key=key, fingerprint=write.fingerprint, live_id=live_id, written_at=now)

    count = cache.keep(table, acknowledged(), now)
    if record == "contact":
        _delete_pending(cache, key_name)
    cache.forget_others(table, "select live_id from written where live_id is not null", now)
    engine.execute("drop table written")
    return count


def settle_written(cache: SyncCache, *, key_name: str, done: Iterable[tuple[Write, str | None]]) -> int:
    """Keeps that nothing is pending for the people of these writes, of which no fingerprint is known. Gives their
    number."""
    engine = cache.engine
    engine.execute("create or replace temp table written (written_key text)")
    count = 0
    for part in batches(done):
        insert_columns(engine, "written", ("text",), [(write.key,) for write, _ in part])
        count += len(part)
    _delete_pending(cache, key_name)
    engine.execute("drop table written")
    return count


def _delete_pending(cache: SyncCache, key_name: str) -> None:
    """Of people who are in the table `written`."""
    cache.engine.execute(
        f"delete from {CATALOG}.pending using written w where pending.of_name = ? and pending.of = w.written_key",
        [key_name],
    )


def _acknowledge_events(cache: SyncCache, done: Iterable[tuple[Write, str | None]]) -> int:
    count = 0
    for part in batches(done):
        insert_columns(
            cache.engine,
            f"{CATALOG}.sent_events",
            ("text", "text", "text", "bigint"),
            [
                (
                    write.key_name,
                    normal_key(write.key_name, write.key),
                    str(write.body["event_name"]).lower(),
                    int(write.body["created_at"]),
                )
                for write, _ in part
            ],
        )
        count += len(part)
    return count
