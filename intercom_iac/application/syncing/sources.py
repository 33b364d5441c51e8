"""Which tables a sync reads: those that the project file declares, or one that the command line names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.project import Project, SourceSettings
from intercom_iac.tables import RECORD_PLURALS, ColumnMapping, TableRecord, TableSource
from intercom_iac.text import did_you_mean, quoted_names

from .request import SyncRequest

if TYPE_CHECKING:
    from intercom_iac.syncing import SyncMode
    from intercom_iac.tables import SourceKind

SYNCED_RECORDS: Mapping[str, TableRecord] = {plural: record for record, plural in RECORD_PLURALS.items()}
"""The plural that people write -> what a row is, in the order in which they are written."""

_QUERY = lazy_pattern(r"\s*(?:select|with|from)\s", re.IGNORECASE)
_ADDRESS = lazy_pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_GLOB = lazy_pattern(r"[*?\[]")
_CACHE_DAYS = 7
_FILE_SUFFIXES = (".csv", ".tsv", ".ndjson", ".jsonl", ".json", ".parquet", ".gz", ".zst")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSource:
    """A table to sync, in which mode, and for how many days what was compared is trusted.

    `folder` is what paths in its query are relative to.
    """

    table: TableSource
    mode: SyncMode
    cache_days: int
    folder: Path


def choose_sources(project: Project, request: SyncRequest, here: Path) -> tuple[ChosenSource, ...]:
    """The sources that are meant, companies before contacts before events. `here` is what paths of the command line
    are relative to.

    Raises `Misuse` where nothing is declared, for a name or a path that is none, and for settings that do not fit.
    """
    if request.source is None:
        return _declared_sources(project, request)
    declared = project.settings.sources.get(request.source)
    if declared is not None:
        return (_of_settings(project, request.source, declared, request),)
    if request.record is None:
        raise Misuse(
            f"it is not known what the rows of `{request.source}` are",
            hint="say it before the source: `sync contacts SOURCE`, or `companies` or `events`",
        )
    return (_of_command_line(project, request.source, request.record, request, here),)


def _declared_sources(project: Project, request: SyncRequest) -> tuple[ChosenSource, ...]:
    sources = project.settings.sources
    wanted = [
        (name, settings)
        for name, settings in sources.items()
        if request.record is None or SYNCED_RECORDS[settings.of] == request.record
    ]
    if not wanted:
        what = "source" if request.record is None else f"source of {RECORD_PLURALS[request.record]}"
        raise Misuse(
            f"the project file declares no {what}",
            hint="name a file, a folder or a query after what its rows are (`sync contacts people.parquet`), "
            "or declare it under `sources:`",
        )
    order = list(SYNCED_RECORDS)
    wanted.sort(key=lambda named: order.index(named[1].of))
    if len(wanted) > 1 and (request.key is not None or request.columns):
        given = "--key" if request.key is not None else "--map"
        raise Misuse(
            f"`{given}` is of one source, and there are {quoted_names(name for name, _ in wanted)}",
            hint=f"name the one that is meant: `sync contacts {wanted[0][0]} {given} ...`",
        )
    return tuple(_of_settings(project, name, settings, request) for name, settings in wanted)


def _of_settings(project: Project, name: str, settings: SourceSettings, request: SyncRequest) -> ChosenSource:
    record = SYNCED_RECORDS[settings.of]
    if request.record not in (None, record):
        raise Misuse(
            f"the rows of the source `{name}` are {settings.of}",
            hint=f"`sync {settings.of} {name}`",
        )
    columns = {
        column: ColumnMapping(mapped)
        if isinstance(mapped, str)
        else ColumnMapping(mapped.attribute, mapped.shape)
        for column, mapped in settings.map.items()
    }
    table = TableSource(
        name=name,
        kind=settings.kind,
        record=record,
        location=None if settings.path is None else _declared_place(project, settings.path, settings.kind),
        query=settings.query,
        database=_database(project, name, settings),
        variable=settings.database_env,
        key=request.key or settings.key,
        columns=columns | _asked_columns(request),
        null=request.null or settings.null,
    )
    return ChosenSource(
        table=table,
        mode=request.mode or settings.mode,
        cache_days=settings.cache_days if request.cache_days is None else request.cache_days,
        folder=project.root,
    )


def _declared_place(project: Project, path: str, kind: SourceKind) -> str:
    """The whole path of what the project file names; an address that Spark reads stays as it is."""
    if kind == "spark" and _ADDRESS.match(path):
        return path
    return str(project.root / path)


def _asked_columns(request: SyncRequest) -> dict[str, ColumnMapping]:
    return {column: ColumnMapping(*target) for column, target in request.columns.items()}


def _database(project: Project, name: str, settings: SourceSettings) -> str | None:
    """The address of a source's database. Raises `Misuse` where the variable that holds it is not set."""
    if settings.database_env is None:
        return None
    address = project.environment.get(settings.database_env, "")
    if not address.strip():
        raise Misuse(
            f"the environment variable `{settings.database_env}`, which holds the database of the source `{name}`, "
            "is not set",
            hint=f"export {settings.database_env}=postgresql://...",
        )
    return address


def _of_command_line(
    project: Project, text: str, record: TableRecord, request: SyncRequest, here: Path
) -> ChosenSource:
    table = TableSource(
        name=text,
        kind="file",
        record=record,
        key=request.key,
        columns=_asked_columns(request),
        null=request.null or "keep",
    )
    if _QUERY.match(text):
        table = replace(table, name="query", kind="duckdb", query=text)
    else:
        table = replace(table, location=_place(project, text, here))
    return ChosenSource(
        table=table,
        mode=request.mode or "update_only",
        cache_days=_CACHE_DAYS if request.cache_days is None else request.cache_days,
        folder=here,
    )


def _place(project: Project, text: str, here: Path) -> str:
    """A path, a folder or a glob by its whole path. Raises `Misuse` where there is nothing."""
    if text == "-":
        raise Misuse("a table is read from files", hint="write it to one first: it is read more than once")
    path = here / Path(text).expanduser()
    try:
        is_there = path.exists()
    except (OSError, ValueError):
        is_there = False
    if is_there or _GLOB.search(text):
        return str(path)
    names = list(project.settings.sources)
    looks_like_file = "/" in text or text.lower().endswith(_FILE_SUFFIXES)
    known = f"the project file declares {quoted_names(names)}" if names else None
    if looks_like_file:
        raise Misuse(f"cannot read `{text}`: there is no such file or folder", hint="check the path")
    raise Misuse(
        f"`{text}` is no source of the project file, and no file or folder",
        hint=did_you_mean(text, names) or known or "name a file, a folder, a glob or a query",
    )
