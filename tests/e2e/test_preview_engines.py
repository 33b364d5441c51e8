"""`segment preview` in Spark and over PostgreSQL in place finds whom DuckDB finds in files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from support.engines import missing_spark

ROOT = Path(__file__).parents[2]
SPARK = ROOT / ".venv-spark" / "bin" / "python"
POSTGRES = ROOT / ".venv-postgres" / "bin" / "python"
# To compile well what runs once takes longer than to run it.
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
ASKED = ("--today", "2026-03-29", "--timezone", "Europe/Rome", "--ids", "--format", "json")
SPECS = """\
version: 1
attributes:
  contact:
    plan: {type: options, options: [trial, free]}
    score: {type: float}
    Logins per Day: {type: integer}
    vip: {type: boolean}
    ends: {type: date}
  company:
    seats: {type: integer}
events:
  order.paid: {metadata: {total: {type: integer}}}
segments:
  trial: {name: A, rule: plan = trial}
  not_trial: {name: B, rule: plan != trial}
  score: {name: C, rule: score >= 0.5}
  ring: {name: D, rule: "`Logins per Day` > 2"}
  vip: {name: E, rule: vip}
  soon: {name: F, rule: ends within next 3 days}
  city: {name: G, rule: location.city contains ROM}
  tagged: {name: H, rule: tag vip or company tag big}
  seats: {name: I, rule: company.seats > 5}
  no_seats: {name: J, rule: not company.seats > 5}
  paid: {name: K, rule: event order.paid where total > 3 count >= 2 within last 7 days}
  never_paid: {name: L, rule: event order.paid count < 1}
  lately: {name: M, rule: event order.paid last within last 1 day}
"""
# The text of the registrar, and a number that is none.
CONTACTS = """
    ('a', 'a1', 'trial', 0.5, 3, true, 1774738800, 'Roma'),
    ('b', null, null, null, null, null, null, null),
    ('c', 'c1', 'free', 'NaN'::{double}, 2, false, 1774738799, 'Paris'),
    ('d', 'intercom-iac-registrar', 'trial', 1, 9, true, 1774738800, 'Roma'),
    ('e', '', 'free ', -0.5, -3, false, -1, ''),
    ('f', 'İ', '', 0, 0, true, 0, 'ROMİ'),
    ('g', 'x''y', 'trial', 1e30, 3, null, 1774998000, 'a\rom')"""
CONTACT = 'id, external_id, plan, score, "Logins per Day", vip, ends, location__city'
EVENTS = """
    ('a', 'order.paid', 1774738800, '{"total": 4}'),
    ('a', 'order-paid', 1774738799, '{"total": 5}'),
    ('b', 'order.paid', 1, null),
    ('c', 'order-paid', 1774738800, '{"total": "9"}'),
    ('c', 'order-paid', 1774738800, '{"total": 9.5}'),
    ('c', 'Order.Paid', 1774738800, '{"total": 5, "more": [1, {"total": 9}]}'),
    ('c', 'order-paid', 1774738801, '{"total": 5.0}'),
    ('e', 'order.paid', null, '{"total": 9}'),
    ('e', null, 1774738800, '{}'),
    ('f', 'order.paid', 1774738800, '[]'),
    ('f', 'order.paid', 1774738800, 'null'),
    ('g', 'order.paid', 1774738800, '{"Total": 9}'),
    (null, 'order.paid', 1774738800, '{"total": 9}'),
    ('nobody', 'order.paid', 1774738800, '{"total": 9}')"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir(exist_ok=True)
    (tmp_path / "specs" / "people.yaml").write_text(SPECS)
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    return tmp_path


@pytest.fixture
def lake(project: Path) -> tuple[str, ...]:
    """The options for files of Parquet."""
    tables = {
        "contacts": f"""select *,
            case id when 'a' then ['k1', 'k2'] when 'f' then [] when 'g' then ['lost', 'k3', null] end as company_ids,
            case id when 'a' then ['vip'] when 'f' then [] when 'g' then [null, 'VIP', 'vip '] end as tags
            from (values {CONTACTS.format(double="double")}) t({CONTACT})""",
        "companies": "select * from (values ('k1', 6, ['big']), ('k2', 1, null), ('k3', null, ['Big'])) "
        "t(id, seats, tags)",
        "events": f"select * from (values {EVENTS}) t(contact_id, event_name, created_at, metadata)",
    }
    with duckdb.connect() as connection:
        for name, query in tables.items():
            connection.execute(f"copy ({query}) to '{project / name}.parquet' (format parquet)")
    return tuple(word for name in tables for word in (f"--{name}", f"{name}.parquet"))


