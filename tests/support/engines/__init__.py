"""Real database engines that judge the compiled SQL, and how people get into the documented relational model."""

from .postgres import Cluster, missing_postgres
from .relational import Table, tables
from .spark import Spark, missing_spark

__all__ = ["Cluster", "Spark", "Table", "missing_postgres", "missing_spark", "tables"]
