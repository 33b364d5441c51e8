"""How a column of text is written: told where it is the only way, asked for where it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intercom_iac.tables import ColumnMapping
from support.tables import Read, query_source, read_source, small_schema

SCHEMA = small_schema()


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def read_texts(attribute: str, texts: list[str], shape: str | None = None) -> Read:
    rows = ", ".join(f"('u{at}', '{text}')" for at, text in enumerate(texts, 1))
    columns = {} if shape is None else {attribute: ColumnMapping(attribute, shape)}
    query = f"select * from (values {rows}) as given (external_id, {attribute})"
    return read_source(query_source(query, columns=columns), SCHEMA)


# An attribute, its column, the shape that is found, the values.
ALIKE = [
    ("renewal", ["2026-01-31", "", " 2026-02-01 "], "YYYY-MM-DD", ["2026-01-31", None, "2026-02-01"]),
    ("renewal", ["31/01/2026", "1/2/2026"], "DD/MM/YYYY", ["2026-01-31", "2026-02-01"]),
    ("renewal", ["1/31/2026", "02/01/2026"], "MM/DD/YYYY", ["2026-01-31", "2026-02-01"]),
    ("renewal", ["31.01.2026"], "DD.MM.YYYY", ["2026-01-31"]),
    ("renewal", ["31-01-2026"], "DD-MM-YYYY", ["2026-01-31"]),
    ("renewal", ["2026/1/31"], "YYYY/MM/DD", ["2026-01-31"]),
    (
        "renewal",
        ["2026-01-31 10:05", "2026-01-31T10:05:06.7"],
        "YYYY-MM-DD hh:mm:ss",
        ["2026-01-31T10:05", "2026-01-31T10:05:06"],
    ),
    (
        "renewal",
        [
            "2026-01-31T10:00:00Z",
            "2026-01-31 10:00:00+00",
            "2026-01-31 10:00:00.5+02:00",
            "2026-01-31 10:00:00-0330",
            "2026-01-31T10:00-01",
        ],
        "YYYY-MM-DD hh:mm:ss+zz:zz",
        ["2026-01-31T10:00", "2026-01-31T10:00", "2026-01-31T08:00", "2026-01-31T13:30", "2026-01-31T11:00"],
    ),
    ("renewal", ["1769817600", "1769817600.0"], "unix", ["2026-01-31", "2026-01-31"]),
    ("renewal", ["1769817600000", "1769817600999"], "unix ms", ["2026-01-31", "2026-01-31"]),
]


@pytest.mark.parametrize(("attribute", "texts", "shape", "dates"), ALIKE)
def test_dates(attribute: str, texts: list[str], shape: str, dates: list[str | None]) -> None:
    for named in (None, shape):
        read = read_texts(attribute, texts, named)
        assert read.errors == []
        assert read.shapes == {attribute: shape}
        assert [row[2] for row in read.rows] == [None if date is None else seconds(date) for date in dates]


@pytest.mark.parametrize(
    ("texts", "shape", "values"),
    [
        (["true", "FALSE", "True", ""], "true/false", [True, False, True, None]),
        (["yes", "No"], "yes/no", [True, False]),
        (["1", "0"], "1/0", [True, False]),
        (["T", "f"], "t/f", [True, False]),
        (["y", "N"], "y/n", [True, False]),
        (["on", "off"], "on/off", [True, False]),
    ],
)
def test_booleans(texts: list[str], shape: str, values: list[bool | None]) -> None:
    read = read_texts("onboarded", texts)
    assert (read.shapes, read.errors) == ({"onboarded": shape}, [])
    assert [row[2] for row in read.rows] == values


@pytest.mark.parametrize(
    ("attribute", "texts", "shape", "values"),
    [
        ("seats", ["5", "-10", "+7", "9223372036854775807"], "1234.5", [5, -10, 7, 2**63 - 1]),
        ("seats", ["5", "1e3", "7.0"], "1234.5", [5, 1000, 7]),
        ("seats", ["1,234", "1,234,567", "5"], "1,234.5", [1234, 1_234_567, 5]),
        ("score", ["5", ".5", "-2.25e2"], "1234.5", [5.0, 0.5, -225.0]),
        ("score", ["1,234.5", "5"], "1,234.5", [1234.5, 5.0]),
        ("score", ["1.234,5", "0,5", "5"], "1.234,5", [1234.5, 0.5, 5.0]),
        ("score", ["1 234,5", "5"], "1 234,5", [1234.5, 5.0]),
    ],
)
def test_numbers(attribute: str, texts: list[str], shape: str, values: list[float]) -> None:
    read = read_texts(attribute, texts)
    assert (read.shapes, read.errors) == ({attribute: shape}, [])
    assert [row[2] for row in read.rows] == values


# What is rejected: rows from 1, and the code.
ASKED = [
    ("renewal", ["01/02/2026", "03/02/2026", "05/05/2026"], [1, 2], "SYNC120"),
    ("renewal", ["20260131", "20260201"], [1, 2], "SYNC120"),
    ("renewal", ["2026-01-31", "31.01.2026", ""], [1, 2], "SYNC121"),
    ("renewal", ["31/01/2026", "01/31/2026"], [1, 2], "SYNC121"),
    ("renewal", ["1769817600", "1769817600000"], [1, 2], "SYNC121"),
    ("renewal", ["2026-01-31", "soon", "2026-02-30", "2026-13-01"], [2, 3, 4], "SYNC122"),
    ("renewal", ["soon", "later"], [1, 2], "SYNC122"),
    ("onboarded", ["yes", "true"], [1, 2], "SYNC121"),
    ("onboarded", ["yes", "maybe"], [2], "SYNC122"),
    ("score", ["1.234", "5"], [1], "SYNC120"),
    ("score", ["1.5", "1,5", "5"], [1, 2], "SYNC121"),
    ("seats", ["5", "x", "NaN"], [2, 3], "SYNC122"),
    ("seats", ["5", "7.5"], [2], "SYNC122"),
]


@pytest.mark.parametrize(("attribute", "texts", "rows", "code"), ASKED)
def test_what_could_be_read_in_several_ways_is_rejected_and_asked_for(
    attribute: str, texts: list[str], rows: list[int], code: str
) -> None:
    read = read_texts(attribute, texts)
    assert read.wrong == [(row, attribute, code) for row in rows]
    if code != "SYNC122":
        assert all(f"--map {attribute}={attribute}:" in (error.hint or "") for error in read.errors)


def test_a_shape_that_is_named_holds_for_each_value() -> None:
    read = read_texts("renewal", ["01/02/2026", "2026-02-03", "31/12/2026"], "DD/MM/YYYY")
    assert read.wrong == [(2, "renewal", "SYNC122")]
    assert [row[2] for row in read.rows] == [seconds("2026-02-01"), seconds("2026-12-31")]


def test_the_first_rows_do_not_decide_alone() -> None:
    """Two thousand rows are looked at first, and all of them count."""
    for last, attribute, wrong in (
        ("1,5", "score", [(3001, "SYNC121")]),
        ("1.234", "score", [(3001, "SYNC120")]),
        ("1,234.5", "score", []),
        ("31.12.2026", "renewal", [(row, "SYNC121") for row in range(1, 3002)]),
        ("soon", "renewal", [(3001, "SYNC122")]),
    ):
        first = "(i % 9)::varchar" if attribute == "score" else "'2026-01-31'"
        if last == "1,5":
            first = "(i % 9 + 0.5)::varchar"
        query = (
            f"select 'u' || i as external_id, {first} as {attribute} from range(3000) t (i) "
            f"union all select 'last', '{last}'"
        )
        read = read_source(query_source(query), SCHEMA)
        told = [(row, code) for row, _, code in read.wrong]
        if last == "1,5":
            assert {code for _, code in told} == {"SYNC121"}
        else:
            assert told == wrong, last


@pytest.mark.parametrize(
    ("values", "attribute", "shape", "sent"),
    [
        ("(1769817600), (null)", "renewal", "unix", [1_769_817_600, None]),
        ("(1769817600000), (1769817601999)", "renewal", "unix ms", [1_769_817_600, 1_769_817_601]),
        ("(1769817600.0::double)", "renewal", "unix", [1_769_817_600]),
        ("(1), (0)", "onboarded", "1/0", [True, False]),
    ],
)
def test_numbers_that_stand_for_dates_and_booleans(
    values: str, attribute: str, shape: str, sent: list[object]
) -> None:
    query = f"select 'u' || row_number() over () as external_id, v as {attribute} from (values {values}) as given (v)"
    read = read_source(query_source(query), SCHEMA)
    assert (read.shapes, read.errors) == ({attribute: shape}, [])
    assert [row[2] for row in read.rows] == sent


@pytest.mark.parametrize("type_", ["double", "decimal(20, 3)"])
@pytest.mark.parametrize(("attribute", "shape"), [("onboarded", "1/0"), ("renewal", "unix")])
def test_a_fraction_stands_for_no_date_and_no_boolean(attribute: str, shape: str, type_: str) -> None:
    values = ", ".join(f"({number}::{type_})" for number in ("1.4", "0.6", "1"))
    query = f"select 'u' || row_number() over () as external_id, v as {attribute} from (values {values}) as given (v)"
    columns = {attribute: ColumnMapping(attribute, shape)}
    read = read_source(query_source(query, columns=columns), SCHEMA)
    assert read.wrong == [(1, attribute, "SYNC122"), (2, attribute, "SYNC122")]
    assert [row[2] for row in read.rows] == [1]


def test_decimals_without_a_fraction_are_integers() -> None:
    """Spark reads integers of 64 bits without a sign so, and Snowflake has no other integers."""
    query = (
        "select 7::decimal(30, 0) as external_id, 18446744073709551615::decimal(20, 0) as team, "
        "3::decimal(4, 0) as seats"
    )
    read = read_source(query_source(query), SCHEMA)
    assert read.values == {"7": {"team": "18446744073709551615", "seats": 3}}
