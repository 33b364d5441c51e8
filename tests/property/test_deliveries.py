"""For any writes and whatever fails, each is made once at most, in its order, and counted once."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from intercom_iac.diagnostics import Conflict, Unauthorized, Unreachable
from intercom_iac.writes import Spool, Write, WriteJournal, deliver
from support.deliveries import spooled, update
from support.generators import examples

OUTCOMES = ("fine", "fine", "fine", "refused", "lost", "lost twice", "down", "unauthorized")
STAGES = {"upsert": 0, "update": 1, "send": 2}


class Recorder:
    """Makes writes as `outcomes` say, by their numbers; keeps what was made, and what had been when each began."""

    calls = 0

    def __init__(self, writes: Sequence[Write], outcomes: Sequence[str]) -> None:
        self.outcomes = dict(enumerate(outcomes))
        self.stages = {write.number: STAGES[write.action] for write in writes}
        self.made: list[int] = []
        self.begun_after: dict[int, frozenset[int]] = {}
        self.looked: list[int] = []
        self._tried: dict[int, int] = {}
        self._lock = threading.Lock()

    def back_off(self, attempt: int) -> None: ...

    def _call(self, number: int) -> None:
        with self._lock:
            self.begun_after.setdefault(number, frozenset(self.made))
            tried = self._tried[number] = self._tried.get(number, 0) + 1
            outcome = self.outcomes[number]
            if outcome == "refused":
                raise Conflict("refused", status=400)
            if (
                outcome == "down"
                or (outcome == "lost" and tried == 1)
                or (outcome == "lost twice" and tried < 3)
            ):
                raise Unreachable("gone", maybe_done=True)
            if outcome == "unauthorized":
                raise Unauthorized("no", status=401)
            self.made.append(number)

    def update_contact(self, contact_id: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self._call(int(contact_id))
        return {"id": contact_id}

    def upsert_company(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self._call(int(body["company_id"]))
        return {"id": body["company_id"]}

    def send_event(self, body: Mapping[str, Any]) -> None:
        self._call(int(body["user_id"]))

    def contact(self, contact_id: str) -> Mapping[str, Any]:
        with self._lock:
            self.looked.append(int(contact_id))
            plan = "pro" if int(contact_id) in self.made else None
        return {"id": contact_id, "custom_attributes": {"plan": plan}}

    def company(self, company_id: str) -> Mapping[str, Any] | None:
        with self._lock:
            self.looked.append(int(company_id))
            return {"id": company_id, "name": "A"} if int(company_id) in self.made else None


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Write], list[str]]:
    actions = sorted(draw(st.lists(st.sampled_from(list(STAGES)), max_size=14)), key=STAGES.__getitem__)
    writes: list[Write] = []
    for number, action in enumerate(actions):
        after = draw(st.none() | st.integers(0, number - 1)) if number else None
        bodies: dict[str, dict[str, Any]] = {
            "upsert": {"company_id": str(number), "name": "A"},
            "update": {"custom_attributes": {"plan": "pro"}},
            "send": {"event_name": "paid", "created_at": 1, "user_id": str(number)},
        }
        records: dict[str, Any] = {"upsert": "company", "update": "contact", "send": "event"}
        writes.append(
            Write(
                number=number,
                action=action,
                record=records[action],
                key_name="id",
                key=str(number),
                live_id=str(number) if action == "update" else None,
                body=bodies[action],
                after=after,
            )
        )
    return writes, [draw(st.sampled_from(OUTCOMES)) for _ in writes]


def delivered(spool: Spool, recorder: Any, folder: Path, parallelism: int) -> Any:
    with WriteJournal(folder / "journal", spool, "live") as journal:
        outcome = deliver(spool, recorder, journal, parallelism=parallelism)
        return outcome, journal.states


@examples(40)
@example(run=([update(0, "0", "pro"), update(1, "1", "pro", after=0)], ["refused", "fine"]), parallelism=5)
@given(run=runs(), parallelism=st.sampled_from((1, 2, 5)))
def test_whatever_fails(run: tuple[list[Write], list[str]], parallelism: int) -> None:
    writes, outcomes = run
    with TemporaryDirectory() as name:
        folder = Path(name)
        spool, recorder = spooled(folder, writes), Recorder(writes, outcomes)
        outcome, states = delivered(spool, recorder, folder, parallelism)
        assert outcome.done + outcome.failed + outcome.not_tried == len(writes)
        assert len(recorder.made) == len(set(recorder.made)), "nothing is made twice"
        assert {number for number in range(len(writes)) if states.is_done(number)} == set(recorder.made)
        for write in writes:
            if write.after is not None and write.number in recorder.begun_after:
                assert write.after in recorder.begun_after[write.number]
            if write.after is not None and states.is_held_back(write.number):
                assert not states.is_done(write.after)
        if outcome.stopped is None:
            assert all(states.has_ended(number) for number in range(len(writes)))

        # Whatever stopped it is over: what is left is done, and nothing else is looked at.
        before = set(recorder.made)
        recorder.outcomes = dict.fromkeys(range(len(writes)), "fine")
        recorder.looked.clear()
        again, _ = delivered(spool, recorder, folder, parallelism)
        assert again.stopped is None
        assert len(recorder.made) == len(set(recorder.made))
        assert not before & set(recorder.looked), "what is done is let be"
        assert again.not_tried == again.held_back
