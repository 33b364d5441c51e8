"""Real database engines that judge the compiled SQL, and how people get into the documented relational model."""

from .postgres import Cluster, missing_postgres
from .relational import Table, tables

__all__ = ["Cluster", "Table", "missing_postgres", "tables"]
