"""Who a rule selects among people in files: read one by one (`people`), or counted by the million in DuckDB.

Imports `compilers`, `model` and `diagnostics`. No workspace is asked.
"""

from .engine import Overlap, Preview, Size, preview, required_lists
from .files import Files
from .people import people, truncated_lists

__all__ = ["Files", "Overlap", "Preview", "Size", "people", "preview", "required_lists", "truncated_lists"]
