"""Engines of SQL that this program drives: DuckDB in this process, Spark where one machine is too small.

Imports `compilers` for the dialects, and each engine's own package where it is used.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .duckdb_engine import DuckDBEngine, Watch, open_duckdb
    from .engine import SqlEngine

__all__ = ["DuckDBEngine", "SqlEngine", "Watch", "open_duckdb"]

__getattr__ = lazy_names(
    __name__,
    {
        "duckdb_engine": ["DuckDBEngine", "Watch", "open_duckdb"],
        "engine": ["SqlEngine"],
    },
)
