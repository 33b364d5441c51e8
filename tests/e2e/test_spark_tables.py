"""Tables are read, planned and compared in Spark as in DuckDB, also such as do not fit into memory."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from support.engines import missing_spark

pytestmark = pytest.mark.outside

ROOT = Path(__file__).parents[2]
SPARK = ROOT / ".venv-spark" / "bin" / "python"
LARGE, MEMORY = 4_200_000, 512 * 1024 * 1024
SPECS = """\
version: 1
attributes:
  contact:
    plan: {type: options, options: [trial, free]}
    score: {type: float}
    logins: {type: integer}
    vip: {type: boolean}
    ends: {type: date}
    note: {type: string}
events:
  signed_up: {metadata: {how: {type: string}}}
"""
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
TABLES = {
    "native": "select * from t",
    "text": "select external_id, plan, score::varchar as score, logins::varchar as logins, vip::varchar as vip, "
    "strftime(ends, '%d/%m/%Y') as ends, note from t",
    "other": "select external_id, plan, score::decimal(20, 4) as score, logins % 100 + 0.5 as logins, "
    "ends::timestamp as ends, note, 1 as extra from t where abs(score) < 1e10 or score is null",
    "odd": "select external_id, case when vip then 'yes' else 'no' end as vip, "
    "case when logins % 2 = 0 then '1,000' else '1e3' end as logins, epoch(ends)::bigint::varchar as ends, "
    "' 1.5 ' as score from t",
    "lacking": "select plan, score as scores from t",
}
CASES = [
    *({"location": name} for name in TABLES),
    {"location": "text", "columns": {"ends": ["ends", "DD/MM/YYYY"], "note": ["plan", None]}},
    {"location": "text", "columns": {"ends": ["ends", "DD/MM/YYYY"]}, "key": "external_id"},
    {"location": "native", "columns": {"logins": ["score", None], "score": ["logins", None]}},
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What both engines make of everything: one Spark is started."""
    if why := missing_spark():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("tables")
    (folder / "specs").mkdir()
    (folder / "specs" / "people.yaml").write_text(SPECS)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    with duckdb.connect() as connection:

        def write(name: str, query: str) -> str:
            path = folder / f"{name}.parquet"
            connection.execute(f"copy ({query}) to '{path}' (format parquet)")
            return str(path)

        connection.execute(f"create table t as select * from (values {HOSTILE}) v({NAMES})")
        places = {name: write(name, query) for name, query in TABLES.items()}
        people = (
            "select 'u' || r as external_id, case when r % 3 = {0} then 'trial' else 'free' end as plan, "
            "r / 4 as score from range(40) v(r)"
        )
        events = (
            "select 'u' || r as external_id, 'signed_up' as event_name, 1700000000 + r as created_at, "
            "'web' as how from range({0}) v(r)"
        )
        plans = {
            "contacts": {f"u{at}": {"plan": "free", "score": at / 4} for at in range(30)},
            "files": [
                write("first", people.format(0)),
                write("event-1", events.format(9)),
                write("second", people.format(1)),
                write("event-2", events.format(15)),
                write("third", people.format(1)),
                write("event-3", events.format(15)),
            ],
            "failing": ["u4", "u37"],
        }
        large = write(
            "large",
            "select 'user-' || r as external_id, case when r % 2 = 0 then 'trial' else 'free' end as plan, "
            "r / 7 as score, r as logins, r % 2 = 0 as vip, "
            f"md5(r::varchar) || md5((r + 1)::varchar) || md5((r + 2)::varchar) as note from range({LARGE}) v(r)",
        )
        [(size,)] = connection.execute(
            f"select sum(total_uncompressed_size) from parquet_metadata('{large}')"
        ).fetchall()
        assert size > MEMORY
    cases = [{"record": "contact", **case, "location": places[case["location"]]} for case in CASES]
    done = subprocess.run(
        [SPARK, ROOT / "tests" / "support" / "engines" / "table_judge.py"],
        input=json.dumps({"project": str(folder), "cases": cases, "plans": plans, "large": large}),
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    return json.loads(done.stdout)


def test_both_read_the_same(found: Any) -> None:
    for case, spark, of_duckdb in zip(CASES, found["spark"]["cases"], found["file"]["cases"], strict=True):
        assert spark == of_duckdb, case
    counts = [case["counts"] for case in found["file"]["cases"] if isinstance(case, dict)]
    assert any(valid for _, _, valid in counts)
    assert any(rejected for _, rejected, _ in counts)


def test_both_plan_the_same(found: Any) -> None:
    assert found["spark"]["plans"] == found["file"]["plans"]
    first, events, second, later, third, last = (plan for plan, _ in found["file"]["plans"])
    assert (first["update"], first["create"], events["create"]) == (10, 10, 9)
    assert second["verified"]
    # What failed is written again, and the events of these people wait for it.
    assert third["update"] + third["create"] > 0
    assert later["create"]
    assert last["create"] + last["held_back"] > 0


def test_what_is_larger_than_memory_is_compared_in_both(found: Any) -> None:
    rows, rejected, changed, digest = found["spark"]["large"]
    assert found["file"]["large"] == [rows, rejected, changed, digest]
    assert (rows, rejected, changed) == (LARGE, 0, LARGE // 100)
