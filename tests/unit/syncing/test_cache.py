"""The cache is a file of one project, which can be lost."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.engines import open_duckdb
from intercom_iac.syncing import begin_writes, cache_path, open_cache
from support.sync_bench import open_sync_bench
from support.sync_tables import contact

ROWS = [("u1", ["free", None])]


def test_it_is_there_the_next_time_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    with open_sync_bench(tmp_path) as bench:
        bench.records.contacts = [contact("u1", plan_type="free")]
        assert bench.plan(ROWS)[0].trust == "none"
    path = cache_path(tmp_path, "abc")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (path.parent / ".gitignore").read_text() == "*\n"
    with open_sync_bench(tmp_path) as bench:
        bench.records.contacts = [contact("u1", plan_type="free")]
        assert bench.plan(ROWS)[0].trust == "kept"
    with open_duckdb() as engine, open_cache(tmp_path, "other", engine) as cache:
        assert cache.path != path


@pytest.mark.parametrize("content", [b"", b"no database", b"DUCK" * 5000])
def test_one_that_cannot_be_read_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = cache_path(tmp_path, "abc")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with open_sync_bench(tmp_path) as bench:
        assert bench.cache.set_aside is not None
        assert bench.cache.set_aside.read_bytes() == content
        bench.records.contacts = [contact("u1", plan_type="free")]
        assert bench.plan(ROWS)[0].unchanged == 1


def test_one_of_another_version_is_set_aside(tmp_path: Path) -> None:
    with open_sync_bench(tmp_path) as bench:
        bench.engine.execute("update sync_cache.format set version = 99")
    with open_sync_bench(tmp_path) as bench:
        assert bench.cache.set_aside is not None


def test_it_stays_in_its_project(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".intercom-iac").mkdir()
    (tmp_path / ".intercom-iac" / "cache").symlink_to(elsewhere)
    with (
        pytest.raises(IntercomIacError, match="reached by a link"),
        open_duckdb() as engine,
        open_cache(tmp_path, "abc", engine),
    ):
        pass


def test_what_no_table_asked_for_in_a_long_time_is_forgotten(tmp_path: Path) -> None:
    with open_sync_bench(tmp_path) as bench:
        bench.records.contacts = [contact("u1", plan_type="free")]
        bench.plan(ROWS)
        bench.now += 100 * 86_400
        bench.plan([("u1@example.com", ["free", None])], key_name="email")
        assert bench.plan(ROWS)[0].trust == "none"


def test_a_record_that_is_about_to_be_written_is_compared_until_it_is_acknowledged(tmp_path: Path) -> None:
    """The write may fail and be made all the same; the row may be by then what it was before."""
    with open_sync_bench(tmp_path) as bench:
        bench.records.contacts = [contact("u1", plan_type="free"), contact("u2", plan_type="free")]
        rows = [*ROWS, ("u2", ["free", None])]
        bench.plan(rows)
        assert bench.plan(rows)[0].compared == 0
        plan, writes = bench.plan([("u1", ["pro", None]), rows[1]])
        begin_writes(bench.cache, writes)
        assert bench.plan(rows)[0].compared == 1
        bench.carry_out(plan, writes)
        assert bench.plan([("u1", ["pro", None]), rows[1]])[0].compared == 0
