"""DuckDB in this process: nothing is fetched, and what does not fit into memory goes where temporary files go."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from intercom_iac.compilers.sql import DIALECTS, Dialect

from .progress import Watch, watched
from .scratch import scratch_folder

_AT_ONCE = 2_048  # rows, which DuckDB hands over as one of its vectors


class DuckDBEngine:
    """A connection to DuckDB, and what it is at work on (`SqlEngine`)."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self.stage = ""

    @property
    def dialect(self) -> Dialect:
        return DIALECTS["duckdb"]

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Runs a statement; its rows can be fetched from what is returned, until the next one."""
        with _interrupts():
            return self._opened.execute(statement, list(values))

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        found = self.execute(statement)
        while True:
            with _interrupts():
                some = found.fetchmany(_AT_ONCE)
            if not some:
                return
            yield from some

    def open_cursor(self) -> DuckDBEngine:
        """A second connection to the same database: it may write while rows are read from this one.

        Temporary tables are of one connection. Whoever asks for it closes it.
        """
        return DuckDBEngine(self._opened.cursor())

    def close(self) -> None:
        self._opened.close()

    @property
    def progress(self) -> float:
        """What part of the statement under way is done; below 0 where that is not known."""
        return self._opened.query_progress() / 100


@contextmanager
def _interrupts() -> Generator[None]:
    """Raises `KeyboardInterrupt` for a Ctrl-C while DuckDB is at work, which it raises as an error of its own."""
    try:
        yield
    except RuntimeError as error:
        # Its other errors are of a class of its own; this one has nothing but its text.
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


@contextmanager
def _stopped_by_signals(opened: Any) -> Generator[None]:
    """Has Ctrl-C stop DuckDB's own threads as well: else each would first come to the end of what it has begun."""
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        opened.interrupt()
        handler(number, frame)

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


@contextmanager
def open_duckdb(
    path: Path | None = None,
    *,
    watch: Watch | None = None,
    memory_limit: str | None = None,
    threads: int | None = None,
) -> Generator[DuckDBEngine]:
    """An engine over a database file, in memory for None. Raises what DuckDB does.

    `memory_limit` is DuckDB's own setting (`1GB`), `threads` how many it works with; None leaves both to it. `watch`
    is told now and then how far the work is.
    """
    import duckdb

    config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    config |= {} if memory_limit is None else {"memory_limit": memory_limit}
    config |= {} if threads is None else {"threads": threads}
    with (
        # DuckDB's temporary files anybody may read, so their folder is its owner's alone.
        scratch_folder() as scratch,
        duckdb.connect(
            ":memory:" if path is None else str(path),
            config=config | {"temp_directory": str(scratch / "spilled")},
        ) as opened,
    ):
        engine = DuckDBEngine(opened)
        if watch is not None:
            # Progress is known only where DuckDB would show it.
            opened.execute("set enable_progress_bar = true")
            opened.execute("set enable_progress_bar_print = false")
        with _stopped_by_signals(opened), watched(watch, lambda: (engine.stage, engine.progress)):
            yield engine
