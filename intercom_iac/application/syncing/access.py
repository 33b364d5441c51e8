"""What a sync works with while it holds the lock of its workspace."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.engines import open_duckdb
from intercom_iac.journal import journal_path, workspace_lock
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import declared_timezone
from intercom_iac.syncing import (
    SyncCache,
    open_cache,
)

from ..live import open_live
from ..notices import CacheSetAside, RunTakenOver
from ..session import Session
from .engine_failures import engine_failures
from .overseer import SyncOverseer
from .runs import RunFiles, run_files, take_over

if TYPE_CHECKING:
    from intercom_iac.engines import DuckDBEngine
    from intercom_iac.workspace import HttpWorkspace, Records


PURPOSE = "syncing tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncAccess:
    """What a sync works with while it holds the lock of its workspace."""

    session: Session
    live: HttpWorkspace
    records: Records
    app_id: str
    engine: DuckDBEngine
    cache: SyncCache
    files: RunFiles
    overseer: SyncOverseer
    parallelism: int


@contextmanager
def open_sync(
    session: Session, overseer: SyncOverseer, *, memory_limit: str | None, parallelism: int
) -> Generator[SyncAccess]:
    """The workspace, its cache and an engine, while nothing else of this project writes to it. What a run that was
    cut off has done is known to the cache by then."""
    with engine_failures(), open_live(session, parallelism=parallelism, notify=overseer.notify) as live:
        app_id = live.identity().app_id
        root = session.project.root
        with (
            workspace_lock(journal_path(root, app_id), session.workspace.name, "sync"),
            open_duckdb(watch=overseer.watch, memory_limit=memory_limit) as engine,
            open_cache(root, app_id, engine) as cache,
        ):
            if cache.set_aside is not None:
                overseer.notify(CacheSetAside(cache.set_aside))
            records = live.records()
            files = run_files(root, app_id)
            done = take_over(cache, files, records, session.workspace.name, now())
            if done is not None:
                overseer.notify(RunTakenOver(done))
            yield SyncAccess(
                session=session,
                live=live,
                records=records,
                app_id=app_id,
                engine=engine,
                cache=cache,
                files=files,
                overseer=overseer,
                parallelism=parallelism,
            )


def workspace_zone(session: Session, live: HttpWorkspace) -> tzinfo:
    """The time zone of days: what the project file says, else the workspace's own, else UTC."""
    declared = declared_timezone(session.project.settings, session.workspace.name)
    try:
        return ZoneInfo(declared or live.identity().timezone)
    except (KeyError, OSError, ValueError):
        return ZoneInfo("UTC")


def now() -> int:
    """The present, in unix seconds."""
    return int(time.time())
