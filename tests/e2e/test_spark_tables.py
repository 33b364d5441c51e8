"""Tables are read, planned and compared in Spark as in DuckDB, also such as do not fit into memory."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType
from support.engines import missing_spark
from support.generators.effort import examples
from support.generators.tables import table_queries, table_schemas

pytestmark = pytest.mark.outside

ROOT = Path(__file__).parents[2]
SPARK = ROOT / ".venv-spark" / "bin" / "python"
MEMORY, LARGE = 512 * 1024 * 1024, 590_000
# To compile well what runs once takes longer than to run it.
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# An example takes a second or two in Spark, and to shrink one takes minutes.
TABLES, UNSHRUNK = 10, (Phase.explicit, Phase.reuse, Phase.generate)
# Spark reads no `uuid` of Parquet, and 128 bits are a fraction there.
COMMON_TYPES = ("varchar", "bigint", "double", "decimal(30, 3)", "boolean", "date", "timestamp", "float")
SCHEMA: Mapping[str, Any] = {
    "attributes": [
        {"model": "contact", "name": "plan", "type": "options", "options": ["trial", "free"]},
        *(
            {"model": "contact", "name": name, "type": type_}
            for name, type_ in {
                "score": "float",
                "logins": "integer",
                "vip": "boolean",
                "ends": "date",
                "note": "string",
                "more": "string",
                "most": "string",
                "rest": "string",
            }.items()
        ),
    ],
    "events": {"signed_up": {"how": "string"}},
}
HOSTILE = """
    ('a', 'trial', 0.5, 3, true, date '2026-01-02', 'x'),
    ('b', null, null, null, null, null, null),
    ('c', 'pro', 1e300, -1, false, date '1960-01-01', repeat('é', 300)),
    ('d', 'free', 'nan'::double, 9007199254740993, null, date '2500-01-01', 'İıß'),
    ('e', 'free', 0.1, 1, true, date '2026-01-02', ''),
    (null, 'free', 1, 1, true, date '2026-01-02', 'k'),
    ('f', 'free', 123456789.123456, 1, true, date '2026-01-02', 'line' || chr(10) || 'break'),
    ('f', 'free', -7.25, 1, true, date '2026-01-02', 'z'),
    ('g', 'free', 1e22, 1, true, date '2026-01-02', '😀'),
    ('h', 'free', -0.0, 0, true, date '1970-01-01', 'a,b')"""
NAMES = "external_id, plan, score, logins, vip, ends, note"
READ = {
    "native": "select * from t",
    "text": "select external_id, plan, score::varchar as score, logins::varchar as logins, vip::varchar as vip, "
    "strftime(ends, '%d/%m/%Y') as ends, note from t",
    "other": "select external_id, plan, score::decimal(20, 4) as score, logins % 100 + 0.5 as logins, "
    "ends::timestamp as ends, note, 1 as extra from t where abs(score) < 1e10 or score is null",
    "odd": "select external_id, case when vip then 'yes' else 'no' end as vip, "
    "case when logins % 2 = 0 then '1,000' else '1e3' end as logins, epoch(ends)::bigint::varchar as ends, "
    "' 1.5 ' as score from t",
    "lacking": "select plan, score as scores from t",
    "nested": "select external_id, {'plan': plan, 'note': note} as custom_attributes, [note] as more from t",
    "numbers": "select logins as external_id, logins as ends, logins % 2 as vip, score as logins from t",
    "fractions": "select r / 2 as external_id, r * 86400.5 as ends, r / 4 as vip from range(6) v(r)",
    "decimals": "select external_id::decimal(9, 1) as external_id, ends::decimal(18, 1) as ends, "
    "vip::decimal(9, 2) as vip from (select r / 2 as external_id, r * 86400.5 as ends, r / 4 as vip "
    "from range(6) v(r))",
    "unsigned": "select r::ubigint as external_id, r::ubigint as note, r::decimal(30, 0) as logins "
    "from range(3) v(r)",
    "nobody": "select * from t where false",
    # Of a file whose column has no type, DuckDB says so, and Spark that it is of integers.
    "keyless": "select null as external_id, note from t",
}
CASES: list[dict[str, Any]] = [
    *({"location": name} for name in READ),
    {"location": "text", "columns": {"ends": ["ends", "DD/MM/YYYY"], "note": ["plan", None]}},
    {"location": "text", "columns": {"ends": ["ends", "DD/MM/YYYY"]}, "key": "external_id"},
    {"location": "native", "columns": {"logins": ["score", None], "score": ["logins", None]}},
]
# Texts in each shape of each type, at the ends of what has it, and past them.
TEXTS = """\
2026-01-02|2024-02-29|2023-02-29|0001-01-01|9999-12-31|2026-13-01|2026-1-2|02026-01-02|1900-02-29|2000-02-29
2026-01-02 03:04|2026-01-02T03:04:05|2026-01-02 23:59:59.999999|2026-01-02T24:00:00|2026-01-02 03:04:05.1234567890
2026-01-02T03:04Z|2026-01-02 03:04:05 +0530|2026-01-02T03:04:05-03:30|2026-01-02 03:04+01|2026-01-02T03:04:05.5z
2026-01-02T03:04:05+99:99|1582-10-10|1582-10-04 00:00:00|1969-12-31T23:59:59Z|2026-01-02T03:04:05.25+00:00
0|1|-1|+1|00|1767312000|1767312000.0|1767312000.5|9999999999|1767312000000|253402300799|253402300800|99999999999999
20260102|20260230|19991231|30000101|2026/1/2|2026/01/02|2026/13/1|1/2/2026|31/12/2025|12/31/2025|31.12.2025|31-12-2025
29/02/2023|1-2-2026|1.2.2026|01/02/26|١٢/٠١/2026|true|TRUE|False|tRuE|yes|NO|y|N|t|F|on|OFF|ja|wahr|trüe|ſ
1.0|0.0|1,234|1,234.5|1.234,5|1 234,5|12,34|1,23,456|1.234.567|1,234,567|1234,5|,5|.5|5.|+.5|-5.e3|e3
1e3|1E+3|1e-400|1e400|-1e400|1e309|1.7976931348623157e308|1e-323|5e-324|0.1|0.30000000000000004|123456789.123456789
9007199254740993|9007199254740992.0|9223372036854775807|9223372036854775808|-9223372036854775808|1e18|1e22|1.5e1
-0|-0.0|NaN|nan|inf|Infinity|0x10|1_000|1d|1f|10L|  7  |７|½||1,000,000,000,000,000,000,000"""
ODD_TEXTS = ["2026-01-02\n", "\t7", "7\r", "1\u00a0234,5", "YE\u017f", "o\u212a", "\0", "'", "\\"]
# Columns of each type, whatever it is that they are sent as; the last of each is null.
COLUMNS = {
    "varchar": ["''", "' '", "'free'", "'it''s'", "'İı'", "repeat('é', 256)", "'a' || chr(92) || 'n'", "'1'"],
    "tinyint": ["-128", "0", "127"],
    "integer": ["-2147483648", "0", "1", "2147483647"],
    "ubigint": ["0", "9223372036854775807", "18446744073709551615"],
    "bigint": ["'-9223372036854775808'", "-1", "0", "9007199254740993", "9223372036854775807"],
    "float": ["0.1", "-0.0", "'nan'", "'inf'", "16777217", "3e38", "1e-45"],
    "double": [
        "0.1",
        "-0.0",
        "0.5",
        "'nan'",
        "'-inf'",
        "9223372036854775807",
        "-9.3e18",
        "1e22",
        "5e-324",
        "1e300",
    ],
    "decimal(4, 1)": ["-999.9", "0", "0.1", "12.0"],
    "decimal(18, 6)": ["123456789012.345678", "0.000001", "-5", "0.1"],
    "decimal(38, 10)": ["1234567890123456789012345678.0123456789", "9223372036854775808", "0.3", "7"],
    "boolean": ["true", "false"],
    "date": ["'0001-01-01'", "'1582-10-10'", "'1969-12-31'", "'1970-01-01'", "'2026-03-29'", "'9999-12-31'"],
    "timestamp": ["'0001-01-01 00:00:00'", "'1969-12-31 23:59:59.999999'", "'2026-03-29 02:30:00.5'"],
    "timestamp_s": ["'1969-12-31 23:59:59'", "'2026-03-29 02:30:00'"],
    "timestamp_ms": ["'1969-12-31 23:59:59.999'", "'2026-03-29 02:30:00.5'"],
    "timestamptz": ["'1969-12-31 23:59:59.999999+00'", "'2026-03-29 02:30:00+05:30'"],
}


class TableJudge:
    """Both engines, in a process of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = (folder / "log").open("w+")
        self._process = subprocess.Popen(
            [SPARK, ROOT / "tests" / "support" / "engines" / "table_judge.py"],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "JDK_JAVA_OPTIONS": QUICK_JAVA},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def write(self, name: str, query: str) -> str:
        """What a query gives, as a file of Parquet, of which no part takes much memory."""
        path = str(self.folder / f"{name}.parquet")
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute(f"create table t as select * from (values {HOSTILE}) v({NAMES})")
            connection.execute(f"copy ({query}) to '{path}' (format parquet, row_group_size 20000)")
        return path

    def __call__(self, name: str, **of: Any) -> tuple[Any, Any]:
        """What DuckDB makes of a job, and what Spark does."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"name": name, "of": of}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        self._log.seek(0)
        assert line, self._log.read()
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["duckdb"], answer["spark"]

    def stop(self) -> None:
        self._process.communicate(timeout=60)
        self._log.close()


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TableJudge]:
    if why := missing_spark():
        pytest.skip(why)
    judge = TableJudge(tmp_path_factory.mktemp("tables"))
    yield judge
    judge.stop()


def test_a_text_means_the_same_in_every_shape(judge: TableJudge) -> None:
    texts = [*TEXTS.replace("\n", "|").split("|"), *ODD_TEXTS]
    with duckdb.connect() as connection:
        connection.execute("create table texts (t varchar)")
        connection.executemany("insert into texts values (?)", [[text] for text in texts])
        path = str(judge.folder / "texts.parquet")
        connection.execute(f"copy texts to '{path}' (format parquet)")
    of_duckdb, spark = judge("meanings", path=path)
    assert len(of_duckdb) > 25
    for shape, found in of_duckdb.items():
        assert any(meaning is not None for _, meaning in found), shape
        assert spark[shape] == found, shape


def test_a_column_of_every_type_means_the_same(judge: TableJudge) -> None:
    for at, (type_, cells) in enumerate(COLUMNS.items()):
        rows = ", ".join(f"({number}, ({cell})::{type_})" for number, cell in enumerate([*cells, "null"]))
        path = judge.write(f"type-{at}", f'select n, c as "{type_}" from (values {rows}) v(n, c)')
        of_duckdb, spark = judge("values", path=path)
        assert [*spark.values()] == [*of_duckdb.values()], type_


def test_both_read_the_same(judge: TableJudge) -> None:
    places = {name: judge.write(name, query) for name, query in READ.items()}
    counts: list[Any] = []
    for case in CASES:
        of_duckdb, spark = judge("read", schema=SCHEMA, source={**case, "location": places[case["location"]]})
        assert spark == of_duckdb, case
        counts += [of_duckdb["counts"]] if isinstance(of_duckdb, dict) else []
    assert any(valid for _, _, valid in counts)
    assert any(rejected for _, rejected, _ in counts)


def test_both_plan_the_same(judge: TableJudge) -> None:
    people = (
        "select 'u' || r as external_id, case when r % 3 = {0} then 'trial' else 'free' end as plan, "
        "r / 4 as score from range(40) v(r)"
    )
    events = (
        "select 'u' || r as external_id, 'signed_up' as event_name, 1700000000 + r as created_at, "
        "'web' as how from range({0}) v(r)"
    )
    steps = [
        people.format(0),
        events.format(9),
        people.format(1),
        events.format(15),
        people.format(1),
        events.format(15),
    ]
    sources = [
        {
            "location": judge.write(f"step-{at}", query),
            "record": "event" if "signed_up" in query else "contact",
        }
        for at, query in enumerate(steps)
    ]
    of_duckdb, spark = judge(
        "plan", schema=SCHEMA, sources=sources, mode="upsert", failing=["u4", "u37"],
        contacts={f"u{at}": {"plan": "free", "score": at / 4} for at in range(30)},
    )  # fmt: skip
    assert spark == of_duckdb
    first, its_events, second, later, third, last = (planned for planned, *_ in of_duckdb)
    assert (first["update"], first["create"], its_events["create"]) == (10, 10, 9)
    assert second["verified"]
    # What failed is written again, and the events of these people wait for it.
    assert third["update"] + third["create"] > 0
    assert later["create"]
    assert last["create"] + last["held_back"] > 0


@st.composite
def runs(draw: st.DrawFn) -> dict[str, Any]:
    """Specs, people, and two tables that are synced one after the other."""
    schema = draw(table_schemas())
    attributes = [*schema.attributes.values()]
    values = {DataType.BOOLEAN: True, DataType.STRING: "free", DataType.OPTIONS: "free"}
    held = {attribute.name: values.get(attribute.type, 3) for attribute in attributes}
    return {
        "schema": {"attributes": [declared(attribute) for attribute in attributes]},
        "queries": [draw(table_queries(schema, COMMON_TYPES)) for _ in range(2)],
        "contacts": {f"u{at}": held if at % 2 else {} for at in draw(st.sets(st.integers(0, 7)))},
        "mode": draw(st.sampled_from(["update_only", "upsert", "create_only"])),
        "null": draw(st.sampled_from(["keep", "clear"])),
    }


def declared(attribute: Attribute) -> dict[str, Any]:
    names = ("model", "name", "type", "options", "open_options", "status")
    return {name: getattr(attribute, name) for name in names}


def test_generated_tables_are_planned_alike(judge: TableJudge) -> None:
    @examples(TABLES, phases=UNSHRUNK)
    @given(runs())
    def compare(run: dict[str, Any]) -> None:
        sources = [
            {"location": judge.write(f"generated-{at}", query), "null": run["null"]}
            for at, query in enumerate(run["queries"])
        ]
        of_duckdb, spark = judge(
            "plan", schema=run["schema"], sources=sources, mode=run["mode"], contacts=run["contacts"]
        )
        assert spark == of_duckdb

    compare()


def test_what_is_larger_than_memory_is_compared_in_both(judge: TableJudge) -> None:
    texts = ", ".join(f"repeat(md5('{name}' || r), 7) as {name}" for name in ("note", "more", "most", "rest"))
    path = judge.write(
        "large",
        f"select 'user-' || r as external_id, if(r % 2 = 0, 'trial', 'free') as plan, r / 7 as score, {texts} "
        f"from range({LARGE}) v(r)",
    )
    with duckdb.connect() as connection:
        [(size,)] = connection.execute(
            f"select sum(total_uncompressed_size) from parquet_metadata('{path}')"
        ).fetchall()
    assert size > MEMORY, size
    of_duckdb, spark = judge("compare_large", schema=SCHEMA, path=path)
    assert spark == of_duckdb
    assert of_duckdb[:3] == [LARGE, 0, LARGE // 100]
