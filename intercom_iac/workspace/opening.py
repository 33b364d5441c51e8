"""A workspace from where it is and the token for it."""

from __future__ import annotations

from collections.abc import Callable

from .client.client import PARALLELISM, Client
from .intercom.http import HttpWorkspace
from .target import Target


def open_workspace(
    target: Target, *, parallelism: int = PARALLELISM, on_wait: Callable[[str], None] | None = None
) -> HttpWorkspace:
    """The workspace of a target, for so many calls at once; no call is made yet. Close it when done.

    `on_wait` is told, in words and by another thread, of calls that take long.
    """
    return HttpWorkspace(target, Client(target, parallelism=parallelism, on_wait=on_wait))
