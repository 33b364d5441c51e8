"""What Intercom was last known to have, by key: `.intercom-iac/cache/APP_ID.duckdb`, a database of one machine.

Losing it loses nothing: the next sync reads the workspace. It is written by whoever holds the workspace's lock.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.engines import DuckDBEngine
from intercom_iac.journal import make_private_folder
from intercom_iac.tables import TableRecord
from intercom_iac.writes import Write

T = TypeVar("T")

CATALOG = "sync_cache"
_FORMAT = 1
_AT_ONCE = 5_000
_LONGEST_NAME = 100
_UNUSED_DAYS = 90
_DAY = 86_400

# What DuckDB says of a file that another process has open, and another engine of this one.
_IN_USE = ("Could not set lock", "Unique file handle conflict")

_TABLES = (
    "create table if not exists {c}.format (version integer)",
    "create table if not exists {c}.shapes "
    "(number integer, record text, key_name text, digest text, used_at bigint)",
    # What events may call a person whose properties are to be written; `of` is the key by which they are written.
    "create table if not exists {c}.pending (of_name text, of text, key_name text, key text)",
    "create table if not exists {c}.sent_events (key_name text, key text, event_name text, created_at bigint)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A record that Intercom has as the table has it. `fingerprint` is null where that is not known to stay so;
    `written_at` is when it was written, unix seconds, null where it was found so."""

    key: str
    fingerprint: str | None
    live_id: str | None
    written_at: int | None = None


@dataclass(frozen=True, slots=True)
class SyncCache:
    """The cache of a workspace, attached to an engine."""

    engine: DuckDBEngine
    path: Path
    set_aside: Path | None = None
    """Where a cache that could not be read was moved to."""

    def known_table(self, record: TableRecord, key_name: str, shape: str, now: int) -> str:
        """The name of the table of what is known under a shape; it is made where there is none."""
        found = list(
            self.engine.execute(
                f"select number from {CATALOG}.shapes where record = ? and key_name = ? and digest = ?",
                [record, key_name, shape],
            ).fetchall()
        )
        if found:
            number = int(found[0][0])
            self.engine.execute(f"update {CATALOG}.shapes set used_at = ? where number = ?", [now, number])
            return _table(number)
        ((last,),) = self.engine.execute(f"select coalesce(max(number), 0) from {CATALOG}.shapes").fetchall()
        number = int(last) + 1
        table = _table(number)
        self.engine.execute(
            f"create table {table} "
            "(key text, fingerprint text, live_id text, compared_at bigint, written_at bigint)"
        )
        self.engine.execute(
            f"insert into {CATALOG}.shapes values (?, ?, ?, ?, ?)", [number, record, key_name, shape, now]
        )
        return table

    def has_known(self, table: str) -> bool:
        return bool(self.engine.execute(f"select 1 from {table} limit 1").fetchall())

    def keep(self, table: str, records: Iterable[Acknowledged], now: int) -> int:
        """Keeps what is acknowledged, in place of what was known of these keys. Gives their number.

        `records` may be read from another cursor of the engine meanwhile.
        """
        writer = self.engine.beside()
        writer.execute(
            "create or replace temp table kept (key text, fingerprint text, live_id text, written_at bigint)"
        )
        count = 0
        for part in _parts(records):
            insert_columns(
                writer,
                "kept",
                ("text", "text", "text", "bigint"),
                [(kept.key, kept.fingerprint, kept.live_id, kept.written_at) for kept in part],
            )
            count += len(part)
        if count:
            writer.execute("begin")
            # A record that was written lately, and then found to be so by its id, may still be otherwise in a search.
            writer.execute(
                f"update kept set written_at = k.written_at from {table} k "
                "where k.key = kept.key and kept.written_at is null and k.written_at is not null"
            )
            writer.execute(f"delete from {table} using kept where {_bare(table)}.key = kept.key")
            writer.execute(
                f"insert into {table} select key, any_value(fingerprint), any_value(live_id), {now}, "
                "any_value(written_at) from kept group by key"
            )
            writer.execute("commit")
        writer.execute("drop table kept")
        writer.close()
        return count

    def forget_others(self, table: str, live_ids_query: str) -> None:
        """Forgets what other shapes know of records that were written: their values may have changed."""
        for (number,) in self.engine.execute(f"select number from {CATALOG}.shapes").fetchall():
            other = _table(int(number))
            if other != table:
                self.engine.execute(f"delete from {other} where live_id in ({live_ids_query})")

    def forget_unused(self, now: int) -> None:
        """Drops what is known under shapes that no sync has asked for in a long time."""
        old = now - _UNUSED_DAYS * _DAY
        for (number,) in self.engine.execute(
            f"select number from {CATALOG}.shapes where used_at < ?", [old]
        ).fetchall():
            self.engine.execute(f"drop table if exists {_table(int(number))}")
            self.engine.execute(f"delete from {CATALOG}.shapes where number = ?", [number])


