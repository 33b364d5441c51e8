"""Tables of any values: what SQL calls right the judge finds nothing wrong with, rows are alike where their
fingerprints are, and both readers of CSV read the same."""

from __future__ import annotations

import csv
import io
import json
import math
import tempfile
from datetime import UTC
from pathlib import Path
from typing import Any
from unittest.mock import DEFAULT, patch

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.payloads import RecordJudge
from intercom_iac.tables.sources import csv_files, json_files
from support.generators.effort import examples
from support.generators.tables import CELLS, COLUMN_TYPES, TEXTS, TYPES, quoted, tables
from support.tables import TODAY, file_source, query_source, read_source


@given(tables())
@examples(25)
def test_the_judge_finds_nothing_wrong_with_what_is_sent(table: tuple[Schema, str]) -> None:
    schema, query = table
    read = read_source(query_source(query), schema)
    judge = RecordJudge(schema, today=TODAY, zone=UTC)
    for key, values in read.values.items():
        record = {"external_id": key, "custom_attributes": values}
        assert [
            found for found in judge.violations(1, record, "contact") if found.code.severity == "error"
        ] == []
    rejected = {error.row for error in read.errors}
    assert rejected.isdisjoint(row[0] for row in read.rows)
    assert rejected | {row[0] for row in read.rows} == set(range(1, read.table.rows + 1))


@given(tables())
@examples(25)
def test_rows_are_alike_where_their_fingerprints_are(table: tuple[Schema, str]) -> None:
    schema, query = table
    read = read_source(query_source(query), schema)
    for *first, mark in read.rows:
        for *second, other in read.rows:
            if mark is not None and other is not None:
                assert (mark == other) == (first[2:] == second[2:])


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
@examples(25)
def test_a_number_has_a_fingerprint_where_three_steps_write_all_of_it(numbers: list[float]) -> None:
    schema = Schema(
        attributes={"a": Attribute(model="contact", name="score", type=DataType.FLOAT)},
        events={},
        segments={},
    )
    rows = ", ".join(f"('u{at}', {number!r}::double)" for at, number in enumerate(numbers))
    read = read_source(query_source(f"select * from (values {rows}) as given (external_id, score)"), schema)
    for row in read.rows:
        number = row[2]
        exact = abs(number) < 2**53 and math.ldexp(number, 90).is_integer()
        assert (row[-1] is not None) == exact, number


def test_everyday_fractions_have_fingerprints_of_their_own() -> None:
    schema = Schema(
        attributes={"a": Attribute(model="contact", name="score", type=DataType.FLOAT)},
        events={},
        segments={},
    )
    query = "select 'u' || i as external_id, i / 100.0::double as score from range(20000) t (i)"
    read = read_source(query_source(query), schema)
    assert len({row[-1] for row in read.rows}) == 20_000


CSV_CELLS = st.text(alphabet=st.sampled_from("ab\0 ,;\"'\n\r\té🎈=1.-/0"), max_size=8)


@given(
    st.lists(st.tuples(CSV_CELLS, CSV_CELLS), max_size=8),
    st.sampled_from([b"", b"\xff", b'"', b",,,", b"x\n"]),
)
@examples(25)
def test_both_readers_of_csv_read_the_same(rows: list[tuple[str, str]], damage: bytes) -> None:
    schema = Schema(
        attributes={"a": Attribute(model="contact", name="team", type=DataType.STRING)},
        events={},
        segments={},
    )
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("external_id", "team"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(text.getvalue().encode() + damage)
        first = read_source(file_source(path), schema)
        with patch.object(csv_files, "_load", side_effect=duckdb.Error):
            second = read_source(file_source(path), schema)
    assert first.rows == second.rows
    assert first.wrong == second.wrong


@st.composite
def event_tables(draw: st.DrawFn) -> tuple[Schema, str]:
    """Two events with metadata, and a query of occurrences."""
    keys = {name: draw(st.sampled_from(TYPES)) for name in ("k1", "k2 x", "format_at")}
    events = [
        Event(
            name=name,
            metadata=tuple(
                MetadataKey(
                    name=key,
                    type=type_,
                    options=("free", f"only {name}") if type_ is DataType.OPTIONS else (),
                    required=draw(st.booleans()),
                )
                for key, type_ in keys.items()
                if draw(st.booleans())
            ),
        )
        for name in ("sent", "it's read")
    ]
    names = ["event_name", "created_at", *keys]
    types = ["varchar", "bigint", *(draw(st.sampled_from(COLUMN_TYPES)) for _ in keys)]
    rows: list[str] = []
    for _ in range(draw(st.integers(1, 8))):
        cells = [
            draw(st.sampled_from(["sent", "it's read", "it's read", "lost", None])),
            draw(st.sampled_from(["1767225600", "1767225600", "9999999999", None])),
            *(draw(CELLS) for _ in keys),
        ]
        values = [
            f"try_cast({'null' if cell is None else quoted(cell)} as {type_})"
            for cell, type_ in zip(cells, types, strict=True)
        ]
        rows.append(f"({', '.join(['chr(117)', *values])})")
    columns = ", ".join(f'"{name}"' for name in names)
    query = f"select * from (values {', '.join(rows)}) as given (external_id, {columns})"
    return Schema(attributes={}, events={event.name: event for event in events}, segments={}), query


@given(event_tables())
@examples(25)
def test_the_judge_finds_nothing_wrong_with_events_that_are_sent(table: tuple[Schema, str]) -> None:
    schema, query = table
    read = read_source(query_source(query, "event"), schema)
    judge = RecordJudge(schema, today=TODAY, zone=UTC)
    for row in read.rows:
        record: dict[str, Any] = {"user_id": row[1]}
        for column, value in zip(read.table.columns, row[2:-1], strict=True):
            if value is not None:
                target = record.setdefault("metadata", {}) if column.field.custom else record
                target[column.field.name] = value
        assert [
            found for found in judge.violations(1, record, "event") if found.code.severity == "error"
        ] == []
    assert {error.row for error in read.errors}.isdisjoint(row[0] for row in read.rows)


JSON_CELLS = (
    st.none() | st.booleans() | st.integers(-5, 2**40) | st.sampled_from([1.5, 1e300]) | TEXTS | st.just([1])
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["external_id", "a", "b"]), JSON_CELLS), min_size=1, max_size=8)
)
@examples(25)
def test_both_readers_of_json_read_the_same(records: list[dict[str, Any]]) -> None:
    attributes = {
        name: Attribute(model="contact", name=name, type=type_)
        for name, type_ in (("a", DataType.STRING), ("b", DataType.FLOAT))
    }
    schema = Schema(attributes=attributes, events={}, segments={})
    lines = [json.dumps({"external_id": None, "a": None, **record}) for record in records]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.ndjson"
        path.write_text("\n".join(lines))
        first = reading_of(path, schema)
        with patch.object(
            json_files, "_load", side_effect=[duckdb.Error, *[DEFAULT] * 2], wraps=json_files._load
        ):
            second = reading_of(path, schema)
    assert first == second


def reading_of(path: Path, schema: Schema) -> object:
    """What was read, or why it could not be."""
    try:
        read = read_source(file_source(path), schema)
    except InvalidSpecs as refused:
        return [found.code for found in refused.diagnostics]
    return read.rows, read.wrong
