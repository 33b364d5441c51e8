"""Spools come back as they were written, or are none; only their owner reads them."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.writes import SpoolWriter, Write, open_spool, spool_path, writes_journal_path
from support.deliveries import create, event, spooled, update

WRITES = [
    Write(
        number=0,
        action="upsert",
        record="company",
        key_name="company_id",
        key="Ä\n",
        body={"company_id": "Ä\n", "size": 5, "custom_attributes": {"a": 1.5, "b": None, "c": True}},
        row=7,
        fingerprint="abc",
    ),
    create(1, "u1", email="ann@example.com"),
    update(2, "6a", "pro"),
    event(3, "u1", after=1),
]


def test_writes_come_back(tmp_path: Path) -> None:
    spool = spooled(tmp_path, WRITES)
    assert list(spool) == WRITES
    assert list(spool) == WRITES, "as often as they are asked for"
    assert (spool.count, spool.app_id) == (4, "sandbox")
    assert stat.S_IMODE(spool.path.stat().st_mode) == 0o600
    assert spooled(tmp_path, WRITES).spool_id != spool.spool_id


def test_none_is_a_spool_too(tmp_path: Path) -> None:
    assert list(spooled(tmp_path, [])) == []


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    path = spooled(tmp_path, WRITES).path
    content = path.read_bytes()
    for size in {*range(0, len(content), 9), *range(len(content) - 20, len(content))}:
        path.write_bytes(content[:size])
        assert open_spool(path) is None
    path.unlink()
    assert open_spool(path) is None


def test_an_exception_removes_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "spool.jsonl"
    with pytest.raises(ZeroDivisionError), SpoolWriter(path, app_id="sandbox") as spool:
        spool.write(WRITES[0])
        raise ZeroDivisionError
    assert not path.exists()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_git_leaves_it_alone(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    for _ in range(2):
        with SpoolWriter(folder / "spool.jsonl", app_id="sandbox"):
            pass
    assert (folder / ".gitignore").read_text() == "*\n"
    (folder / ".gitignore").write_text("*.jsonl\n")
    with SpoolWriter(folder / "spool.jsonl", app_id="sandbox"):
        pass
    assert (folder / ".gitignore").read_text() == "*.jsonl\n", "what somebody wrote stays"


def test_a_wider_mode_is_narrowed(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    path.write_text("")
    path.chmod(0o644)
    assert stat.S_IMODE(spooled(tmp_path, WRITES).path.stat().st_mode) == 0o600


def test_a_line_that_was_changed(tmp_path: Path) -> None:
    spool = spooled(tmp_path, WRITES)
    lines = spool.path.read_bytes().splitlines(keepends=True)
    lines[2] = b'{"number": 1}\n'
    spool.path.write_bytes(b"".join(lines))
    with pytest.raises(IntercomIacError, match="it is not as it was written"):
        list(spool)


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(IntercomIacError, match="cannot be written"):
        SpoolWriter(tmp_path / "link", app_id="sandbox")
    with pytest.raises(IntercomIacError, match="cannot be read"):
        open_spool(tmp_path / "link")
    assert (tmp_path / "target").read_text() == "kept"


def test_where_they_stand(tmp_path: Path) -> None:
    assert spool_path(tmp_path, "a.b").name == "a.b.spool.jsonl"
    assert writes_journal_path(tmp_path, "a.b").name == "a.b.writes.jsonl"
    assert spool_path(tmp_path, "../x").parent == tmp_path / ".intercom-iac" / "journal"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("intercom_iac.writes.spool.os.fsync", full)
    with pytest.raises(IntercomIacError, match="cannot be written: no space left on device"):
        spooled(tmp_path, WRITES)
    assert not (tmp_path / "spool.jsonl").exists()
