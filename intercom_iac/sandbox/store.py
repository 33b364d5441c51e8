"""The workspace's SQLite file: its tables, opening it, transactions and counters."""

import hashlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import SandboxBusyError, SandboxFileError
from .formats import NEWEST, bring_up

APPLICATION_ID = 0x49434D53
"""SQLite's application id of a workspace file, so that another program's database is never taken for one."""

BUSY_SECONDS = 10.0

_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

# The first format; `formats` has what came later.
# A contact's and a company's `fields` is one flat JSON object from Intercom's full names (`location.city`,
# `custom_attributes.plan_type`) to values that are set.
TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table counters (name text primary key, value integer not null) without rowid;
create table attributes (
    id integer primary key, model text not null, name text not null, data_type text not null, options text,
    description text, messenger_writable integer not null, archived integer not null,
    created_at integer not null, updated_at integer not null);
create table contacts (
    seq integer primary key, id text not null unique, role text not null, external_id text, email text,
    archived integer not null, created_at integer not null, updated_at integer not null, fields text not null);
create unique index contact_external_ids on contacts (external_id);
create index contact_emails on contacts (lower(email));
create table companies (
    seq integer primary key, id text not null unique, company_id text not null unique, name text,
    created_at integer not null, updated_at integer not null, last_request_at integer, fields text not null);
create table memberships (
    contact integer not null references contacts on delete cascade,
    company integer not null references companies on delete cascade,
    primary key (contact, company)) without rowid;
create index memberships_by_company on memberships (company);
create table tags (seq integer primary key, name text not null, folded text not null unique);
create table contact_tags (
    contact integer not null references contacts on delete cascade,
    tag integer not null references tags on delete cascade,
    applied_at integer not null, primary key (contact, tag)) without rowid;
create index contact_tags_by_tag on contact_tags (tag);
create table company_tags (
    company integer not null references companies on delete cascade,
    tag integer not null references tags on delete cascade,
    primary key (company, tag)) without rowid;
create table segments (
    seq integer primary key, id text not null unique, name text not null unique, person_type text not null,
    created_at integer not null, updated_at integer not null);
create table audiences (
    seq integer primary key, name text not null, predicates text not null, role_predicates text not null,
    created_at integer not null, updated_at integer not null);
create table event_names (folded text primary key, name text not null, keys text not null) without rowid;
create table events (
    contact integer not null references contacts on delete cascade,
    name text not null references event_names, created_at integer not null, metadata text not null,
    primary key (contact, name, created_at)) without rowid;
"""


Value = TypeVar("Value")


class Store:
    """One connection to a workspace file; every statement runs inside `transaction`, of one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._remembered: dict[str, tuple[tuple[int, int], Any]] = {}

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Every row of a query."""
        return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        return self._connection.execute(sql, values).fetchone()

    def number(self, sql: str, *values: object) -> int:
        """The single number a query answers with."""
        return int(self._connection.execute(sql, values).fetchone()[0])

    def run(self, sql: str, *values: object) -> int:
        """Runs a statement; returns how many rows it touched."""
        return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """Runs a statement once per row."""
        self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, writes: bool) -> Generator[None]:
        """All or nothing; a writing one holds the file's write lock from its start."""
        with self._lock:
            self._connection.execute("begin immediate" if writes else "begin")
            try:
                yield
                # A full disk may show here only, and what cannot be stored is not to stay under way.
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def remembered(self, name: str, build: Callable[[], Value]) -> Value:
        """What `build` made of the file the last time, or makes of it now where anyone has written since."""
        # The first number tells of other connections' writes, the second of this one's.
        revision = (_pragma(self._connection, "data_version"), self._connection.total_changes)
        known = self._remembered.get(name)
        if known is None or known[0] != revision:
            known = self._remembered[name] = (revision, build())
        return known[1]

    def reserve(self, counter: str, count: int = 1) -> int:
        """Takes `count` consecutive numbers of a counter that starts at 1; returns the first."""
        row = self.one(
            "insert into counters values (?, ?) on conflict (name) do update set value = value + excluded.value"
            " returning value",
            counter,
            count,
        )
        assert row is not None
        return int(row[0]) - count + 1

    def meta(self, key: str) -> str | None:
        """A fact about the workspace itself."""
        row = self.one("select value from meta where key = ?", key)
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Replaces a fact about the workspace itself."""
        self.run(
            "insert into meta values (?, ?) on conflict (key) do update set value = excluded.value",
            key,
            value,
        )

    def close(self) -> None:
        """Closes the connection once no thread is in a transaction."""
        with self._lock:
            self._connection.close()


def object_id(kind: str, number: int | str) -> str:
    """A 24-digit hexadecimal id as Intercom gives contacts, companies and segments.

    A hash of kind and number: the same calls on two empty workspaces give the same ids, and nothing can be
    read from an id's order.
    """
    return hashlib.blake2b(f"{kind}/{number}".encode(), digest_size=12).hexdigest()


def object_uuid(kind: str, number: int | str) -> str:
    """An id in the form of a UUID, made as `object_id` makes its own."""
    digits = hashlib.blake2b(f"{kind}/{number}".encode(), digest_size=16).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def dump(value: object) -> str:
    """JSON text for a column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
    """The value of a JSON column."""
    return json.loads(text)


