"""Who a rule selects among people in files: read one by one (`people`), or counted by the million in DuckDB;
or in Spark and PostgreSQL, in place.

Imports `compilers`, `model` and `diagnostics`. No workspace is asked.
"""

from .engine import preview
from .engine_people import preview_on_engine
from .files import Files
from .limits import NO_LIMITS, EngineLimits, memory_bytes
from .memory import memory_check
from .needs import read_keys, required_lists
from .people import people, truncated_lists
from .sizes import Overlap, Preview, Size
from .sources import PostgresTables, SparkFiles

__all__ = [
    "NO_LIMITS",
    "EngineLimits",
    "Files",
    "Overlap",
    "PostgresTables",
    "Preview",
    "Size",
    "SparkFiles",
    "memory_bytes",
    "memory_check",
    "people",
    "preview",
    "preview_on_engine",
    "read_keys",
    "required_lists",
    "truncated_lists",
]
