"""The journal: intent before the call, end after it, on the disk; and what is done where it cannot be written."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.applying import Journal, Outcome, apply, read_abandoned_apply
from intercom_iac.diagnostics import Conflict, IntercomIacError, Unreachable
from intercom_iac.journal import durable_file, journal_path
from intercom_iac.planning import FieldChange, Plan, PlannedWorkspace
from support.changes import make_change
from support.silent_progress import SilentProgress

FIELD = FieldChange("type", None, "string")
CHANGES = tuple(
    make_change(
        f"attribute.contact.a{n}",
        "data_attribute",
        f"a{n}",
        "create",
        "safe",
        "because",
        (FIELD,),
        live_id=None,
    )
    for n in range(5)
)
PLAN = Plan(PlannedWorkspace("production", "abc12345", "UTC"), "", "", CHANGES)


class Live:
    """A workspace that notes the names it is given, after a look at what the journal says by then."""

    def __init__(self, look: Callable[[str], None] = lambda _: None) -> None:
        self.made: list[str] = []
        self._look = look

    def create_attribute(self, model: str, name: str, fields: Any) -> None:
        self._look(name)
        self.made.append(name)


def run(live: Live, notes: Journal, parallelism: int = 1) -> Outcome:
    return apply(PLAN, live, SilentProgress(), journal=notes, parallelism=parallelism)  # pyright: ignore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "abc12345.jsonl"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(each) for each in path.read_text().splitlines()]


@pytest.mark.parametrize("parallelism", [1, 3])
def test_the_intent_is_on_the_disk_before_the_call_and_the_end_before_the_next(
    path: Path, parallelism: int
) -> None:
    def look(name: str) -> None:
        records = lines(path)
        intents = {each["change"] for each in records if "address" in each}
        ends = [each["change"] for each in records if "ended" in each]
        assert int(name[1:]) in intents
        assert len(intents) - len(ends) <= parallelism

    with Journal(path, PLAN) as notes:
        assert run(Live(look), notes, parallelism).complete
        found = read_abandoned_apply(path)
        assert found is not None
        assert found.done == tuple(each.address for each in CHANGES)
    assert not path.exists()


def test_it_says_which_apply_it_is_and_only_its_owner_reads_it(path: Path) -> None:
    with Journal(path, PLAN):
        (header,) = lines(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert header["app_id"] == "abc12345"
    assert header["workspace"] == "production"
    assert header["pid"] == os.getpid()
    assert header["changes"] == 5
    assert header["plan"].startswith("sha256:")


def test_what_failed_and_what_is_not_known_are_told_apart(path: Path) -> None:
    def look(name: str) -> None:
        if name == "a2":
            raise Conflict("no")
        if name == "a3":
            raise Unreachable("gone", maybe_done=True)

    with pytest.raises(KeyError), Journal(path, PLAN) as notes:
        run(Live(look), notes, 5)
        raise KeyError
    found = read_abandoned_apply(path)
    assert found is not None
    assert (found.failed, found.unknown) == (("attribute.contact.a2",), ("attribute.contact.a3",))
    assert len(found.done) == 3


def test_a_line_cut_off_by_a_crash_is_passed_over(path: Path) -> None:
    with pytest.raises(KeyError), Journal(path, PLAN) as notes:
        run(Live(), notes)
        raise KeyError
    whole = path.read_bytes()
    known = read_abandoned_apply(path)
    assert known is not None
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        found = read_abandoned_apply(path)
        assert found is None or set(found.done) <= set(known.done)
    path.write_bytes(b"\xff\n[]\n" + b"[" * 10_000 + b"\n" + whole)
    assert read_abandoned_apply(path) == known


def test_there_may_be_none(path: Path) -> None:
    assert read_abandoned_apply(path) is None
    path.write_bytes(b"")
    assert read_abandoned_apply(path) is None


@pytest.mark.parametrize("app_id", ["../../etc/passwd", "..", "a/b", "x" * 5000, "ü\n", ""])
def test_no_id_of_a_workspace_leads_out_of_the_folder(tmp_path: Path, app_id: str) -> None:
    found = journal_path(tmp_path, app_id)
    assert found.parent == tmp_path / ".intercom-iac" / "journal"
    found.parent.mkdir(parents=True)
    with Journal(found, PLAN):
        assert [each.name for each in found.parent.iterdir()] == [found.name]


def failing(real: Callable[..., Any], number: int, code: int, calls: list[int]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) >= number:
            raise OSError(code, os.strerror(code))
        return real(*arguments)

    return call


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("what", ["write", "sync"])
@pytest.mark.parametrize("parallelism", [1, 2])
@pytest.mark.parametrize("number", range(1, 8))
def test_a_disk_that_fails_at_any_write_stops_the_apply_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, parallelism: int, what: str, code: int
) -> None:
    where = (os, "write") if what == "write" else (durable_file, "_sync")
    monkeypatch.setattr(*where, failing(getattr(*where), number, code, []))
    live = Live()
    try:
        notes = Journal(path, PLAN)
    except IntercomIacError as error:
        assert number == 1
        assert os.strerror(code).lower() in error.message
        return
    with notes:
        outcome = run(live, notes, parallelism)
    assert len(live.made) == len(outcome.done)
    assert outcome.failed is None
    assert (*outcome.done, *outcome.not_tried) == CHANGES
    if not outcome.complete:
        assert outcome.stopped is not None
        assert "cannot be written" in outcome.stopped.message
    # A change whose intent could not be written was not made.
    assert parallelism > 1 or len(outcome.done) == min(number - 2, 5)


def test_half_a_write_is_carried_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:7]))
    with Journal(path, PLAN) as notes:
        run(Live(), notes)
        found = read_abandoned_apply(path)
        assert found is not None
        assert len(found.done) == 5


def test_a_link_in_its_place_is_not_followed(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    path.symlink_to(other)
    with pytest.raises(IntercomIacError, match="cannot be written"):
        Journal(path, PLAN)
    assert other.read_text() == "mine"


def test_a_folder_that_cannot_be_synced_refuses(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(os.fsync, 1, errno.EIO, []))
    with pytest.raises(IntercomIacError, match="cannot be written: input/output error"):
        Journal(path, PLAN)


def test_one_that_cannot_be_removed_is_no_failure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Journal(path, PLAN) as notes:
        assert run(Live(), notes).complete
        monkeypatch.setattr(os, "unlink", failing(os.unlink, 1, errno.EACCES, []))
    assert path.exists()


def test_one_that_others_could_read_is_made_its_owners_alone(path: Path) -> None:
    path.write_text("")
    path.chmod(0o666)
    with Journal(path, PLAN):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_journal_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert read_abandoned_apply(tmp_path / "none.jsonl") is None
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(IntercomIacError, match="cannot be read: something that is no file stands there"):
        read_abandoned_apply(tmp_path / "pipe.jsonl")


def test_a_journal_that_no_apply_wrote_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(IntercomIacError, match="larger than 16 MiB, and no apply writes so much"):
        read_abandoned_apply(path)


def test_no_journal_is_written_into_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(IntercomIacError, match="cannot be written: something that is no file stands there"):
        Journal(tmp_path / "pipe.jsonl", PLAN)