def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; ValueError where the machine knows none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone `{name}`") from error


def open_stores(
    path: Path | None, *, created_at: int, identity: dict[str, str], predefined: dict[str, str]
) -> tuple[Store, Store]:
    """Opens the workspace at `path` (None: in memory) and creates it where there is none.

    The first connection is for writing, the second for reading, so that no reader waits while a writer waits for
    another process; in memory both are the same. `identity` (meta facts) and `predefined` (segment name -> person
    type) fill a new workspace only. Raises `SandboxFileError`.
    """
    if path is None:
        connection = _connect(":memory:")
        _create(connection, created_at, identity, predefined)
        store = Store(connection)
        return store, store
    if path.is_dir():
        raise SandboxFileError(path, "it is a folder")
    if path.exists() and not path.is_file():
        raise SandboxFileError(path, "it is a device or a pipe")
    _refuse_half_a_workspace(path)
    with ExitStack() as opened:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)  # it will hold people; an empty file is a workspace to be
            writer = opened.enter_context(closing(_connect(path)))
            _claim(writer, path, created_at, identity, predefined)
            reader = opened.enter_context(closing(_connect(path)))
            reader.execute("pragma query_only = on")
        except (FileExistsError, NotADirectoryError) as error:
            raise SandboxFileError(path, "a file stands where its folder would be") from error
        except sqlite3.Error as error:
            raise (
                SandboxBusyError(path) if is_busy(error) else SandboxFileError(path, str(error).lower())
            ) from error
        except OSError as error:
            raise SandboxFileError(path, (error.strerror or str(error)).lower()) from error
        opened.pop_all()
    return Store(writer), Store(reader)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether SQLite gave up waiting for another connection; the extended codes hold the plain one below."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def is_disk(error: sqlite3.Error) -> bool:
    """Whether the system failed SQLite: the disk is full or broken, or the file not to be opened or written."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DISK


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _lies_still(path: Path) -> bool:
    """Whether nobody can write beside a workspace, nor has made what readers and writers share.

    Then it can be read as it lies, and SQLite would not, since a reader has to make that first.
    """
    return (
        path.exists()
        and not os.access(path.parent, os.W_OK, effective_ids=True)
        and not _beside(path, "-shm").exists()
    )


def _refuse_half_a_workspace(path: Path) -> None:
    """Raises `SandboxFileError` where what was written last stands in the log, and stays there."""
    log = _beside(path, "-wal")
    if _lies_still(path) and log.exists() and log.stat().st_size > 0:
        raise SandboxFileError(
            path, f"what was written last stands in `{log.name}`, and its folder cannot be written to"
        )


def _connect(target: Path | str) -> sqlite3.Connection:
    still = isinstance(target, Path) and _lies_still(target)
    # In full, as SQLite takes the name `:memory:` for no file at all.
    where = target.absolute() if isinstance(target, Path) else target
    name = f"file:{quote(str(where))}?immutable=1" if still else where
    connection = sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=still
    )
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    return connection


def _claim(
    connection: sqlite3.Connection,
    path: Path,
    created_at: int,
    identity: dict[str, str],
    predefined: dict[str, str],
) -> None:
    # One statement, so that a file another process is just creating is seen either empty or whole.
    owner, tables = connection.execute(
        "select application_id, (select count(*) from sqlite_schema) from pragma_application_id"
    ).fetchone()
    if owner != APPLICATION_ID:
        if tables:
            raise SandboxFileError(path, "it is the database of another program")
        _write_ahead(connection)
        _create(connection, created_at, identity, predefined)
    version = _pragma(connection, "user_version")
    if 0 < version < NEWEST:
        _bring_up(connection)
    elif version != NEWEST:
        raise SandboxFileError(path, f"its format is {version}, this release reads format {NEWEST}")
    connection.execute("pragma synchronous = normal")


def _bring_up(connection: sqlite3.Connection) -> None:
    connection.execute("begin immediate")
    try:
        # Another process may have done it while this one waited.
        bring_up(connection, _pragma(connection, "user_version"))
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on. SQLite does not wait for other connections here, so this does."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _create(
    connection: sqlite3.Connection, created_at: int, identity: dict[str, str], predefined: dict[str, str]
) -> None:
    connection.execute("begin immediate")
    if _pragma(connection, "application_id") == APPLICATION_ID:
        connection.rollback()
        return
    for statement in TABLES.split(";"):
        connection.execute(statement)
    bring_up(connection, 1)
    store = Store(connection)
    for key, value in {"app_id": f"sandbox_{os.urandom(4).hex()}", **identity}.items():
        store.set_meta(key, value)
    store.set_meta("created_at", str(created_at))
    add_segments(store, predefined, created_at)
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.commit()


def add_segments(
    store: Store, segments: dict[str, str], created_at: int, *, query: str | None = None
) -> None:
    """Stores segments, name -> person type; `query` (JSON) selects the members of each."""
    for name, person_type in segments.items():
        seq = store.reserve("segments")
        store.run(
            "insert into segments values (?, ?, ?, ?, ?, ?, ?)",
            *(seq, object_id("segment", seq), name, person_type, created_at, created_at, query),
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"pragma {name}").fetchone()[0])
