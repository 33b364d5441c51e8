"""What DuckDB cannot do any more: no room on the disk, or in the memory that it may use."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.text import printable

_MOST = 200


@contextmanager
def engine_failures() -> Generator[None]:
    """Raises `IntercomIacError` for what DuckDB raises at the work of a sync; whatever was written by then is in the
    journal."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise IntercomIacError(
            "the tables do not fit into the memory that they may take",
            hint="raise --memory-limit, or make room where temporary files go; what was written is known",
        ) from error
    except duckdb.IOException as error:
        # It tells of files and of the system, not of values.
        reason = printable(" ".join(str(error).removeprefix("IO Error: ").split())[:_MOST])
        raise IntercomIacError(
            f"the files of the sync cannot be written or read: {reason}",
            hint="make room for the cache and for temporary files, then run it again: what was written is known",
        ) from error
