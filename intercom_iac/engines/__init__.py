"""Engines of SQL that this program drives: DuckDB in this process, Spark where one machine is too small.

Imports `compilers` for the dialects, and each engine's own package where it is used.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .duckdb_engine import DuckDBEngine, open_duckdb
    from .engine import EngineError, SqlEngine
    from .handover import DuckDBTables, SparkTables, TableEngine
    from .postgres_engine import PostgresEngine, attach_postgres, open_postgres, postgres_query, query_failure
    from .progress import Watch
    from .spark_engine import SparkEngine, has_spark_settings, open_spark

__all__ = [
    "DuckDBEngine",
    "DuckDBTables",
    "EngineError",
    "PostgresEngine",
    "SparkEngine",
    "SparkTables",
    "SqlEngine",
    "TableEngine",
    "Watch",
    "attach_postgres",
    "has_spark_settings",
    "open_duckdb",
    "open_postgres",
    "open_spark",
    "postgres_query",
    "query_failure",
]

__getattr__ = lazy_names(
    __name__,
    {
        "duckdb_engine": ["DuckDBEngine", "open_duckdb"],
        "engine": ["EngineError", "SqlEngine"],
        "handover": ["DuckDBTables", "SparkTables", "TableEngine"],
        "postgres_engine": [
            "PostgresEngine",
            "attach_postgres",
            "open_postgres",
            "postgres_query",
            "query_failure",
        ],
        "progress": ["Watch"],
        "spark_engine": ["SparkEngine", "has_spark_settings", "open_spark"],
    },
)
