"""httpx without its command line, with which it imports rich and pygments where these are: seventy modules."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx
else:
    sys.modules.setdefault("httpx._main", None)  # what is None cannot be imported, and httpx does without it
    httpx = import_module("httpx")

__all__ = ["httpx"]
