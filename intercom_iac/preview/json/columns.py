"""Newline-delimited JSON for DuckDB: the values that are read, a column of JSON each.

Two ways lead to the same columns. Where every line is strict JSON, DuckDB reads the values by the types of columns,
and parses a line once. Where a line is not, or an object is not of the shape that Intercom gives it, each line is
parsed as it lies and then again for its values.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from intercom_iac.compilers.sql import DIALECTS

from ..files import as_pattern

# The keys that lead to a value in an object.
Place = tuple[str, ...]

_DUCKDB = DIALECTS["duckdb"]
# Bytes of an object: up to the usual, DuckDB's buffers are as small as they can be; for larger ones they are twice
# as large as the object may be.
_USUAL, _LARGEST = 16 * 1024 * 1024, 256 * 1024 * 1024
_AT_ONCE = 64 * 1024  # what the caches of a processor hold

# What DuckDB takes for JSON though it is none: NaN, infinity, a comma too many. The same may stand in a text.
_SUSPICIOUS = r"'(?i)[:,\[]\s*-?(nan|inf)|,\s*[\]}]'"


def has_strict_objects(path: Path) -> bool:
    """Whether the file is found to hold nothing but objects of strict JSON; False says nothing.

    DuckDB takes more for JSON (NaN, a comma too many), and looks neither for that nor at what it does not read.
    """
    import msgspec

    decode = msgspec.json.Decoder(msgspec.defstruct("Object", [], gc=False)).decode_lines
    try:
        with path.open("rb") as file:
            if file.read(len(BOM_UTF8)) != BOM_UTF8:
                file.seek(0)
            while lines := file.read(_AT_ONCE):
                decode(lines + file.readline(_USUAL))
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError):
        return False
    return True


def value_queries(path: Path, places: Sequence[Place], *, strict: bool) -> Iterator[str]:
    """Queries of the values at these places, in columns `v0`, `v1` ... of JSON, a row a line: what is not there is
    null, or a null of JSON. The first that DuckDB can run is the quickest."""
    if strict:
        yield _by_columns(path, places)
    for largest in (_USUAL, _LARGEST):
        pointers = ", ".join(_DUCKDB.text(_pointer(place)) for place in places)
        values = ", ".join(f"held[{at}] as v{at - 1}" for at in range(1, len(places) + 1))
        yield f"select {values} from (select json_extract(json, [{pointers}]) as held from {_objects(path, largest)})"


def suspicious_lines(path: Path) -> Iterator[str]:
    """Queries of the lines that may not be what DuckDB takes them for, in the order to try them."""
    for largest in (_USUAL, _LARGEST):
        yield (
            f"select json from {_objects(path, largest)} "
            f"where json_type(json) <> 'OBJECT' or regexp_matches(json::varchar, {_SUSPICIOUS})"
        )


def _objects(path: Path, largest: int) -> str:
    return f"read_ndjson_objects({_file(path)}, maximum_object_size = {largest})"


def _file(path: Path) -> str:
    """The file, and that names of folders are no columns of it."""
    return f"{_DUCKDB.text(as_pattern(path))}, hive_partitioning = false"


def _pointer(place: Place) -> str:
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in place)


# --- columns ------------------------------------------------------------------------------------------------


def _by_columns(path: Path, places: Sequence[Place]) -> str:
    """DuckDB refuses an object of another shape, and one in which a key stands twice."""
    tree: dict[str, Any] = {}
    for place in places:
        branch = tree
        for key in place[:-1]:
            branch = branch.setdefault(key, {})
        branch[place[-1]] = None
    columns = ", ".join(f"{_DUCKDB.text(key)}: {_DUCKDB.text(_type(branch))}" for key, branch in tree.items())
    values = ", ".join(f"{_value(place)} as v{at}" for at, place in enumerate(places))
    return (
        f"select {values} from read_ndjson({_file(path)}, records = true, maximum_object_size = {_USUAL}, "
        f"columns = {{{columns}}})"
    )


def _type(branch: dict[str, Any] | None) -> str:
    if branch is None:
        return "JSON"
    keys = ", ".join(f"{_DUCKDB.identifier(key)} {_type(below)}" for key, below in branch.items())
    return f"STRUCT({keys})"


def _value(place: Place) -> str:
    first, *keys = place
    value = _DUCKDB.identifier(first)
    for key in keys:
        value = f"struct_extract({value}, {_DUCKDB.text(key)})"
    return value
