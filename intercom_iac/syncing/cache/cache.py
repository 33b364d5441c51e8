"""What Intercom was last known to have, by key: `.intercom-iac/cache/APP_ID.duckdb`, a database of one machine.

Losing it loses nothing: the next sync reads the workspace. It is written by whoever holds the workspace's lock.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.engines import DuckDBEngine
from intercom_iac.journal import make_private_folder
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.tables import TableRecord

from .file import CATALOG, KNOWN_COLUMNS, attach_file, cache_path, known_name, unusable_cache
from .inserting import batches, insert_columns

_UNUSED_DAYS = 90
_DAY = 86_400
_CLOCK_SLACK = 60
"""Seconds by which a clock may be corrected without anybody having set it back."""


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
            return known_name(number)
        ((last,),) = self.engine.execute(f"select coalesce(max(number), 0) from {CATALOG}.shapes").fetchall()
        number = int(last) + 1
        table = known_name(number)
        self.engine.execute(f"create table {table} ({KNOWN_COLUMNS})")
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
        writer = self.engine.open_cursor()
        writer.execute(
            "create or replace temp table kept (key text, fingerprint text, live_id text, written_at bigint)"
        )
        count = 0
        for part in batches(records):
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

    def forget_others(self, table: str, live_ids_query: str, now: int) -> None:
        """Forgets the values that other shapes know of records that were written, and keeps that they were: a search
        may not show it yet."""
        for (number,) in self.engine.execute(f"select number from {CATALOG}.shapes").fetchall():
            other = known_name(int(number))
            if other != table:
                self.engine.execute(
                    f"update {other} set fingerprint = null, written_at = {now} where live_id in ({live_ids_query})"
                )

    def forget_future(self, table: str, now: int) -> None:
        """Forgets what was compared later than now: the clock has been set back, so that it says nothing of how long
        ago that was."""
        self.engine.execute(f"delete from {table} where compared_at > {now + _CLOCK_SLACK}")

    def doubt(self, live_ids: Iterable[str]) -> None:
        """Keeps that records may change from now on: what they are is compared again, until it is acknowledged.

        Their ids and when they were written stay known, since searches lag writes.
        """
        self.engine.execute("create or replace temp table doubted (live_id text)")
        for part in batches(live_ids):
            insert_columns(self.engine, "doubted", ("text",), [(live_id,) for live_id in part])
        for (number,) in self.engine.execute(f"select number from {CATALOG}.shapes").fetchall():
            self.engine.execute(
                f"update {known_name(int(number))} set fingerprint = null where fingerprint is not null "
                "and live_id in (select live_id from doubted)"
            )
        self.engine.execute("drop table doubted")

    def forget_unused(self, now: int) -> None:
        """Drops what is known under shapes that no sync has asked for in a long time."""
        old = now - _UNUSED_DAYS * _DAY
        for (number,) in self.engine.execute(
            f"select number from {CATALOG}.shapes where used_at < ?", [old]
        ).fetchall():
            self.engine.execute(f"drop table if exists {known_name(int(number))}")
            self.engine.execute(f"delete from {CATALOG}.shapes where number = ?", [number])


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
        raise unusable_cache(path, (error.strerror or "unusable").lower()) from error
    import duckdb

    set_aside = attach_file(engine, path)
    try:
        yield SyncCache(engine, path, set_aside)
    finally:
        # What ends a sync is told, not that DuckDB was in the middle of a statement.
        with suppress(duckdb.Error):
            engine.execute(f"detach {CATALOG}")


# --- writes -------------------------------------------------------------------------------------------------


# --- the file -----------------------------------------------------------------------------------------------


def _bare(table: str) -> str:
    return table.rpartition(".")[2]
