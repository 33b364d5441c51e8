"""A database of a test's own in a DuckDB that all tests of a process have: to open another takes longer than most."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count

from intercom_iac.engines import DuckDBEngine, open_duckdb

_NUMBERS = count(1)


@contextmanager
def empty_duckdb() -> Iterator[DuckDBEngine]:
    """An engine that has an empty database; what is made in it is gone afterwards."""
    engine = _open_first().open_cursor()
    name = f"empty_{next(_NUMBERS)}"
    engine.execute(f"attach ':memory:' as {name}")
    engine.execute(f"use {name}")
    try:
        yield engine
    finally:
        engine.execute("use memory")
        engine.execute(f"detach {name}")
        engine.close()


@cache
def _open_first() -> DuckDBEngine:
    opened = ExitStack()
    atexit.register(opened.close)
    return opened.enter_context(open_duckdb(threads=1))
