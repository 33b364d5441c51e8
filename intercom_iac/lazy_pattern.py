"""Regular expressions that are compiled when they are first used.

To compile one takes a tenth of a millisecond and up to some, and a command imports a hundred that it never asks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as lazy_pattern
else:

    def lazy_pattern(pattern, flags=0):
        """`re.compile`, of which nothing is done before something is asked of the pattern."""
        return _LazyPattern(pattern, flags)


__all__ = ["lazy_pattern"]


class _LazyPattern:
    """Has the attributes of the compiled pattern, each from its first look-up on."""

    def __init__(self, pattern: Any, flags: Any) -> None:
        self._asked = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._asked), name)
        setattr(self, name, value)
        return value
