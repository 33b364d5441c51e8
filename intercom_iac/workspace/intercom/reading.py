"""Reads that are under way beside each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def start_read(read: Callable[[], T]) -> Future[T]:
    """A read under way in a thread of its own.

    After Ctrl-C or an error nobody waits for the others, which may be in the midst of their tries; so neither does
    the end of the program, as it would for the threads of a pool.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(read())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future