def run(python: Path | str, project: Path, *words: str, **environment: str) -> Any:
    done = subprocess.run(
        [python, "-m", "intercom_iac", "segment", "preview", *words, *ASKED],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "JDK_JAVA_OPTIONS": QUICK_JAVA, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.outside
def test_spark_finds_whom_duckdb_finds(project: Path, lake: tuple[str, ...]) -> None:
    if why := missing_spark():
        pytest.skip(why)
    found = run(sys.executable, project, *lake)
    assert found["contacts"] == 6
    assert {segment["key"]: segment["ids"] for segment in found["segments"]}["no_seats"] == [
        "b",
        "c",
        "e",
        "f",
        "g",
    ]
    assert run(SPARK, project, *lake, "--engine", "spark") == found


@pytest.mark.outside
def test_a_database_is_asked_in_place(
    project: Path, lake: tuple[str, ...], database: tuple[psycopg.Connection, str]
) -> None:
    if not POSTGRES.exists():
        pytest.skip("DuckDB's extension `postgres` is not installed: `make postgres-extension` installs it")
    connection, address = database
    for statement in (
        "create schema crm",
        "create type plans as enum ('trial', 'free', 'free ', '')",
        f"""create table crm.contacts as select id::varchar(9), external_id, plan::plans, score::real,
            "Logins per Day"::smallint, vip, to_timestamp(ends) as ends, location__city
            from (values {CONTACTS.format(double="float8")}) t({CONTACT})""",
        "create table crm.companies as select * from (values ('k1', 6), ('k2', 1), ('k3', null)) t(id, seats)",
        "create table crm.contact_companies as select * from (values ('a', 'k1'), ('a', 'k2'), ('g', 'lost'), "
        "('g', 'k3'), ('g', null)) t(contact_id, company_id)",
        f"""create view crm.events as select contact_id, event_name, created_at, metadata::json
            from (values {EVENTS}) t(contact_id, event_name, created_at, metadata)""",
        "create table crm.contact_tags as select * from (values ('a', 'vip'), ('g', null), ('g', 'VIP'), "
        "('g', 'vip ')) t(contact_id, tag)",
        "create table crm.company_tags as select * from (values ('k1', 'big'), ('k3', 'Big')) t(company_id, tag)",
    ):
        connection.execute(statement)
    asked = ("--database-env", "PEOPLE", "--database-schema", "crm")
    found = run(POSTGRES, project, *asked, PEOPLE=address)
    assert found == run(sys.executable, project, *lake)


def test_an_address_is_never_shown(scratch, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No extension is in this home; where a package brings one, nothing answers.
    monkeypatch.setenv("HOME", str(project))
    monkeypatch.setenv("PEOPLE", "postgresql://ana:hidden-1@127.0.0.1:1/people")
    result = scratch.run("segment preview trial --database-env PEOPLE --timezone UTC")
    assert result.code == 3
    assert "hidden-1" not in result.out + result.err
    assert "ana" not in result.out + result.err.replace("duckdb-extension-postgres-scanner", "")
    assert "pip install duckdb-extension-postgres-scanner" in result.err or "`PEOPLE`" in result.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "missing option `--contacts`"),
        ("--database-env NOWHERE", "the environment variable `NOWHERE` is not set"),
        (
            "--database-env HOME --contacts c.parquet",
            "`--database-env` and `--contacts` cannot be used together",
        ),
        (
            "--database-env HOME --engine spark",
            "`--database-env` and `--engine spark` cannot be used together",
        ),
        ("--database-schema crm --contacts c.parquet", "`--database-schema` is for `--database-env`"),
        ("--engine spark --contacts c --tags t.json", "`--tags` is for JSON"),
    ],
)
def test_options_that_do_not_go_together(scratch, project: Path, words: str, message: str) -> None:
    result = scratch.run(f"segment preview {words}")
    assert result.code == 3
    assert message in result.err


def test_spark_is_an_extra(scratch, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    result = scratch.run("segment preview trial --engine spark --contacts c.parquet --timezone UTC")
    assert result.code == 3
    assert "working with Spark needs packages that are not installed" in result.err
    assert "pip install 'intercom-iac[spark]'" in result.err