def cache_path(root: Path, app_id: str) -> Path:
    """The cache of a workspace, by its id, in the project with this folder."""
    return root / ".intercom-iac" / "cache" / f"{quote(app_id, safe='')[:_LONGEST_NAME]}.duckdb"


@contextmanager
def open_cache(root: Path, app_id: str, engine: DuckDBEngine) -> Generator[SyncCache]:
    """The cache of a workspace, attached to the engine. One that cannot be read is set aside and made anew.

    Raises `IntercomIacError` where another process has it open, or it cannot be made.
    """
    path = cache_path(root, app_id)
    if any(folder.is_symlink() for folder in (path.parent, path.parent.parent)) or path.is_symlink():
        raise IntercomIacError(
            f"the cache `{path}` is reached by a link, and a cache stays in its project",
            hint="put a folder in its place: nothing was changed",
        )
    try:
        make_private_folder(path.parent)
        path.parent.chmod(0o700)
    except OSError as error:
        raise _unusable(path, (error.strerror or "unusable").lower()) from error
    import duckdb

    set_aside = _attach(engine, path)
    try:
        yield SyncCache(engine, path, set_aside)
    finally:
        # What ends a sync is told, not that DuckDB was in the middle of a statement.
        with suppress(duckdb.Error):
            engine.execute(f"detach {CATALOG}")


def insert_columns(
    engine: DuckDBEngine, table: str, types: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Inserts rows, all in one statement: DuckDB takes a list a column."""
    lists = ", ".join(f"unnest(?::{type_}[])" for type_ in types)
    engine.execute(
        f"insert into {table} select {lists}", [list(column) for column in zip(*rows, strict=True)]
    )


# --- writes -------------------------------------------------------------------------------------------------


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
        for part in _parts(done):
            rows = [
                (normal_key(key_name, write.key), write.key, live_id or write.live_id)
                for write, live_id in part
            ]
            insert_columns(engine, "written", ("text", "text", "text"), rows)
            for (key, _, live_id), (write, _) in zip(rows, part, strict=True):
                yield Acknowledged(key=key, fingerprint=write.fingerprint, live_id=live_id, written_at=now)

    count = cache.keep(table, acknowledged(), now)
    if record == "contact":
        engine.execute(
            f"delete from {CATALOG}.pending using written w "
            f"where pending.of_name = ? and pending.of = w.written_key",
            [key_name],
        )
    cache.forget_others(table, "select live_id from written where live_id is not null")
    engine.execute("drop table written")
    return count


def _acknowledge_events(cache: SyncCache, done: Iterable[tuple[Write, str | None]]) -> int:
    count = 0
    for part in _parts(done):
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


def normal_key(key_name: str, key: str) -> str:
    """A key as it is compared (`comparison.match_key`)."""
    return key.strip(" ").lower() if key_name == "email" else key


# --- the file -----------------------------------------------------------------------------------------------


def _attach(engine: DuckDBEngine, path: Path) -> Path | None:
    """Attaches the file, made where there is none. Gives the place of one that had to be set aside."""
    import duckdb

    set_aside = None
    attach = f"attach {engine.dialect.text(str(path))} as {CATALOG}"
    try:
        try:
            engine.execute(attach)
        except duckdb.Error as error:
            if any(sign in str(error) for sign in _IN_USE):
                raise IntercomIacError(
                    f"the cache `{path}` is in use by another process",
                    hint="wait for the other sync to end, then run this one again: this one has changed nothing",
                ) from error
            set_aside = _move_aside(path)
            engine.execute(attach)
        if not _has_format(engine):
            engine.execute(f"detach {CATALOG}")
            set_aside = _move_aside(path)
            engine.execute(attach)
            _has_format(engine)
        path.chmod(0o600)
    except (duckdb.Error, OSError) as error:
        raise _unusable(path, str(error).splitlines()[0].lower()) from error
    return set_aside


def _has_format(engine: DuckDBEngine) -> bool:
    """Whether the file is a cache of this version; an empty one becomes one."""
    for statement in _TABLES:
        engine.execute(statement.format(c=CATALOG))
    versions = engine.execute(f"select version from {CATALOG}.format").fetchall()
    if not versions:
        engine.execute(f"insert into {CATALOG}.format values ({_FORMAT})")
    return not versions or versions == [(_FORMAT,)]


def _move_aside(path: Path) -> Path:
    aside = path.with_suffix(".unreadable")
    path.replace(aside)
    path.with_suffix(".duckdb.wal").unlink(missing_ok=True)
    return aside


def _unusable(path: Path, why: str) -> IntercomIacError:
    return IntercomIacError(
        f"the cache `{path}` cannot be used: {why}",
        hint="make its folder writable, or remove the file: the next sync reads the workspace instead",
    )


def _table(number: int) -> str:
    return f"{CATALOG}.known_{number}"


def _bare(table: str) -> str:
    return table.rpartition(".")[2]


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while part := list(islice(left, _AT_ONCE)):
        yield part
