"""The engines that the tables of a run are read in: DuckDB, which has the cache too, and Spark."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from intercom_iac.engines import DuckDBEngine, DuckDBTables, SparkTables, TableEngine, Watch, open_spark
from intercom_iac.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from intercom_iac.engines import SparkEngine, SqlEngine
    from intercom_iac.tables import TableSource


@dataclass(slots=True, kw_only=True)
class TableEngines:
    """Closes what it opened. Spark is opened once, when it is first asked for, as it takes seconds to start."""

    duckdb: DuckDBEngine
    watch: Watch | None
    memory_limit: str | None
    _spark: SparkEngine | None = None
    _closing: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)

    def engines_for(self, source: TableSource) -> tuple[SqlEngine, TableEngine]:
        """The engine that reads a source, and how its table is compared there. Raises what `open_spark` does."""
        if source.kind != "spark":
            return self.duckdb, DuckDBTables(self.duckdb)
        if self._spark is None:
            self._spark = self._closing.enter_context(
                open_spark(watch=self.watch, memory_limit=self.memory_limit)
            )
        # Readable by nobody else: what is handed over holds people's values. On a cluster TMPDIR has to be a folder
        # that its machines share.
        folder = self._closing.enter_context(tempfile.TemporaryDirectory(prefix="intercom-iac-tables-"))
        return self._spark, SparkTables(self.duckdb, self._spark, Path(folder))
