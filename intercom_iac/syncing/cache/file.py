"""The database of a cache: its place, its tables, and what becomes of one that cannot be read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.engines import DuckDBEngine

CATALOG = "sync_cache"


_FORMAT = 1


_LONGEST_NAME = 100


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


def cache_path(root: Path, app_id: str) -> Path:
    """The cache of a workspace, by its id, in the project with this folder."""
    return root / ".intercom-iac" / "cache" / f"{quote(app_id, safe='')[:_LONGEST_NAME]}.duckdb"


def attach_file(engine: DuckDBEngine, path: Path) -> Path | None:
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
        raise unusable_cache(path, str(error).splitlines()[0].lower()) from error
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


def unusable_cache(path: Path, why: str) -> IntercomIacError:
    return IntercomIacError(
        f"the cache `{path}` cannot be used: {why}",
        hint="make its folder writable, or remove the file: the next sync reads the workspace instead",
    )
