"""The order of changes, and which of them may be made at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from intercom_iac.model import AudiencePredicate, DataType, Identity, LiveAttribute, LiveAudience, Snapshot
from intercom_iac.planning import Change, FieldChange, independent_runs
from intercom_iac.planning.order import order_changes, peak_attributes
from support.changes import make_change


def change(kind: Any, action: Any, name: str, live_id: str | None = None, **after: Any) -> Change:
    fields = tuple(FieldChange(path, None, value) for path, value in after.items())
    return make_change(f"attribute.contact.{name}", kind, name, action, "safe", "", fields, live_id=live_id)


def reads(*names: str) -> list[dict[str, str]]:
    return [{"attribute": f"custom_attributes.{each}"} for each in names]


def workspace(attributes: int = 0, audience: tuple[str, ...] = ()) -> Snapshot:
    held = tuple(AudiencePredicate(f"custom_attributes.{each}", "string", "eq", "x") for each in audience)
    return Snapshot(
        Identity("abc12345", "Acme", "UTC"),
        tuple(LiveAttribute(at, "contact", f"a{at}", DataType.STRING) for at in range(attributes)),
        audiences=(LiveAudience("9", "Gold", held),),
    )


def ordered(changes: list[Change], live: Snapshot, limit: int) -> list[tuple[str, str]]:
    return [(each.action, each.name) for each in order_changes(changes, live, limit)]


ALL = [
    change("data_attribute", "create", "new"),
    change("data_attribute", "update", "wider", "1"),
    change("event", "register", "paid"),
    change("tag", "create", "vip"),
    change("audience", "create", "made"),
    change("tag", "delete", "old", "2"),
    change("data_attribute", "archive", "gone", "3"),
    change("segment", "manual", "hand"),
]


@pytest.mark.parametrize("turn", range(len(ALL)))
def test_kinds_come_in_one_order_however_the_specs_have_them(turn: int) -> None:
    assert order_changes(ALL[turn:] + ALL[:turn], workspace(), 250) == ALL


def test_changes_of_a_kind_stay_in_the_order_of_the_specs() -> None:
    names = ["b", "a", "c"]
    assert ordered([change("tag", "create", each) for each in names], workspace(), 250) == [
        ("create", each) for each in names
    ]


def test_what_makes_room_comes_before_what_takes_it_once_the_room_is_needed() -> None:
    changes = [change("data_attribute", "create", "new"), change("data_attribute", "archive", "a0", "0")]
    assert ordered(changes, workspace(2), 3) == [("create", "new"), ("archive", "a0")]
    assert ordered(changes, workspace(3), 3) == [("archive", "a0"), ("create", "new")]


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_an_archive_that_waits_for_an_audience_waits_for_what_that_reads(order: tuple[int, ...]) -> None:
    """The audience gives up `a0` for `new`, for which `a1` makes room."""
    four = [
        change("data_attribute", "create", "new"),
        change("audience", "update", "Gold", "9", predicates=reads("new")),
        change("data_attribute", "archive", "a0", "0"),
        change("data_attribute", "archive", "a1", "1"),
    ]
    made = ordered([four[at] for at in order], workspace(3, audience=("a0",)), 3)
    assert made == [("archive", "a1"), ("create", "new"), ("update", "Gold"), ("archive", "a0")]


def test_an_attribute_that_two_audiences_hold_waits_for_both() -> None:
    live = workspace(1, audience=("a0",))
    live = Snapshot(
        live.identity,
        live.attributes,
        audiences=(*live.audiences, LiveAudience("8", "Old", live.audiences[0].predicates)),
    )
    changes = [
        change("data_attribute", "archive", "a0", "0"),
        change("audience", "delete", "Old", "8"),
        change("audience", "update", "Gold", "9", predicates=[]),
    ]
    assert ordered(changes, live, 250) == [("update", "Gold"), ("delete", "Old"), ("archive", "a0")]


def test_only_attributes_take_room() -> None:
    others = [
        change("data_attribute", "update", "wider", "1"),
        change("tag", "create", "vip"),
        change("segment", "manual", "hand"),
    ]
    create, archive = (
        change("data_attribute", "create", "new"),
        change("data_attribute", "archive", "a0", "0"),
    )
    assert order_changes([*others, archive, create], workspace(2), 3) == [
        create,
        *others[:2],
        archive,
        others[2],
    ]
    assert order_changes([*others, archive, create], workspace(3), 3) == [
        *others[:2],
        archive,
        create,
        others[2],
    ]


def test_what_is_restored_for_an_audience_waits_for_room_as_a_create_does() -> None:
    changes = [
        change("audience", "create", "made", predicates=reads("back")),
        change("data_attribute", "restore", "back", "7"),
        change("data_attribute", "archive", "a0", "0"),
    ]
    assert ordered(changes, workspace(3), 3) == [("archive", "a0"), ("restore", "back"), ("create", "made")]


def two_audiences(first: tuple[str, ...], second: tuple[str, ...]) -> Snapshot:
    live = workspace(4, audience=first)
    return replace(
        live, audiences=(*live.audiences, replace(workspace(audience=second).audiences[0], id="8"))
    )


def test_an_archive_that_waits_for_two_audiences_waits_for_what_each_reads() -> None:
    """Both give up `a0`, one for `x` and one for `y`; `a1` makes the room."""
    six = [
        change("data_attribute", "archive", "a0", "0"),
        change("data_attribute", "archive", "a1", "1"),
        change("audience", "update", "Gold", "9", predicates=reads("x")),
        change("audience", "update", "Gold", "8", predicates=reads("y")),
        change("data_attribute", "create", "x"),
        change("data_attribute", "create", "y"),
    ]
    for order in permutations(six):
        made = ordered([*order], two_audiences(("a0",), ("a0",)), 5)
        assert made[0] == ("archive", "a1")
        assert sorted(made[1:3]) == [("create", "x"), ("create", "y")]
        assert made[3:] == [("update", "Gold"), ("update", "Gold"), ("archive", "a0")]


def test_of_archives_the_one_that_waits_for_fewer_creates_makes_room_first() -> None:
    """`a0` waits for the audience that reads `x` and `y`, `a1` for the one that reads `x`."""
    changes = [
        change("data_attribute", "archive", "a0", "0"),
        change("data_attribute", "archive", "a1", "1"),
        change("audience", "update", "Gold", "9", predicates=reads("x", "y")),
        change("audience", "update", "Gold", "8", predicates=reads("x")),
        change("data_attribute", "create", "y"),
        change("data_attribute", "create", "x"),
    ]
    made = order_changes(changes, two_audiences(("a0",), ("a1",)), 5)
    assert [(each.action, each.live_id or each.name) for each in made] == [
        ("create", "x"),
        ("update", "8"),
        ("archive", "1"),
        ("create", "y"),
        ("update", "9"),
        ("archive", "0"),
    ]
    assert peak_attributes(made, 4) == 5


def test_each_archive_makes_room_as_soon_as_it_can() -> None:
    """`a0` waits for `x` and `y`, `a1` for `y` and `z`, `a2` for `z`: there is room for them in one order alone."""
    held = {"7": ("a0", ("x", "y")), "8": ("a1", ("y", "z")), "9": ("a2", ("z",))}
    live = replace(
        workspace(3),
        audiences=tuple(
            replace(workspace(audience=(archived,)).audiences[0], id=number)
            for number, (archived, _) in held.items()
        ),
    )
    changes = [
        *(change("data_attribute", "archive", archived, archived[1:]) for archived, _ in held.values()),
        *(change("audience", "update", "Gold", at, predicates=reads(*new)) for at, (_, new) in held.items()),
        *(change("data_attribute", "create", each) for each in "xyz"),
    ]
    for turn in range(len(changes)):
        made = order_changes(changes[turn:] + changes[:turn], live, 4)
        assert peak_attributes(made, 3) == 4
        calls = [each.name for each in made if each.object == "data_attribute"]
        assert calls == ["z", "a2", "y", "a1", "x", "a0"]


def test_an_audience_that_goes_gives_up_its_attribute_first() -> None:
    changes = [
        change("data_attribute", "archive", "a0", "0"),
        change("audience", "delete", "Gold", "9"),
        change("data_attribute", "create", "new"),
    ]
    assert ordered(changes, workspace(3, audience=("a0",)), 3) == [
        ("delete", "Gold"),
        ("archive", "a0"),
        ("create", "new"),
    ]


@pytest.mark.parametrize("named", ["custom_attributes.new", "company.custom_attributes.new", "company.new"])
def test_an_audience_comes_after_each_attribute_it_reads(named: str) -> None:
    for action in ("create", "restore", "update"):
        audience = change("audience", "create", "made", predicates=[{"attribute": named}])
        attribute = change("data_attribute", action, "new", "1")
        assert order_changes([audience, attribute], workspace(), 250) == [attribute, audience]


def test_the_highest_number_on_the_way_counts_what_is_archived_before() -> None:
    create = change("data_attribute", "create", "x")
    restore = change("data_attribute", "restore", "y", "1")
    archive = change("data_attribute", "archive", "z", "2")
    others = [change("tag", "create", "vip"), change("data_attribute", "update", "w", "3")]
    assert peak_attributes([*others, create, restore, archive], 5) == 7
    assert peak_attributes([archive, create, restore, *others], 5) == 6
    assert peak_attributes([archive], 5) == 5


def test_what_is_made_at_once_is_of_one_kind_and_action_and_tags_are_renamed_one_by_one() -> None:
    runs = independent_runs(
        [
            *(change("data_attribute", "create", each) for each in "ab"),
            change("data_attribute", "update", "c", "1"),
            *(change("tag", "update", each, each) for each in "de"),
            *(change("tag", "delete", each, each) for each in "fg"),
            change("audience", "delete", "h", "1"),
        ]
    )
    assert [[each.name for each in run] for run in runs] == [
        ["a", "b"],
        ["c"],
        ["d"],
        ["e"],
        ["f", "g"],
        ["h"],
    ]
    assert independent_runs([]) == []


def test_what_audiences_read_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of changes are asked in line with their number, not for each audience."""
    asked = 0

    def name_of(self: Change) -> str:
        nonlocal asked
        asked += 1
        return self.operation.name

    monkeypatch.setattr(Change, "name", property(name_of))
    attributes = [change("data_attribute", "create", f"a{number}") for number in range(5)]
    audiences = [change("audience", "create", f"b{number}", predicates=reads("a0")) for number in range(50)]
    assert order_changes(audiences + attributes, workspace(), 250) == attributes + audiences
    assert asked <= 3 * 55
