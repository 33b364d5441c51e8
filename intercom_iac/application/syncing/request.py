"""What is asked of a sync."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from intercom_iac.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from intercom_iac.syncing import SyncMode
    from intercom_iac.tables import TableRecord

SourceKey = Literal["external_id", "email", "company_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """What to read and how, None for what the project file says of a source, or its default.

    `record` None is every kind; `source` is the name of a source of the project file, a path, a folder, a glob or a
    query, None for every source of the project file. `columns` has the attribute of a column, and the shape of its
    values where that is said; added to those that a source maps. `verify`: the workspace is read, whatever was
    acknowledged. `rejects` takes the rows that may not be sent, `failed` the writes that failed. `memory_limit` is of
    the engine (`1GB`).
    """

    record: TableRecord | None = None
    source: str | None = None
    key: SourceKey | None = None
    columns: Mapping[str, tuple[str, str | None]] = field(default_factory=dict[str, tuple[str, str | None]])
    null: Literal["keep", "clear"] | None = None
    mode: SyncMode | None = None
    cache_days: int | None = None
    verify: bool = False
    rejects: Path | None = None
    failed: Path | None = None
    memory_limit: str | None = None
