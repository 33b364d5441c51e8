"""A source in a PostgreSQL database is synced: its query runs there, and its address is nowhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
POSTGRES = ROOT / ".venv-postgres" / "bin" / "python"
SETTINGS = """\
version: 1
default_workspace: sandbox
workspaces:
  sandbox: {sandbox: .intercom-iac/sandbox.db}
sources:
  people:
    kind: postgres
    database_env: PEOPLE
    mode: upsert
    query: select id as external_id, plan as plan_type, seats, joined from accounts where active
"""
SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro]}
    seats: {type: integer}
    joined: {type: date}
"""


@pytest.mark.outside
def test_rows_of_a_database_are_synced(tmp_path: Path, database: tuple[psycopg.Connection, str]) -> None:
    if not POSTGRES.exists():
        pytest.skip("DuckDB's extension `postgres` is not installed: `make postgres-extension` installs it")
    connection, address = database
    connection.execute("create type plans as enum ('free', 'pro', 'gone')")
    connection.execute(
        "create table accounts as select id::text, plan::plans, seats::int, joined::timestamptz, active from (values "
        "('a', 'pro', 3, '2026-01-02 00:00:00+00', true), ('b', 'gone', 1, null, true), "
        "('c', null, null, null, true), ('d', 'free', 1, null, false)) t(id, plan, seats, joined, active)"
    )
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(SPECS)
    (tmp_path / "intercom-iac.yaml").write_text(SETTINGS)

    def run(*words: str, python: Path | str = POSTGRES, value: str = address) -> tuple[int, str, str]:
        done = subprocess.run(
            [python, "-m", "intercom_iac", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PEOPLE": value, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "hidden-1" not in done.stdout + done.stderr
        return done.returncode, done.stdout, done.stderr

    assert run("apply", "--auto-approve", python=sys.executable)[0] == 0
    code, out, _ = run("sync", "contacts", "people", "--auto-approve", "--format", "json")
    told = json.loads(out)
    counts = [told["source"][name] for name in ("rows", "valid", "rejected")]
    assert (code, counts) == (1, [3, 2, 1])
    assert (told["plan"]["create"], told["outcome"]["done"]) == (2, 2)
    connection.execute("update accounts set seats = 4 where id = 'a'")
    connection.execute("delete from accounts where id = 'b'")
    code, out, _ = run("sync", "contacts", "people", "--auto-approve", "--format", "json")
    told = json.loads(out)
    assert (code, told["plan"]["update"], told["plan"]["unchanged"]) == (0, 1, 1)
    assert told["plan"]["properties"] == {"seats": 1}
    # What the database says of a query is told, and nothing of its address.
    connection.execute("alter table accounts drop column seats")
    code, _, err = run("sync", "contacts", "people", "--dry-run")
    assert code == 3
    assert 'column "seats" does not exist' in err
    code, _, err = run("sync", "contacts", "people", "--dry-run", value=f"{address} port=1")
    assert code == 3
    assert "the address in `PEOPLE` does not answer" in err
