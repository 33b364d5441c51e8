"""What DuckDB says of a table that it cannot read, without the values in it."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import SqlEngine
from intercom_iac.model.payload import shown_name
from intercom_iac.text import printable

from ..source import TableSource

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_MOST = 300
_DOTS = "'•••'"


@contextmanager
def telling_failures(engine: SqlEngine, source: TableSource) -> Generator[None]:
    """Raises `Misuse` for what DuckDB raises: a damaged file, a query that is wrong."""
    if engine.dialect.name != "duckdb":
        yield
        return
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        reason = printable(" ".join(str(error).split())[:_MOST])
        if not isinstance(error, duckdb.ParserException | duckdb.BinderException | duckdb.CatalogException):
            # A value that stands in its way is somebody's; names of columns and files in a query are not.
            reason = _QUOTED.sub(_DOTS, reason)
        raise Misuse(
            f"cannot read `{shown_name(source.name)}`: {reason}",
            hint="the query is one of DuckDB's" if source.query is not None else None,
        ) from None
