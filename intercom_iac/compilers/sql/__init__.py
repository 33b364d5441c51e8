"""Typed rule -> SQL over a documented relational model (`tables`), in five dialects.

`members`, `counts` and `flags` are whole statements; `DIALECTS` names the dialects.
"""

from ..limitations import Limitation
from .dialect import DIALECTS, Dialect
from .statements import counts, flags, members
from .tables import column

UNSUPPORTED: tuple[Limitation, ...] = ()

__all__ = ["DIALECTS", "Dialect", "column", "counts", "flags", "members"]
