"""Values in a few words: cut between characters, and what no one sees spelled out whole."""

from __future__ import annotations

import pytest

from intercom_iac.planning import Action, Change, FieldChange
from intercom_iac.reporting.kit.values import LONGEST, value_line
from intercom_iac.reporting.plan.change_words import change_line
from intercom_iac.text import printable
from support.changes import make_change


@pytest.mark.parametrize("hidden", ["\u202e", "\x1b", "\U000e0041"])
@pytest.mark.parametrize("before", range(LONGEST - 12, LONGEST + 3))
def test_no_half_of_an_escape_sequence_is_left(hidden: str, before: int) -> None:
    text = "a" * before + hidden + "b" * 40
    found = value_line(text)
    assert len(found) <= LONGEST
    assert found.endswith("…")
    kept = found.removesuffix("…")
    assert any(kept == printable(text[:end]) for end in range(len(text)))


def test_only_what_is_too_long_is_cut() -> None:
    assert value_line("a" * LONGEST) == "a" * LONGEST
    assert value_line("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"
    assert value_line("\u202e" * 12 + "abcd") == "\\u202e" * 12 + "abcd"
    assert value_line("\u202e" * 100) == "\\u202e" * 12 + "…"


def test_one_of_several_that_holds_a_comma_is_quoted() -> None:
    assert value_line(["a, x", "y"]) == '"a, x", y'
    assert value_line(["a", "x", "y"]) == "a, x, y"
    assert value_line("a, x") == "a, x"


def test_options_that_hold_a_comma_are_told_apart() -> None:
    def change(action: Action, before: list[str] | None, after: list[str]) -> Change:
        fields = (FieldChange("type", None, "options"),) if before is None else ()
        options = FieldChange("options", before, after)
        return make_change(
            "attribute.contact.a", "data_attribute", "a", action, "safe", "", (*fields, options)
        )

    assert change_line(change("create", None, ["a, x", "y"]), 76) == 'options ("a, x", y)'
    assert change_line(change("update", ["y"], ["y", "a, x"]), 76) == 'update: options +"a, x"'


def test_metadata_that_holds_a_comma_is_told_apart() -> None:
    fields = (FieldChange("metadata", None, {"a, x": "string", "y": "string"}),)
    change = make_change("event.e", "event", "e", "register", "safe", "", fields)
    assert change_line(change, 76) == 'register, metadata "a, x", y'
