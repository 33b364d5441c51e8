"""A workspace file of an earlier format is brought up to the newest and keeps what it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intercom_iac.sandbox import Sandbox, SandboxFileError, add_segment
from intercom_iac.sandbox.formats import ADDED, NEWEST
from intercom_iac.sandbox.store import APPLICATION_ID, TABLES


def first_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES)
        connection.execute(
            "insert into meta values ('app_id', 'old'), ('timezone', 'UTC'), ('created_at', '5')"
        )
        connection.execute("insert into segments values (1, 'a', 'Kept', 'user', 1, 1)")
        connection.execute("insert into counters values ('segments', 1)")
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma user_version = 1")
        connection.commit()


def tables(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("select name, sql from sqlite_schema"))


def test_an_old_file_comes_out_like_a_new_one(tmp_path, client_of):
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    first_format(old)
    Sandbox(new).close()
    for _ in range(2):
        with Sandbox(old) as sandbox:
            client = client_of(sandbox)
            assert client.get("/me").body["app"]["id_code"] == "old"
            assert client.get("/segments").body["segments"][0]["name"] == "Kept"
    with Sandbox(old) as sandbox:
        add_segment(sandbox, "Users", query={"field": "role", "operator": "=", "value": "user"})
    assert tables(old) == tables(new)


def test_a_file_is_brought_up_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "old.db"
    first_format(path)
    before = tables(path)
    monkeypatch.setitem(ADDED, NEWEST, ADDED[NEWEST] + "create table meta (x)")
    with pytest.raises(SandboxFileError, match="already exists"):
        Sandbox(path)
    assert tables(path) == before


def test_a_file_without_a_format_is_refused(tmp_path):
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("create table x (y)")
        connection.commit()
    with pytest.raises(SandboxFileError, match="its format is 0"):
        Sandbox(path)
