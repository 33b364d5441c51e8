"""Names in the sentences of messages."""

from __future__ import annotations

from collections.abc import Iterable


def quoted_names(names: Iterable[str]) -> str:
    """`a`, `b`: the names in backticks, with commas between."""
    return ", ".join(f"`{name}`" for name in names)
