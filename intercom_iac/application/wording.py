"""Names in messages."""

from __future__ import annotations

from collections.abc import Iterable


def quoted_names(names: Iterable[str]) -> str:
    """The names in backticks, with commas between."""
    return ", ".join(f"`{name}`" for name in names)
