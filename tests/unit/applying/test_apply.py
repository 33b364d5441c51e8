"""Apply makes the changes in order, stops at the first that fails, and says what became of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.applying import Outcome, apply
from intercom_iac.applying.execute import execute, sample_metadata
from intercom_iac.diagnostics import Conflict, IntercomIacError, Unreachable
from intercom_iac.model import DataType, LiveAttribute, LiveAudience
from intercom_iac.planning import (
    Change,
    FieldChange,
    Plan,
    PlannedWorkspace,
    audience_digest,
    audience_key,
    independent_runs,
)
from support.changes import make_change


def change(
    address: str, kind: Any, name: str, action: Any, *fields: FieldChange, live_id: str | None = None
) -> Change:
    return make_change(address, kind, name, action, "safe", "because", fields, live_id=live_id)


CREATE = change(
    "attribute.contact.tier",
    "data_attribute",
    "tier",
    "create",
    FieldChange("type", None, "options"),
    FieldChange("options", None, ["a", "b"]),
    FieldChange("messenger_writable", None, False),
)
ARCHIVE = change(
    "attribute.company.seats",
    "data_attribute",
    "seats",
    "archive",
    FieldChange("archived", False, True),
    live_id="7",
)
REGISTER = change(
    "event.signed_up", "event", "signed_up", "register", FieldChange("metadata", None, {"plan": "string"})
)
TAG = change("segment.vip", "tag", "Very important", "create", FieldChange("name", None, "Very important"))
DELETE = change("segment.big", "audience", "Big", "delete", FieldChange("name", "Big", None), live_id="9")
MANUAL = change("segment.hand", "segment", "Hand", "manual")
ALL = (CREATE, REGISTER, TAG, DELETE, ARCHIVE, MANUAL)


class Recorder:
    """A workspace that notes every call, and fails on the one it is told to."""

    def __init__(self, fail: dict[str, BaseException] | None = None) -> None:
        self.made: list[tuple[Any, ...]] = []
        self._fail = fail or {}

    def attribute(self, model: Any, attribute_id: int) -> LiveAttribute:
        return LiveAttribute(attribute_id, model, "seats", DataType.INTEGER)

    def audience(self, audience_id: str) -> LiveAudience:
        return LiveAudience(audience_id, "Big")

    def tag(self, tag_id: str) -> str:
        return {"11": "Old", "12": "New"}[tag_id]

    def __getattr__(self, name: str) -> Callable[..., None]:
        def call(*arguments: Any) -> None:
            if name in self._fail:
                raise self._fail[name]
            self.made.append((name, *arguments))

        return call


class Noted:
    """Notes what it is told; a Ctrl-C comes when it is told of `stop_at`."""

    def __init__(self, stop_at: tuple[str, Change] | None = None) -> None:
        self.told: list[tuple[str, Change]] = []
        self._stop_at = stop_at

    def _note(self, what: str, change: Change) -> None:
        self.told.append((what, change))
        if (what, change) == self._stop_at:
            raise KeyboardInterrupt

    def change_started(self, change: Change, number: int, total: int) -> None:
        self._note("started", change)

    def change_done(self, change: Change, number: int, total: int) -> None:
        self._note("done", change)

    def change_failed(self, change: Change, error: IntercomIacError) -> None:
        self._note("failed", change)


def run(
    workspace: Recorder,
    *changes: Change,
    stop: Callable[[], bool] = lambda: False,
    progress: Noted | None = None,
) -> Outcome:
    rests_on = {audience_key("Big", "9"): audience_digest(LiveAudience("9", "Big"))}
    plan = Plan(PlannedWorkspace("sandbox", "abc12345", "UTC"), "", "", changes, rests_on=rests_on)
    return apply(plan, workspace, progress or Noted(), should_stop=stop)  # pyright: ignore


def test_each_change_is_one_call_in_order() -> None:
    workspace = Recorder()
    outcome = run(workspace, *ALL)
    assert outcome.complete
    assert outcome.manual == (MANUAL,)
    assert workspace.made == [
        (
            "create_attribute",
            "contact",
            "tier",
            {"type": "options", "options": ["a", "b"], "messenger_writable": False},
        ),
        ("register_event", "signed_up", {"plan": "sample"}),
        ("create_tag", "Very important"),
        ("delete_audience", "9"),
        ("update_attribute", 7, {"archived": True}),
    ]


def test_the_first_failure_stops_it() -> None:
    outcome = run(Recorder({"create_tag": Conflict("no")}), *ALL)
    assert [each.address for each in outcome.done] == ["attribute.contact.tier", "event.signed_up"]
    assert outcome.failed is not None
    assert (outcome.failed.change, outcome.failed.in_flight) == (TAG, False)
    assert outcome.not_tried == (DELETE, ARCHIVE)
    assert not outcome.complete


def test_a_wish_to_stop_is_heard_between_two_calls() -> None:
    workspace = Recorder()
    outcome = run(workspace, *ALL, stop=lambda: len(workspace.made) == 2)
    assert outcome.interrupted
    assert outcome.failed is None
    assert len(outcome.done) == 2
    assert outcome.not_tried == (TAG, DELETE, ARCHIVE)


def test_an_interrupted_call_is_in_flight() -> None:
    progress = Noted()
    outcome = run(Recorder({"register_event": KeyboardInterrupt()}), *ALL, progress=progress)
    assert outcome.interrupted
    assert outcome.failed is not None
    assert (outcome.failed.change, outcome.failed.in_flight) == (REGISTER, True)
    assert progress.told[-1] == ("failed", REGISTER)


def test_an_interruption_after_a_call_leaves_nothing_unknown() -> None:
    outcome = run(Recorder(), *ALL, progress=Noted(stop_at=("done", REGISTER)))
    assert outcome.interrupted
    assert outcome.done == (CREATE, REGISTER)
    assert outcome.failed is None
    assert outcome.not_tried == (TAG, DELETE, ARCHIVE)


def test_an_interruption_before_the_first_call_leaves_all_to_do() -> None:
    def stop() -> bool:
        raise KeyboardInterrupt

    outcome = run(Recorder(), *ALL, stop=stop)
    assert (outcome.done, outcome.failed, outcome.not_tried) == ((), None, ALL[:-1])


def test_a_mistake_of_the_program_still_has_an_outcome() -> None:
    bug = UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
    progress = Noted()
    outcome = run(Recorder({"create_tag": bug}), *ALL, progress=progress)
    assert outcome.failed is not None
    assert outcome.failed.bug is bug
    assert (outcome.failed.change, outcome.failed.in_flight) == (TAG, True)
    assert len(outcome.done) == 2
    assert outcome.not_tried == (DELETE, ARCHIVE)
    assert progress.told[-1] == ("failed", TAG)


def test_a_change_whose_answer_never_came_is_not_known_to_be_done() -> None:
    outcome = run(Recorder({"create_tag": Unreachable("gone", maybe_done=True)}), *ALL)
    assert outcome.failed is not None
    assert (outcome.failed.change, outcome.failed.in_flight) == (TAG, True)
    assert not outcome.interrupted


def test_what_is_there_is_changed_by_its_id() -> None:
    workspace = Recorder()
    rename = change("segment.vip", "tag", "Old", "update", FieldChange("name", "Old", "New"), live_id="11")
    narrow = change(
        "segment.big",
        "audience",
        "Big",
        "update",
        FieldChange("predicates", [], [{"value": "x"}]),
        live_id="9",
    )
    run(workspace, rename, narrow)
    assert workspace.made == [
        ("rename_tag", "11", "New"),
        ("update_audience", "9", {"predicates": [{"value": "x"}]}),
    ]


def test_what_a_person_builds_is_never_called() -> None:
    workspace = Recorder()
    with pytest.raises(AssertionError, match="no call makes a segment"):
        execute(MANUAL, workspace, {})  # pyright: ignore[reportArgumentType]
    assert workspace.made == []


def test_samples_have_the_declared_types_and_are_ten_at_most() -> None:
    sample = sample_metadata({"a": "string", "b": "integer", "c": "boolean", "d": "float", "e": "options"})
    assert sample == {"a": "sample", "b": 1, "c": True, "d": 1.5, "e": "sample"}
    assert isinstance(sample_metadata({"at": "date"})["at"], int)
    assert len(sample_metadata({f"k{n}": "string" for n in range(15)})) == 10


def creates(count: int) -> list[Change]:
    field = FieldChange("type", None, "string")
    return [
        change(f"attribute.contact.a{n}", "data_attribute", f"a{n}", "create", field) for n in range(count)
    ]


class Gathering:
    """A workspace whose calls end when so many are under way, or nobody else comes."""

    def __init__(self, fail: frozenset[str] = frozenset()) -> None:
        self.order: list[str] = []
        self.most = 0
        self._fail = fail
        self._under_way = 0
        self._lock = threading.Lock()

    def create_attribute(self, model: str, name: str, fields: Any) -> None:
        with self._lock:
            self.order.append(name)
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        # The first of each run ends last.
        time.sleep(0.03 if name.endswith("0") else 0.01)
        with self._lock:
            self._under_way -= 1
        if name in self._fail:
            raise Conflict(f"no {name}")

    def create_audience(self, name: str, *_: Any) -> None:
        self.create_attribute("", name, {})


def run_at_once(
    workspace: Gathering, changes: list[Change], parallelism: int, progress: Noted | None = None
) -> Outcome:
    plan = Plan(PlannedWorkspace("sandbox", "abc12345", "UTC"), "", "", tuple(changes))
    return apply(plan, workspace, progress or Noted(), parallelism=parallelism)  # pyright: ignore


def test_changes_that_do_not_need_each_other_overlap_and_no_more_than_asked_for() -> None:
    workspace = Gathering()
    assert run_at_once(workspace, creates(9), 3).complete
    assert workspace.most == 3


def test_what_is_needed_is_there_before_what_needs_it() -> None:
    workspace = Gathering()
    audience = change("segment.x", "audience", "x", "create", FieldChange("name", None, "x"))
    assert run_at_once(workspace, [*creates(4), audience], 8).complete
    assert workspace.order[-1] == "x"


def test_progress_is_told_in_the_plans_order_whatever_ends_first() -> None:
    progress = Noted()
    changes = creates(6)
    run_at_once(Gathering(), changes, 3, progress)
    assert progress.told == [(what, each) for each in changes for what in ("started", "done")]


def test_after_a_failure_those_under_way_end_and_no_other_begins() -> None:
    changes = creates(9)
    workspace = Gathering(fail=frozenset({"a1", "a2"}))
    progress = Noted()
    outcome = run_at_once(workspace, changes, 3, progress)
    assert outcome.done == (changes[0],)
    assert [each.change for each in outcome.failures] == changes[1:3]
    assert outcome.failed is not None
    assert outcome.failed.change == changes[1]
    assert outcome.not_tried == tuple(changes[3:])
    assert progress.told[1::2] == [("done", changes[0]), ("failed", changes[1]), ("failed", changes[2])]


def test_tags_get_their_new_names_one_after_the_other() -> None:
    swap = [
        change("segment.a", "tag", "a", "update", FieldChange("name", "a", "c"), live_id="1"),
        change("segment.b", "tag", "b", "update", FieldChange("name", "b", "a"), live_id="2"),
    ]
    made = creates(2)
    assert independent_runs([*made, *swap]) == [tuple(made), (swap[0],), (swap[1],)]
