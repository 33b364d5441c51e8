"""Files of JSON records as a table in DuckDB: by its own reader where nothing is wrong with them, else record by
record.

A column whose values all have one type of JSON has that type; of one that mixes them each value keeps its own.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.engines import SqlEngine
from intercom_iac.payloads.inputs.compression import decompress
from intercom_iac.payloads.inputs.opening import open_input
from intercom_iac.payloads.json.batch import OVERSIZED
from intercom_iac.payloads.json.records import record_batches
from intercom_iac.payloads.json.text import oversized_record, read_record

from ..rejects.rejected import RejectedValue, RejectSink
from .columns import CONTAINERS, Relation, SourceColumn, ValueKind
from .csv_files import GIVEN, NUMBER
from .files import TableFile
from .parquet import literal_pattern

_LARGEST_RECORD = 16 * 1024 * 1024
_SPACE = b" \t\r\n"
# The type of a column whose values are all of these types of JSON, with the form of a value in `{0}`.
_TYPES: tuple[tuple[frozenset[str], ValueKind, str], ...] = (
    (frozenset({"VARCHAR"}), "text", "({0} ->> '$')"),
    (frozenset({"BOOLEAN"}), "boolean", "try_cast({0} ->> '$' as boolean)"),
    (frozenset({"BIGINT", "UBIGINT"}), "integer", "try_cast({0} ->> '$' as hugeint)"),
    (frozenset({"BIGINT", "UBIGINT", "DOUBLE"}), "double", "try_cast({0} ->> '$' as double)"),
)


def json_relation(engine: SqlEngine, files: Sequence[TableFile], rejects: RejectSink) -> Relation:
    """The files as one table: a column for each key of their records, and of the objects under `custom_attributes`
    and `metadata`."""
    import duckdb

    unread = 0
    try:
        if any(file.is_packed and not file.is_gzip for file in files):
            raise duckdb.Error
        keys = _load(engine, [(file.path, file.is_array) for file in files])
        number = "rowid + 1"
    except duckdb.Error:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ndjson") as cleaned:
            unread = _clean(files, cleaned, rejects)
            cleaned.flush()
            keys = _load(engine, [(Path(cleaned.name), False)])
        number = (
            f"cast({engine.dialect.identifier(_column(keys.index(NUMBER)))} ->> '$' as bigint)"
            if keys
            else "1"
        )
    if not keys and not unread:
        raise Misuse(f"cannot read `{files[0].path}`: it is empty", hint="each line holds a record of JSON")
    named = [(name, _column(at)) for at, name in enumerate(keys) if name != NUMBER]
    columns = [column for name, expression in named for column in _columns(engine, name, expression)]
    return Relation(rows=GIVEN, number=number, columns=tuple(columns), unread=unread, files=tuple(files))


def _column(at: int) -> str:
    return f"c{at}"


def _load(engine: SqlEngine, files: Sequence[tuple[Path, bool]]) -> list[str]:
    """Loads files that DuckDB can read; the keys of their records, whose values are the columns `c0`, `c1`, ..."""
    keys: dict[str, None] = {}
    for path, is_array in files:
        objects = f"read_json_objects({_arguments(engine, path, is_array=is_array)})"
        found = engine.rows(f"select distinct unnest(json_keys(json)) from {objects} order by all")
        keys |= dict.fromkeys(name for (name,) in found)
    columns = ", ".join(f"{_column(at)} json" for at in range(len(keys))) or "c0 json"
    engine.execute(f"create or replace temp table {GIVEN} ({columns})")
    for path, is_array in files if keys else ():
        types = ", ".join(f"{engine.dialect.text(name)}: 'json'" for name in keys)
        rows = f"read_json({_arguments(engine, path, is_array=is_array)}, columns = {{{types}}})"
        engine.execute(f"insert into {GIVEN} select * from {rows}")
    return list(keys)


def _arguments(engine: SqlEngine, path: Path, *, is_array: bool) -> str:
    form = "array" if is_array else "newline_delimited"
    pattern = engine.dialect.text(literal_pattern(path))
    return f"{pattern}, format = '{form}', maximum_object_size = {_LARGEST_RECORD}"


def _columns(engine: SqlEngine, name: str, expression: str) -> Iterator[SourceColumn]:
    types = {kind for (kind,) in list(engine.rows(f"select distinct json_type({expression}) from {GIVEN}"))}
    types -= {None, "NULL"}
    if name in CONTAINERS and types <= {"OBJECT"}:
        members = engine.rows(f"select distinct unnest(json_keys({expression})) from {GIVEN} order by all")
        for (member,) in list(members):
            pointer = "/" + member.replace("~", "~0").replace("/", "~1")
            yield from _columns_of_member(
                engine, f"{name}.{member}", f"({expression} -> {engine.dialect.text(pointer)})"
            )
    else:
        yield from _columns_of_member(engine, name, expression)


def _columns_of_member(engine: SqlEngine, name: str, expression: str) -> Iterator[SourceColumn]:
    found = engine.rows(f"select distinct json_type({expression}) from {GIVEN}")
    types = {kind for (kind,) in list(found)} - {None, "NULL"}
    for of_type, kind, form in _TYPES:
        if types <= of_type:
            yield SourceColumn(name=name, expression=form.format(expression), kind=kind)
            return
    present = f"case when json_type({expression}) <> 'NULL' then {expression} end"
    yield SourceColumn(name=name, expression=present, kind="json")


def _clean(files: Sequence[TableFile], cleaned: IO[str], rejects: RejectSink) -> int:
    """Writes the records that can be read, each with its number. How many cannot."""
    number = unread = 0
    for file in files:
        with open_input(file.path) as measured:
            stream, _ = decompress(measured, measured.name)
            for batch in record_batches(stream):
                for _, message in batch.faults:
                    rejects(RejectedValue(row=number + 1, column=None, code=codes.NOT_JSON, message=message))
                unread += len(batch.faults)
                for text in batch.texts:
                    if not text.strip(_SPACE):
                        continue
                    number += 1
                    record, errors = _read(number, text)
                    for error in errors:
                        rejects(error)
                    unread += bool(errors)
                    if record is not None and not errors:
                        cleaned.write(json.dumps({**record, NUMBER: number}, ensure_ascii=False) + "\n")
    return unread


def _read(number: int, text: bytes) -> tuple[dict[str, Any] | None, list[RejectedValue]]:
    read = oversized_record(number) if text is OVERSIZED else read_record(number, text)
    errors = [
        RejectedValue(
            row=number,
            column=violation.path or None,
            code=violation.code,
            message=violation.message
            if violation.column is None
            else f"{violation.message}, at character {violation.column}",
            hint=violation.hint,
        )
        for violation in read.violations
        if violation.code.severity == "error"
    ]
    if errors:
        return None, errors
    value: object = read.value
    if not isinstance(value, dict):
        message = "the record is no object"
        return None, [RejectedValue(row=number, column=None, code=codes.NOT_AN_OBJECT, message=message)]
    return cast("dict[str, Any]", value), []
