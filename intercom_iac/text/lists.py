"""Names as a sentence holds them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

_FEW = 8


def brief_list(names: Collection[str], last: str = "and") -> str:
    """Names in backticks, the first of them where there are many."""
    known = [f"`{name}`" for name in islice(names, _FEW)]
    if len(names) > _FEW:
        return f"{', '.join(known)} {last} {len(names) - _FEW} more"
    return f" {last} ".join([", ".join(known[:-1]), known[-1]]) if len(known) > 1 else "".join(known)
