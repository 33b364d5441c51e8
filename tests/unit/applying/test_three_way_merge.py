"""What others changed since the plan was made is not overwritten: what does not collide is kept, the rest refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from intercom_iac.applying import KeptOptions, apply
from intercom_iac.applying.execute import execute
from intercom_iac.diagnostics import ChangedMeanwhile
from intercom_iac.model import AudiencePredicate, DataType, LiveAttribute, LiveAudience
from intercom_iac.planning import Change, FieldChange, Plan, PlannedWorkspace, audience_digest, audience_key
from support.changes import make_change
from support.silent_progress import SilentProgress

GOLD = AudiencePredicate("custom_attributes.tier", "string", "eq", "gold")
SILVER = replace(GOLD, value="silver")
TIER = LiveAttribute(7, "contact", "tier", DataType.OPTIONS, ("a", "b"), "old", False, False)
BIG = LiveAudience("9", "Big", (GOLD, SILVER))


@dataclass
class Live:
    """A workspace with an attribute, an audience and a tag, as others have left them; notes what is written."""

    attributes: tuple[LiveAttribute, ...] = (TIER,)
    audiences: tuple[LiveAudience, ...] = (BIG,)
    tags: dict[str, str] = field(default_factory=lambda: {"11": "Old"})
    written: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])

    def attribute(self, model: str, attribute_id: int) -> LiveAttribute | None:
        return next(
            (each for each in self.attributes if (each.model, each.id) == (model, attribute_id)), None
        )

    def audience(self, audience_id: str) -> LiveAudience | None:
        return next((each for each in self.audiences if each.id == audience_id), None)

    def tag(self, tag_id: str) -> str | None:
        return self.tags.get(tag_id)

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.written.append((name, *arguments))


def change(kind: Any, action: Any, called: str, live_id: str, /, **fields: tuple[Any, Any]) -> Change:
    address = f"attribute.contact.{called}" if kind == "data_attribute" else f"segment.{called.casefold()}"
    changes = tuple(FieldChange(path, *values) for path, values in fields.items())
    return make_change(address, kind, called, action, "safe", "because", changes, live_id=live_id)


def update(**fields: tuple[Any, Any]) -> Change:
    return change("data_attribute", "update", "tier", "7", **fields)


RESTS_ON = {audience_key("Big", "9"): audience_digest(BIG)}
FILTERS = change("audience", "update", "Big", "9", predicates=([GOLD.as_json(), SILVER.as_json()], []))
CALLED = change("audience", "update", "Big", "9", name=("Big", "Large"))
DELETED = change("audience", "delete", "Big", "9", name=("Big", None))
RENAMED = change("tag", "update", "Old", "11", name=("Old", "New"))


def done(it: Change, live: Live) -> tuple[str, ...]:
    return execute(it, live, RESTS_ON)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("before", "after", "now", "written", "kept"),
    [
        pytest.param("ab", "abc", "ab", "abc", "", id="nobody was there"),
        pytest.param("ab", "cab", "ab", "cab", "", id="in the order of the plan"),
        pytest.param("ab", "abc", "abx", "abxc", "x", id="one more on both sides"),
        pytest.param("ab", "a", "abx", "ax", "x", id="one more there, one less here"),
        pytest.param("ab", "ac", "abx", "axc", "x", id="one more there, one exchanged here"),
        pytest.param("abc", "ad", "ac", "ad", "", id="both took one away"),
        pytest.param("ab", "abc", "abcx", "abcx", "x", id="the same one more, and another"),
        pytest.param("ab", "abc", "abc", None, "", id="the same on both sides"),
        pytest.param("ab", "abc", "cba", None, "", id="the same in another order"),
        pytest.param("ab", "abc", "ba", "bac", "", id="another order there"),
        pytest.param("", "ab", "x", "xab", "x", id="a list made of a text"),
    ],
)
def test_options_of_both_sides_are_kept(
    before: str, after: str, now: str, written: str | None, kept: str
) -> None:
    live = Live((replace(TIER, options=tuple(now)),))
    assert done(update(options=(list(before) or None, list(after))), live) == tuple(kept)
    assert live.written == ([("update_attribute", 7, {"options": list(written)})] if written else [])


@pytest.mark.parametrize(
    ("before", "after", "now"), [("ab", "abc", "a"), ("ab", "ac", "bx"), ("ab", "abc", "")]
)
def test_options_that_others_took_away_are_not_brought_back(before: str, after: str, now: str) -> None:
    live = Live((replace(TIER, options=tuple(now), type=DataType.OPTIONS if now else DataType.STRING),))
    with pytest.raises(ChangedMeanwhile, match="its options was"):
        done(update(options=(list(before), list(after))), live)
    assert live.written == []


@pytest.mark.parametrize(
    ("live", "path", "values"),
    [
        (replace(TIER, description="theirs"), "description", ("old", "new")),
        (replace(TIER, messenger_writable=True), "description", ("older", "new")),
        (replace(TIER, archived=True), "archived", (None, False)),
    ],
)
def test_another_value_is_left_as_it_is(live: LiveAttribute, path: str, values: tuple[Any, Any]) -> None:
    there = Live((live,))
    with pytest.raises(
        ChangedMeanwhile, match=rf"attribute\.contact\.tier has changed .*: its {path} was"
    ) as raised:
        done(update(**{path: values}), there)
    assert there.written == []
    assert raised.value.exit_code == 6
    assert not raised.value.maybe_done


@pytest.mark.parametrize(
    "it", [update(description=("old", "new")), update(options=(["a", "b"], ["a", "b", "c"]))]
)
def test_what_others_archived_is_not_changed_in_the_archive(it: Change) -> None:
    live = Live((replace(TIER, archived=True),))
    with pytest.raises(ChangedMeanwhile, match="it is archived now"):
        done(it, live)
    assert live.written == []


def test_all_that_moved_is_told_and_nothing_of_it_is_written() -> None:
    live = Live((replace(TIER, description="theirs " * 20, options=("a",)),))
    with pytest.raises(ChangedMeanwhile) as raised:
        done(update(description=("old", "new"), options=(["a", "b"], ["a", "b", "c"])), live)
    assert raised.value.message.startswith(
        'attribute.contact.tier has changed since the plan was made: its description was "old" and is "theirs theirs'
    )
    assert raised.value.message.endswith('... now, its options was ["a", "b"] and is ["a"] now')
    assert live.written == []


def test_what_others_have_done_already_is_not_sent_and_the_rest_is() -> None:
    live = Live((replace(TIER, description="new"),))
    done(update(description=("old", "new"), messenger_writable=(False, True)), live)
    assert live.written == [("update_attribute", 7, {"messenger_writable": True})]


def test_fields_that_the_plan_leaves_are_others_to_change() -> None:
    live = Live((replace(TIER, description="theirs", options=("x", "y")),))
    done(change("data_attribute", "archive", "tier", "7", archived=(False, True)), live)
    assert live.written == [("update_attribute", 7, {"archived": True})]


@pytest.mark.parametrize(
    "it", [update(description=("old", "new")), FILTERS, CALLED, RENAMED], ids=lambda each: each.object
)
def test_what_is_gone_is_not_changed(it: Change) -> None:
    live = Live((replace(TIER, model="company"),), (), {})
    with pytest.raises(ChangedMeanwhile, match="is no longer there"):
        done(it, live)
    assert live.written == []


def test_what_is_gone_needs_no_delete() -> None:
    live = Live((), (), {})
    assert done(DELETED, live) == ()
    assert live.written == []


def test_no_tag_is_deleted() -> None:
    live = Live()
    with pytest.raises(AssertionError, match="none deletes a tag"):
        done(change("tag", "delete", "Old", "11", name=("Old", None)), live)
    assert live.written == []


@pytest.mark.parametrize(
    ("it", "live"),
    [
        pytest.param(FILTERS, Live(audiences=(replace(BIG, predicates=(GOLD,)),)), id="filters"),
        pytest.param(CALLED, Live(audiences=(replace(BIG, name="Bigger"),)), id="the name of an audience"),
        pytest.param(RENAMED, Live(tags={"11": "Theirs"}), id="the name of a tag"),
        pytest.param(DELETED, Live(audiences=(replace(BIG, name="Bigger"),)), id="deleted: the name"),
        pytest.param(DELETED, Live(audiences=(replace(BIG, predicates=(GOLD,)),)), id="deleted: filters"),
        pytest.param(DELETED, Live(audiences=(replace(BIG, role_predicates=(GOLD,)),)), id="deleted: roles"),
    ],
)
def test_an_audience_or_a_tag_of_others_is_left_as_it_is(it: Change, live: Live) -> None:
    with pytest.raises(ChangedMeanwhile, match="changed since") as raised:
        done(it, live)
    assert live.written == []
    assert it.address in raised.value.message


@pytest.mark.parametrize(
    ("it", "live", "written"),
    [
        (FILTERS, Live(), ("update_audience", "9", {"predicates": []})),
        (FILTERS, Live(audiences=(replace(BIG, name="x"),)), ("update_audience", "9", {"predicates": []})),
        (
            FILTERS,
            Live(audiences=(replace(BIG, predicates=(SILVER, GOLD)),)),
            ("update_audience", "9", {"predicates": []}),
        ),
        (CALLED, Live(audiences=(replace(BIG, name="Large"),)), None),
        (RENAMED, Live(), ("rename_tag", "11", "New")),
        (RENAMED, Live(tags={"11": "New"}), None),
        (DELETED, Live(), ("delete_audience", "9")),
    ],
)
def test_what_nobody_touched_is_written(it: Change, live: Live, written: tuple[Any, ...] | None) -> None:
    live.written.clear()
    done(it, live)
    assert live.written == ([written] if written else [])


def test_what_was_kept_is_in_the_outcome() -> None:
    wider = update(options=(["a", "b"], ["a", "b", "c"]))
    plan = Plan(PlannedWorkspace("sandbox", "abc12345", "UTC"), "", "", (wider, RENAMED))
    outcome = apply(plan, Live((replace(TIER, options=("a", "b", "x")),)), SilentProgress())  # pyright: ignore
    assert outcome.complete
    assert outcome.kept == (KeptOptions(wider, ("x",)),)


def test_a_change_that_was_refused_stops_the_apply() -> None:
    renamed = update(description=("older", "new"))
    plan = Plan(PlannedWorkspace("sandbox", "abc12345", "UTC"), "", "", (renamed, RENAMED))
    live = Live()
    outcome = apply(plan, live, SilentProgress())  # pyright: ignore
    assert outcome.failed is not None
    assert (outcome.failed.change, outcome.failed.in_flight) == (renamed, False)
    assert outcome.not_tried == (RENAMED,)
    assert live.written == []
