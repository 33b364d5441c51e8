"""The members that sources of the project file name, read before the workspace is asked for anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import require_extra
from intercom_iac.engines import open_duckdb
from intercom_iac.publishing import SourceMembers
from intercom_iac.tables import RejectTally, read_keys

from ..session import Session
from ..syncing.request import SyncRequest
from ..syncing.sources import choose_sources
from ..syncing.table_engines import TableEngines

if TYPE_CHECKING:
    from intercom_iac.model import Segment

PURPOSE = "reading the members of segments from a source"
_KEYS = ("external_id", "email")


def read_source_members(session: Session, segments: Iterable[Segment]) -> dict[str, SourceMembers]:
    """The members by the name of their source, each source read once.

    Of the rows only the keys are read. Raises `MissingExtra` without DuckDB, and `InvalidSpecs` or `Misuse` for a
    source that cannot be read or has no key.
    """
    names = dict.fromkeys(segment.source for segment in segments if segment.source is not None)
    return {name: _read(session, name) for name in names}


def _read(session: Session, name: str) -> SourceMembers:
    require_extra("preview", PURPOSE)
    request = SyncRequest(record="contact", source=name)
    (chosen,) = choose_sources(session.project, request, session.project.root)
    columns = {column: mapped for column, mapped in chosen.table.columns.items() if mapped.attribute in _KEYS}
    source = replace(chosen.table, columns=columns)
    with (
        open_duckdb() as duckdb,
        TableEngines(duckdb=duckdb, watch=None, memory_limit=None) as engines,
    ):
        duckdb.execute(f"set file_search_path = {duckdb.dialect.text(str(chosen.folder))}")
        engine, _ = engines.engines_for(source)
        table = read_keys(engine, source, rejects=RejectTally())
    return SourceMembers(source=name, key_name=table.key_name, keys=table.keys, rejected=table.rejected)
