"""Opening the workspace's file, and creating it where there is none."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote

from .errors import SandboxBusyError, SandboxFileError, is_busy_error
from .migrations import NEWEST_FORMAT, migrate
from .store import Store, read_pragma
from .tables import TABLES

APPLICATION_ID = 0x49434D53
"""SQLite's application id of a workspace file, so that another program's database is never taken for one."""

BUSY_SECONDS = 10.0
"""How long a connection waits for another one's write lock."""

CACHE_KIBIBYTES = 64 * 1024
"""How much of the file a connection keeps in memory at most: about 100,000 people."""

Initialize = Callable[[Store], None]
"""Writes the first rows of a new workspace, in the transaction that creates its tables."""


def open_stores(path: Path | None, initialize: Initialize) -> tuple[Store, Store]:
    """Opens the workspace at `path` (None: in memory) and creates it where there is none.

    The first connection is for writing, the second for reading, so that no reader waits while a writer waits for
    another process; in memory both are the same. Raises `SandboxFileError`.
    """
    if path is None:
        connection = _connect(":memory:")
        _create_workspace(connection, initialize)
        store = Store(connection)
        return store, store
    if path.is_dir():
        raise SandboxFileError(path, "it is a folder")
    if path.exists() and not path.is_file():
        raise SandboxFileError(path, "it is a device or a pipe")
    _refuse_unreadable_log(path)
    with ExitStack() as connections:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)  # it will hold people; an empty file becomes a workspace
            writer = connections.enter_context(closing(_connect(path)))
            _prepare_file(writer, path, initialize)
            reader = connections.enter_context(closing(_connect(path)))
            reader.execute("pragma query_only = on")
        except (FileExistsError, NotADirectoryError) as error:
            raise SandboxFileError(path, "a file stands where its folder would be") from error
        except sqlite3.Error as error:
            raise (
                SandboxBusyError(path) if is_busy_error(error) else SandboxFileError(path, str(error).lower())
            ) from error
        except OSError as error:
            raise SandboxFileError(path, (error.strerror or str(error)).lower()) from error
        connections.pop_all()
    return Store(writer), Store(reader)


def _sibling(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _is_frozen(path: Path) -> bool:
    """Whether the file is in a folder that cannot be written to, and no process has it open.

    Such a file can be read only as immutable: otherwise SQLite wants to create the shared memory beside it first.
    """
    return (
        path.exists()
        and not os.access(path.parent, os.W_OK, effective_ids=True)
        and not _sibling(path, "-shm").exists()
    )


def _refuse_unreadable_log(path: Path) -> None:
    """Raises `SandboxFileError` where a frozen file's last writes are in a log that cannot be merged into it."""
    log = _sibling(path, "-wal")
    if _is_frozen(path) and log.exists() and log.stat().st_size > 0:
        raise SandboxFileError(
            path, f"what was written last stands in `{log.name}`, and its folder cannot be written to"
        )


def _connect(target: Path | str) -> sqlite3.Connection:
    frozen = isinstance(target, Path) and _is_frozen(target)
    # An absolute path, as SQLite takes the name `:memory:` for no file at all.
    file = target.absolute() if isinstance(target, Path) else target
    name = f"file:{quote(str(file))}?immutable=1" if frozen else file
    connection = sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=frozen
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma foreign_keys = on")
        # This one reads the file, which may be none of a database.
        connection.execute(f"pragma cache_size = -{CACHE_KIBIBYTES}")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_file(connection: sqlite3.Connection, path: Path, initialize: Initialize) -> None:
    """Creates the workspace in an empty file, migrates an older one; refuses a file that is something else."""
    # One statement, so that a file another process is just creating is seen either empty or complete.
    application, tables = connection.execute(
        "select application_id, (select count(*) from sqlite_schema) from pragma_application_id"
    ).fetchone()
    if application != APPLICATION_ID:
        if tables:
            raise SandboxFileError(path, "it is the database of another program")
        _enable_write_ahead_log(connection)
        _create_workspace(connection, initialize)
    version = read_pragma(connection, "user_version")
    if 0 < version < NEWEST_FORMAT:
        _migrate_file(connection)
    elif version != NEWEST_FORMAT:
        raise SandboxFileError(path, f"its format is {version}, this release reads format {NEWEST_FORMAT}")
    connection.execute("pragma synchronous = normal")


def _migrate_file(connection: sqlite3.Connection) -> None:
    connection.execute("begin immediate")
    try:
        # Read again: another process may have migrated it while this one waited for the lock.
        migrate(connection, read_pragma(connection, "user_version"))
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _enable_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on. SQLite does not wait for other connections here, so this does."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if not is_busy_error(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _create_workspace(connection: sqlite3.Connection, initialize: Initialize) -> None:
    connection.execute("begin immediate")
    if read_pragma(connection, "application_id") == APPLICATION_ID:
        connection.rollback()
        return
    for statement in TABLES.split(";"):
        connection.execute(statement)
    migrate(connection, 1)
    initialize(Store(connection))
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.commit()
