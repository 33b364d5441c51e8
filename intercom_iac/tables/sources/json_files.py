"""Files of JSON records as a table in DuckDB: by its own reader where nothing is wrong with them, else record by
record.

A column whose values all have one type of JSON has that type; of one that mixes them each value keeps its own.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
from .columns import CONTAINERS, EXACT_WHOLE, Relation, SourceColumn, ValueKind
from .csv_files import GIVEN, NUMBER
from .files import TableFile
from .parquet import literal_pattern

_LARGEST_RECORD = 16 * 1024 * 1024
_SPACE = b" \t\r\n"
_COLUMNS_AT_ONCE = 500
_TYPE_NAMES = "BIGINT UBIGINT VARCHAR BOOLEAN DOUBLE OBJECT ARRAY"
"""The types of JSON; where a name begins here is the bit that it has among those of a column."""
_MOST_BRACKETS = 100
"""A cell with more may be nested deeper than a record is read."""
# The type of a column whose values are all of these types of JSON, with the form of a value in `{0}`.
_TYPES: tuple[tuple[frozenset[str], ValueKind, str], ...] = (
    (frozenset({"VARCHAR"}), "text", "({0} ->> '$')"),
    (frozenset({"BOOLEAN"}), "boolean", "try_cast({0} ->> '$' as boolean)"),
    (frozenset({"BIGINT", "UBIGINT"}), "integer", "try_cast({0} ->> '$' as hugeint)"),
    (frozenset({"BIGINT", "UBIGINT", "DOUBLE"}), "double", "try_cast({0} ->> '$' as double)"),
)


class _OddRecords(Exception):
    """Records that DuckDB reads, of which some are not as a record has to be."""


def json_relation(engine: SqlEngine, files: Sequence[TableFile], rejects: RejectSink) -> Relation:
    """The files as one table: a column for each key of their records, and of the objects under `custom_attributes`
    and `metadata`."""
    import duckdb

    unread = 0
    try:
        if any(file.is_packed and not file.is_gzip for file in files):
            raise duckdb.Error
        keys = _load(engine, [(file.path, file.is_array) for file in files])
        columns = _columns(engine, keys)
        _check_records(engine, keys, columns)
        number = "rowid + 1"
    except (duckdb.Error, _OddRecords):
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ndjson") as cleaned:
            unread = _clean(files, cleaned, rejects)
            cleaned.flush()
            keys = _load(engine, [(Path(cleaned.name), False)])
        columns = _columns(engine, keys)
        number = f"cast({_column(keys.index(NUMBER))} ->> '$' as bigint)" if keys else "1"
    if not keys:
        # Without a record there are no columns, and nothing to hold the rows to.
        reason = f"none of its {unread} records can be read" if unread else "it is empty"
        raise Misuse(f"cannot read `{files[0].path}`: {reason}", hint="each line holds a record of JSON")
    return Relation(rows=GIVEN, number=number, columns=columns, unread=unread, files=tuple(files))


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
        engine.execute(f"insert into {GIVEN} {_values_sql(engine, path, list(keys), is_array=is_array)}")
    return list(keys)


def _values_sql(engine: SqlEngine, path: Path, keys: Sequence[str], *, is_array: bool) -> str:
    """The query of the values of these keys."""
    arguments = _arguments(engine, path, is_array=is_array)
    if "" in keys or len({key.lower() for key in keys}) < len(keys):
        # DuckDB's columns have a name, and names that differ by case alone are one to it.
        values = ", ".join(f"json -> {engine.dialect.text(_pointer(key))}" for key in keys)
        return f"select {values} from read_json_objects({arguments})"
    types = ", ".join(f"{engine.dialect.text(key)}: 'json'" for key in keys)
    return f"select * from read_json({arguments}, columns = {{{types}}})"


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _check_records(engine: SqlEngine, keys: Sequence[str], columns: Sequence[SourceColumn]) -> None:
    """Raises `_OddRecords` for what has to be looked at record by record: a key that stands twice, an object that is
    none, values that are nested deep."""
    conditions: list[str] = []
    for at, key in enumerate(keys):
        if key in CONTAINERS:
            value = _column(at)
            twice = f"len(json_keys({value})) <> len(list_distinct(json_keys({value})))"
            conditions.append(f"json_type({value}) not in ('OBJECT', 'NULL') or {twice}")
    for column in columns:
        if column.kind == "json":
            text = f"cast({column.expression} as varchar)"
            flat = f"replace(replace({text}, '[', ''), '{{', '')"
            is_nested = f"json_type({column.expression}) in ('ARRAY', 'OBJECT')"
            conditions.append(f"({is_nested} and length({text}) - length({flat}) > {_MOST_BRACKETS})")
    if conditions and list(engine.rows(f"select 1 from {GIVEN} where {' or '.join(conditions)} limit 1")):
        raise _OddRecords


def _arguments(engine: SqlEngine, path: Path, *, is_array: bool) -> str:
    form = "array" if is_array else "newline_delimited"
    pattern = engine.dialect.text(literal_pattern(path))
    return f"{pattern}, format = '{form}', maximum_object_size = {_LARGEST_RECORD}"


def _columns(engine: SqlEngine, keys: Sequence[str]) -> tuple[SourceColumn, ...]:
    """The columns of keys; the members of containers are columns of their own."""
    values: list[tuple[str, str]] = []
    for number, name in enumerate(keys):
        expression = _column(number)
        if name == NUMBER:
            continue
        if name in CONTAINERS:
            members = engine.rows(
                f"select distinct unnest(json_keys({expression})) from {GIVEN} order by all"
            )
            for (member,) in list(members):
                pointer = engine.dialect.text(_pointer(member))
                values.append((f"{name}.{member}", f"({expression} -> {pointer})"))
        else:
            values.append((name, expression))
    types = _types(engine, [expression for _, expression in values])
    columns = [
        _column_of_types(name, expression, of_value)
        for (name, expression), of_value in zip(values, types, strict=True)
    ]
    doubtful = {
        at: values[at][1] for at in range(len(values)) if columns[at].kind == "double" and len(types[at]) > 1
    }
    for at in _with_large_numbers(engine, doubtful):
        columns[at] = _column_of_types(*values[at], frozenset(_TYPE_NAMES.split()))
    return tuple(columns)


def _column_of_types(name: str, expression: str, types: frozenset[str]) -> SourceColumn:
    for of_type, kind, form in _TYPES:
        if types <= of_type:
            return SourceColumn(name=name, expression=form.format(expression), kind=kind)
    present = f"case when json_type({expression}) <> 'NULL' then {expression} end"
    return SourceColumn(name=name, expression=present, kind="json")


def _types(engine: SqlEngine, expressions: Sequence[str]) -> list[frozenset[str]]:
    """The types of JSON that the values of each expression have, without null."""
    asked = [
        f"bit_or(1::bigint << strpos('{_TYPE_NAMES}', json_type({expression})))" for expression in expressions
    ]
    bits = {type_: 1 << _TYPE_NAMES.index(type_) + 1 for type_ in _TYPE_NAMES.split()}
    return [
        frozenset(type_ for type_, bit in bits.items() if (found or 0) & bit)
        for found in _aggregates(engine, asked)
    ]


def _with_large_numbers(engine: SqlEngine, expressions: Mapping[int, str]) -> Iterator[int]:
    """Those among whose values is a whole number that no double is."""
    asked = [
        f"coalesce(bool_or(json_type({expression}) in ('BIGINT', 'UBIGINT') and "
        f"abs(try_cast({expression} ->> '$' as hugeint)) > {EXACT_WHOLE}), false)"
        for expression in expressions.values()
    ]
    for at, is_large in zip(expressions, _aggregates(engine, asked), strict=True):
        if is_large:
            yield at


def _aggregates(engine: SqlEngine, asked: Sequence[str]) -> Iterator[Any]:
    """What is asked of the rows, many columns by one statement."""
    for at in range(0, len(asked), _COLUMNS_AT_ONCE):
        some = asked[at : at + _COLUMNS_AT_ONCE]
        ((*found,),) = list(engine.rows(f"select {', '.join(some)} from {GIVEN}"))
        yield from found


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
    record = cast("dict[str, Any]", value)
    return record, [
        RejectedValue(row=number, column=name, code=codes.NOT_AN_OBJECT, message=f"`{name}` is no object")
        for name in CONTAINERS
        if not isinstance(record.get(name), dict | None)
    ]
