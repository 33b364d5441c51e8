"""Saved plans that somebody edited: what was not reviewed is not done, and nothing is done before that is known."""

from __future__ import annotations

import json
from typing import Any

SPEC = "attributes:\n  contact:\n    tier: {type: string, description: %s}\n    seats: {type: integer}\n"


def edited(scratch, **fields: Any) -> Any:
    """The outcome of applying a saved update of `tier` in which these fields were changed."""
    scratch.spec(SPEC % "old").apply()
    assert scratch.spec(SPEC % "new").run("plan --out plan.json").code == 0
    path = scratch.root / "plan.json"
    saved = json.loads(path.read_text())
    saved["changes"][0] |= fields
    path.write_text(json.dumps(saved))
    return scratch.run("apply plan.json")


def active(scratch) -> int:
    return scratch.plan()["limits"]["attributes"]["used"]


def test_an_update_cannot_be_made_an_archive(scratch) -> None:
    refused = edited(scratch, fields=[{"path": "archived", "before": False, "after": True}])
    assert refused.code == 6
    assert "PLAN609" in refused.err
    assert active(scratch) == 2


def test_an_update_cannot_be_made_to_another_object(scratch) -> None:
    refused = edited(scratch, live_id="2")
    assert refused.code == 6
    assert "PLAN609" in refused.err
    assert [each["action"] for each in scratch.plan()["changes"]] == ["update"]


def test_half_a_character_is_refused_before_the_first_call(scratch) -> None:
    refused = edited(scratch, fields=[{"path": "description", "before": "old", "after": "half \ud800"}])
    assert refused.code == 6
    assert "half a character" in refused.err
    assert "Traceback" not in refused.err
