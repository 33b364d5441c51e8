"""What each operation is called in a plan, and in which sign and colour."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.planning import ACTIONS, FieldChange
from intercom_iac.planning.operations import OPERATIONS
from intercom_iac.reporting.plan.change_words import (
    COLOURS,
    VERBS,
    action_title,
    change_line,
    change_title,
    sign_of,
    summary_counts,
)
from support.changes import make_change

NAME = ("name", None, "S")
RENAMED = ("name", "S", "T")
RULE = ("rule", "a", "b")
NEW_RULE = ("rule", None, "a")


@pytest.mark.parametrize(
    ("kind", "action", "live_id", "fields", "sign", "line"),
    [
        ("data_attribute", "create", None, [("type", None, "date")], "+", "date"),
        ("data_attribute", "update", "7", [("description", "a", "b")], "~", "update: description -> b"),
        ("data_attribute", "restore", "7", [("archived", True, False)], "+", "restore"),
        ("data_attribute", "archive", "7", [("archived", False, True)], "-", "archive"),
        (
            "data_attribute",
            "manual",
            "7",
            [("type", "string", "date")],
            "!",
            "change its type: string -> date",
        ),
        ("event", "register", None, [("metadata", None, {"a": "string"})], "+", "register, metadata a"),
        ("event", "register", None, [], "+", "register, no metadata"),
        ("event", "manual", None, [], "!", "archive the event `S`"),
        ("audience", "create", None, [NAME], "+", "audience `S`"),
        ("audience", "update", "9", [RENAMED], "~", "update audience: name -> T"),
        ("audience", "delete", "9", [("name", "S", None)], "-", "delete the audience `S`"),
        ("audience", "manual", None, [("rule", None, "a")], "!", "build the audience `S`"),
        ("audience", "manual", "9", [RULE], "!", "build the audience `S` anew: its rule changed"),
        ("audience", "manual", "9", [], "!", "delete the audience `S`, or keep it"),
        ("tag", "create", None, [NAME], "+", "tag `S`"),
        ("tag", "update", "3", [RENAMED], "~", "update tag: name -> T"),
        ("tag", "delete", "3", [("name", "S", None)], "-", "delete the tag `S`"),
        ("tag", "manual", "3", [], "!", "delete the tag `S`, or keep it"),
        ("segment", "manual", None, [NAME, NEW_RULE], "!", "build the segment `S`"),
        ("segment", "manual", None, [NAME], "!", "look for the segment `S`, or build it"),
        ("segment", "manual", None, [RULE], "!", "build the segment `S` anew: its rule changed"),
        ("segment", "manual", None, [RENAMED], "!", "rename the segment `S` to `T`"),
        ("segment", "manual", None, [], "!", "delete the segment `S`"),
    ],
)
def test_every_operation_has_its_words(
    kind: str, action: str, live_id: str | None, fields: list[tuple[str, Any, Any]], sign: str, line: str
) -> None:
    changed = tuple(FieldChange(*field) for field in fields)
    change = make_change("segment.s", kind, "S", action, fields=changed, live_id=live_id)
    assert (sign_of(change), change_line(change, 80)) == (sign, line)
    told_apart_by_kind = kind in ("audience", "tag")
    assert change_title(change) == (f"segment.s ({kind})" if told_apart_by_kind else "segment.s")
    assert action_title(change) == (action if kind in ("data_attribute", "event") else f"{action} {kind}")


def test_every_action_has_a_sign_and_every_sign_a_colour() -> None:
    assert tuple(VERBS) == ACTIONS
    assert {verb.sign for verb in VERBS.values()} == {*COLOURS}
    for operation in OPERATIONS:
        assert (VERBS[operation.action].sign == "-") == (
            operation.destructive and operation.action != "manual"
        )
        assert (VERBS[operation.action].sign == "!") == (operation.action == "manual")


def test_a_summary_is_counted_in_words() -> None:
    summary = {"create": 2, "update": 0, "archive": 1, "manual": 1, "waiting": 3}
    assert summary_counts(summary) == "2 to create, 1 to archive, 1 by hand, 3 waiting"
