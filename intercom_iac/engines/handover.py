"""A table that is in another engine than DuckDB, which has what it is compared with.

DuckDB's tables are lent to that engine, and what it finds comes back as a table of DuckDB: as files of Parquet both
ways, so that no row passes through this program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from intercom_iac.compilers.sql import Dialect

from .duckdb_engine import DuckDBEngine
from .spark_engine import SparkEngine


class TableEngine(Protocol):
    """The engine in which a table is."""

    @property
    def dialect(self) -> Dialect:
        """The dialect of its queries."""
        ...

    def lend(self, table: str) -> str:
        """The name there of a table of DuckDB, as it is now."""
        ...

    def fetch(self, name: str, query: str) -> None:
        """Makes the rows of a query there a table of DuckDB, in place of one of this name."""
        ...


class DuckDBTables:
    """DuckDB itself: nothing is handed over."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self._engine = engine

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    def lend(self, table: str) -> str:
        return table

    def fetch(self, name: str, query: str) -> None:
        self._engine.execute(f"create or replace table {name} as {query}")


class SparkTables:
    """Spark, which reads and writes in `folder`: an address that both know, such as a folder of this machine."""

    def __init__(self, engine: DuckDBEngine, spark: SparkEngine, folder: Path) -> None:
        self._engine, self._spark = engine, spark
        self._folder = folder
        self._lent = 0

    @property
    def dialect(self) -> Dialect:
        return self._spark.dialect

    def lend(self, table: str) -> str:
        self._lent += 1
        name = f"lent_{self._lent}"
        path = self._folder / f"{name}.parquet"
        self._engine.execute(f"copy {table} to {self._engine.dialect.text(str(path))} (format parquet)")
        source = self._spark.dialect.identifier(path.as_uri())
        self._spark.execute(f"create or replace temporary view {name} as select * from parquet.{source}")
        return name

    def fetch(self, name: str, query: str) -> None:
        folder = self._folder / name
        place = self._spark.dialect.text(folder.as_uri())
        self._spark.execute(f"insert overwrite directory {place} using parquet {query}")
        files = self._engine.dialect.text(f"{folder}/*.parquet")
        self._engine.execute(f"create or replace table {name} as select * from read_parquet({files})")
