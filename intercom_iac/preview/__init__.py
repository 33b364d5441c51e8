"""Who a rule selects among people in files: one by one through `evaluate`, or millions at a time through DuckDB.

Imports `compilers`, `model` and `diagnostics`. No workspace is asked.
"""

from .engine import Overlap, Preview, Size, preview
from .files import Files
from .people import people

__all__ = ["Files", "Overlap", "Preview", "Size", "people", "preview"]
