"""A journal says how far a delivery came, whatever of its last line is on the disk."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.writes import WriteError, WriteJournal, read_states
from intercom_iac.writes.ends import WriteEnd
from support.deliveries import spooled, update

WRITES = [update(number, f"id{number}", "pro") for number in range(6)]
ENDS = [
    WriteEnd(number=0, result="done"),
    WriteEnd(number=1, result="done", live_id="6a"),
    WriteEnd(number=2, result="failed", error=WriteError("API803", "no", None)),
    WriteEnd(number=5, result="held_back"),
]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    spool, path = spooled(tmp_path, WRITES), tmp_path / "journal"
    with WriteJournal(path, spool, "live") as journal:
        journal.write([0, 1, 2, 3], [])
        journal.write([], ENDS)
        journal.write([], [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().splitlines()) == 3
    states = read_states(path, spool)
    assert states is not None
    assert (states.done, states.failed, states.held_back, states.in_flight) == (2, 1, 1, 1)
    assert [states.is_done(at) for at in range(6)] == [True, True, False, False, False, False]
    assert states.is_in_flight(3)
    assert states.is_held_back(5)
    assert [states.has_ended(at) for at in range(6)] == [True, True, True, False, False, True]
    assert states.errors == {2: WriteError("API803", "no", None)}
    assert [(write.number, live_id) for write, live_id in states.done_of(spool)] == [(0, "id0"), (1, "6a")]


def test_every_cut_is_a_state_that_was(tmp_path: Path) -> None:
    spool, path = spooled(tmp_path, WRITES), tmp_path / "journal"
    with WriteJournal(path, spool, "live") as journal:
        journal.write([0, 1, 2, 3], [])
        journal.write([], ENDS)
    content = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(content) if byte == ord("\n")]
    seen = set()
    for size in {*range(0, len(content), 11), *ends, *(end - 1 for end in ends)}:
        path.write_bytes(content[:size])
        states = read_states(path, spool)
        seen.add(None if states is None else (states.done, states.in_flight))
        with WriteJournal(path, spool, "live") as journal:
            journal.write([4], [WriteEnd(number=4, result="done")])
        again = read_states(path, spool)
        assert again is not None
        assert again.is_done(4), "what is added after half a line is read"
    assert seen == {None, (0, 0), (0, 4), (2, 1)}


def test_a_journal_of_another_spool_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with WriteJournal(path, spooled(tmp_path, WRITES), "live") as journal:
        journal.write([0], [])
    spool = spooled(tmp_path, WRITES)
    assert read_states(path, spool) is None
    with WriteJournal(path, spool, "live") as journal:
        assert journal.states.in_flight == 0
    assert read_states(path, spool) is not None


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        '{"begun": [99]}',
        '{"begun": [-1]}',
        '{"begun": ["x"]}',
        '{"done": 5}',
        '{"failed": {"1": "x"}}',
        '{"ids": []}',
        "nonsense",
    ],
)
def test_a_line_that_makes_no_sense_says_nothing(tmp_path: Path, line: str) -> None:
    spool, path = spooled(tmp_path, WRITES), tmp_path / "journal"
    with WriteJournal(path, spool, "live"):
        pass
    path.write_text(f"{path.read_text()}{line}\n")
    states = read_states(path, spool)
    assert states is not None
    assert states.in_flight + states.done + states.failed == 0


def test_one_that_cannot_be_read(tmp_path: Path) -> None:
    spool = spooled(tmp_path, WRITES)
    (tmp_path / "journal").symlink_to(spool.path)
    with pytest.raises(IntercomIacError, match="how far the last run came is not known"):
        WriteJournal(tmp_path / "journal", spool, "live")
