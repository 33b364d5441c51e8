"""Real database engines that judge the compiled SQL, and how people get into the documented relational model."""

from .judging import Engine, differences
from .postgres import Cluster, missing_postgres
from .relational import Table, tables
from .spark import Spark, missing_spark

__all__ = [
    "Cluster",
    "Engine",
    "Spark",
    "Table",
    "differences",
    "missing_postgres",
    "missing_spark",
    "tables",
]
