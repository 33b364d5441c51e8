"""dbt models of segments, and what tests and documents them."""

from .files import dbt_files

__all__ = ["dbt_files"]
