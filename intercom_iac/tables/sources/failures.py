"""What DuckDB says of a table that it cannot read, without the values in it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import SqlEngine
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.payload import shown_name
from intercom_iac.text import printable

from ..source import TableSource

_MOST = 300
_DOTS = "•••"
# A value may hold quotes and line ends of its own.
_QUOTED = lazy_pattern(r"""['"].*['"]|['"].*""")
_NUMBER = lazy_pattern(r"\b\d[\d.,]*")
_EXCERPT = "LINE "


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
        raise Misuse(
            f"cannot read `{shown_name(source.name)}`: {printable(_reason(error)[:_MOST])}",
            hint="the query is one of DuckDB's" if source.query is not None else None,
        ) from None


def _reason(error: Exception) -> str:
    """What DuckDB says. A value that stands in its way is somebody's, and a text of a query may be a secret; names of
    columns and files are not."""
    import duckdb

    said, excerpt, around = str(error).partition(_EXCERPT)
    if isinstance(error, duckdb.ParserException | duckdb.BinderException | duckdb.CatalogException):
        shown = said if "'" in around else f"{said}{excerpt}{around}"
        return " ".join(shown.split())
    reason = next(iter(said.splitlines()), "")
    if isinstance(error, duckdb.IOException) and not isinstance(error, duckdb.HTTPException):
        return reason
    return _NUMBER.sub(_DOTS, _QUOTED.sub(_DOTS, reason))
