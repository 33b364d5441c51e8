"""An engine hands over rows by the batch, and keeps nothing but what it is told to."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.engines import open_duckdb


def test_rows_come_a_batch_at_a_time() -> None:
    with open_duckdb() as engine:
        numbers = engine.rows("select unnest(range(5000)) as n order by n")
        assert next(numbers) == (0,)
        assert sum(n for (n,) in numbers) == sum(range(5000))


def test_a_database_in_a_file_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "cache.duckdb"
    with open_duckdb(path, memory_limit="200MB", threads=1) as engine:
        engine.execute("create table keys (key text)")
        engine.execute("insert into keys values (?)", ["u1"])
    with open_duckdb(path) as engine:
        assert list(engine.rows("select key from keys")) == [("u1",)]
        assert engine.dialect.name == "duckdb"
