"""Who a rule selects among people in files: one by one through `evaluate`, or millions at a time through DuckDB.

Imports `compilers`, `model` and `diagnostics`. No workspace is asked.
"""

from .engine import Overlap, Preview, Size, lists_read, preview
from .files import Files
from .people import lists_in_part, people

__all__ = ["Files", "Overlap", "Preview", "Size", "lists_in_part", "lists_read", "people", "preview"]
