"""Typed rule -> SQL over a documented relational model (`tables`), in five dialects.

`members`, `counts` and `flags` are whole statements; `DIALECTS` names the dialects.
"""

from ..limitations import by_form
from .dialect import DIALECTS, Dialect
from .statements import counts, flags, members
from .tables import column

UNSUPPORTED = by_form()

__all__ = ["DIALECTS", "Dialect", "column", "counts", "flags", "members"]
