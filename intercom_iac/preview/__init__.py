"""Who a rule selects among people in files: read one by one (`people`), or counted by the million in DuckDB.

Imports `compilers`, `model` and `diagnostics`. No workspace is asked.
"""

from .engine import Overlap, Preview, Size, lists_read, preview
from .files import Files
from .people import lists_in_part, people

__all__ = ["Files", "Overlap", "Preview", "Size", "lists_in_part", "lists_read", "people", "preview"]
