"""One writer at a time; nobody who is dead holds anybody up."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import LockHolder, journal_path, lock_holder, open_regular, workspace_lock

HOLD = """
import sys
from pathlib import Path
from intercom_iac.journal import workspace_lock
with workspace_lock(Path(sys.argv[1]), "production"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal_path(tmp_path, "abc12345")


def test_the_second_is_told_who_is_at_it(path: Path) -> None:
    with workspace_lock(path, "production"):
        with (
            pytest.raises(IntercomIacError, match=rf"under way: process {os.getpid()}\Z"),
            workspace_lock(path, "production"),
        ):
            pytest.fail("two at once")
        assert lock_holder(path) == LockHolder(str(os.getpid()))
    assert lock_holder(path) is None
    with workspace_lock(path, "production"):
        pass


def test_another_workspace_is_another_turn(path: Path) -> None:
    with workspace_lock(path, "production"), workspace_lock(path.with_name("other.jsonl"), "staging"):
        pass


def test_one_that_was_killed_holds_nobody_up(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with (
            pytest.raises(IntercomIacError, match=f"process {child.pid}"),
            workspace_lock(path, "production"),
        ):
            pytest.fail("two at once")
        assert lock_holder(path) == LockHolder(str(child.pid))
        child.kill()
        child.wait()
    with workspace_lock(path, "production"):
        assert lock_holder(path) == LockHolder(str(os.getpid()))


def test_only_its_owner_reads_it(path: Path) -> None:
    with workspace_lock(path, "production"):
        assert stat.S_IMODE(path.with_suffix(".lock").stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_a_folder_that_cannot_be_made_refuses_in_words(tmp_path: Path) -> None:
    (tmp_path / ".intercom-iac").write_text("a file")
    path = journal_path(tmp_path, "abc12345")
    with (
        pytest.raises(IntercomIacError, match=r"the lock `.*` cannot be taken"),
        workspace_lock(path, "production"),
    ):
        pytest.fail("held")
    assert lock_holder(path) is None


def test_a_sync_keeps_an_apply_off_and_says_what_it_is(path: Path) -> None:
    with workspace_lock(path, "production", "sync"):
        assert lock_holder(path) == LockHolder(str(os.getpid()), "sync")
        with (
            pytest.raises(
                IntercomIacError, match=r"\Aa sync to `production` is under way: process"
            ) as caught,
            workspace_lock(path, "production"),
        ):
            pytest.fail("two at once")
        assert caught.value.hint is not None
        assert "run `plan`" in caught.value.hint
        with (
            pytest.raises(IntercomIacError, match=r"\Aanother sync to `production` is under way") as caught,
            workspace_lock(path, "production", "sync"),
        ):
            pytest.fail("two at once")
        assert caught.value.hint is not None
        assert "run this sync again" in caught.value.hint


@pytest.mark.parametrize("text", ["", "abc", "-1", "9" * 40, "7 dancing"])
def test_whatever_stands_in_the_lock_is_no_harm(path: Path, text: str) -> None:
    with workspace_lock(path, "production"):
        path.with_suffix(".lock").write_text(text)
        assert lock_holder(path) is not None


def test_a_system_without_locks_refuses_in_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with workspace_lock(path, "production"):
        pass
    monkeypatch.setattr(fcntl, "flock", without)
    with pytest.raises(IntercomIacError, match="no locks available"), workspace_lock(path, "production"):
        pytest.fail("held")
    assert lock_holder(path) is None


@pytest.mark.parametrize("link", [".intercom-iac", ".intercom-iac/journal"])
def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = tmp_path / "project"
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere)
    path = journal_path(root, "abc12345")
    with pytest.raises(IntercomIacError, match="is reached by a link"), workspace_lock(path, "production"):
        pass
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket", "link"])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "link":
        place.symlink_to("elsewhere")
    else:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(f"{place}")
    for flags in (os.O_RDONLY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.O_RDWR | os.O_CREAT):
        with pytest.raises(OSError, match=r"no file stands there|[Dd]irectory|symbolic"):
            open_regular(place, flags)


def test_what_is_cut_off_is_a_file(tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.write_text("before")
    os.close(open_regular(place, os.O_WRONLY | os.O_TRUNC))
    assert place.read_bytes() == b""
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "y", os.O_RDONLY)
