"""Files of a sync that somebody edited: each is refused or made anew, nothing crashes, nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from intercom_iac.workspace.intercom.records import HttpRecords

PROJECT = """\
version: 1
workspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}
sources: {people: {kind: file, path: people.csv, mode: upsert}}
"""
SPECS = "attributes: {contact: {plan: {type: string}}}\n"
SYNC = "sync --auto-approve --parallelism 1"
WRITES, PLANS, SPOOL = "writes.jsonl", "plans.json", "spool.jsonl"


class Killed(BaseException):
    """Stands for the death of the process, which nothing catches."""


@pytest.fixture
def project(scratch):
    scratch.spec(SPECS).apply()
    people = "external_id,plan\nu1,free\nu2,pro\nu3,pro\n"
    return scratch.write({"intercom-iac.yaml": PROJECT, "people.csv": people})


@pytest.fixture
def creates(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who was created; the process dies at the second one, once."""
    made: list[str] = []
    create = HttpRecords.create_contact

    def dying(self: HttpRecords, body: Any) -> Any:
        made.append(body["external_id"])
        if len(made) == 2:
            raise Killed
        return create(self, body)

    monkeypatch.setattr(HttpRecords, "create_contact", dying)
    return made


def put(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


def edit(old: str, new: str) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return change


GONE: Callable[[Path], object] = Path.unlink
NUMBERS = '{"done": [1e999]}\n{"failed": {"1": 5}}\n{"begun": {"a": 1}}\n{"ids": 5}\n'


@pytest.mark.parametrize("name, change, is_refused", [
    (WRITES, GONE, False),
    (WRITES, put("no journal"), False),
    (WRITES, lambda path: path.write_text(path.read_text() + NUMBERS), False),
    (PLANS, GONE, False),
    (PLANS, put("{"), True),
    (PLANS, put("[" * 100_000), True),
    (PLANS, edit('"first": 0', '"first": "0"'), True),
    (PLANS, edit('"count": 3', '"count": 2'), True),
    (PLANS, edit('"contact"', '"person"'), True),
    (SPOOL, GONE, False),
    (SPOOL, edit('"number":0', '"number":7'), True),
    (SPOOL, edit('"number":0', '"nubmer":0'), True),
    (SPOOL, edit('{"writes":3', '{"writes":-3'), True),
    (SPOOL, edit('{"writes":3', '{"writes":9999999999999'), True),
])  # fmt: skip
def test_files_of_a_run_that_was_killed(
    project, creates: list[str], name: str, change: Callable[[Path], object], is_refused: bool
) -> None:
    with pytest.raises(Killed):
        project.run(SYNC)
    (path,) = (project.root / ".intercom-iac" / "journal").glob(f"*.{name}")
    change(path)
    if is_refused:
        refused = project.run(SYNC)
        assert (refused.code, path.name in refused.err.replace("\n", ""), len(creates)) == (1, True, 2), (
            refused
        )
        path.unlink()
    assert project.run(SYNC).code == 0
    assert sorted(creates) == ["u1", "u2", "u2", "u3"]
    assert "Nothing to write" in project.run(SYNC).out


@pytest.mark.parametrize("statement", [
    "drop table known_1",
    "alter table known_1 drop column live_id",
    "alter table known_1 alter compared_at type text",
    "alter table pending drop column key",
    "drop table known_1; create view known_1 as select 1 as key",
])  # fmt: skip
def test_a_cache_with_other_tables_is_set_aside_and_told(project, statement: str) -> None:
    assert project.run(SYNC).code == 0
    (path,) = (project.root / ".intercom-iac" / "cache").glob("*.duckdb")
    with duckdb.connect(str(path)) as opened:
        opened.execute(statement)
    result = project.run(SYNC)
    assert result.code == 0
    assert "warning: the cache could not be read, and is" in result.err
    assert path.with_suffix(".unreadable").exists()
    assert "Nothing to write" in result.out


@pytest.mark.parametrize("kind", ["OutOfMemoryException", "IOException"])
def test_no_room_for_the_work_itself_is_told(project, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    def fail(*_: Any) -> Any:
        raise getattr(duckdb, kind)("IO Error: No space left on device")

    monkeypatch.setattr("intercom_iac.syncing.planner.records.open_live_table", fail)
    result = project.run(SYNC)
    assert (result.code, "Traceback" in result.err, "make room" in result.err) == (1, False, True), result
