"""Newline-delimited JSON -> tables of DuckDB: a row a line, each line proved to be an object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

from intercom_iac.diagnostics import Misuse

from .json.columns import Place, has_strict_objects, suspicious_lines, value_queries
from .json.lines import parse_json
from .people import objects_in

_AT_ONCE = 2048


class Connection(Protocol):
    """What statements are run on; `stage` says to people what the next ones are for."""

    stage: str

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any: ...


def load_lines(
    connection: Connection, table: str, path: Path, places: Sequence[Place], select: str, where: str = ""
) -> None:
    """Makes a table of the values at these places, `v0`, `v1` ... to `select` and `where`.

    Raises `Misuse` where a line is no JSON object.
    """
    strict = has_strict_objects(path)
    if not strict:
        _check_lines(connection, path)
    queries = value_queries(path, places, strict=strict)
    statements = [f"create temp table {table} as {select} from ({query}) {where}" for query in queries]
    _run_first(connection, path, statements)


def refuse_file(path: Path, objects: Iterable[object], reason: str = "a line is no JSON object") -> NoReturn:
    """Reads on until the reader finds what is wrong, and raises; where it finds nothing, for the reason."""
    for _ in objects:
        pass
    raise Misuse(f"cannot read `{path}`: {reason}")


def _check_lines(connection: Connection, path: Path) -> None:
    queries = suspicious_lines(path)
    statements = [f"create or replace temp table suspicious_lines as {query}" for query in queries]
    _run_first(connection, path, statements)
    suspects = connection.execute("select json from suspicious_lines")
    while some := suspects.fetchmany(_AT_ONCE):
        if not all(_is_object(text) for (text,) in some):
            refuse_file(path, objects_in(path))


def _is_object(text: str) -> bool:
    try:
        return isinstance(parse_json(text), dict)
    except (ValueError, RecursionError):
        return False


def _run_first(connection: Connection, path: Path, statements: Sequence[str]) -> None:
    """Runs the first of the statements that DuckDB can. Raises `Misuse` where it can run none."""
    import duckdb

    reason = ""
    for statement in statements:
        try:
            connection.execute(statement)
        except (duckdb.InterruptException, duckdb.OutOfMemoryException):
            raise
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
        else:
            return
    # The reader of single people knows the line.
    refuse_file(path, objects_in(path), reason)
