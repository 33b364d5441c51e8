"""Saved plans that somebody edited: what was not reviewed is not done, and nothing is done before that is known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from support.plan_digests import with_digest

SPEC = "attributes:\n  contact:\n    tier: {type: string, description: %s}\n    seats: {type: integer}\n"


def edited(scratch, **fields: Any) -> Any:
    """The outcome of applying a saved update of `tier` in which these fields were changed."""
    scratch.spec(SPEC % "old").apply()
    assert scratch.spec(SPEC % "new").run("plan --out plan.json").code == 0
    path = scratch.root / "plan.json"
    saved = json.loads(path.read_text())
    saved["changes"][0] |= fields
    path.write_text(json.dumps(with_digest(saved)))
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
    assert "PLAN616" in refused.err
    assert [each["action"] for each in scratch.plan()["changes"]] == ["update"]


def test_half_a_character_is_refused_before_the_first_call(scratch) -> None:
    refused = edited(scratch, fields=[{"path": "description", "before": "old", "after": "half \ud800"}])
    assert refused.code == 6
    assert "half a character" in refused.err
    assert "Traceback" not in refused.err


def saved(scratch, **fields: Any) -> dict[str, Any]:
    """A saved plan in which these fields were changed by somebody who knows the format."""
    assert scratch.spec(SPEC % "new").run("plan --out plan.json").code == 0
    path = scratch.root / "plan.json"
    plan = with_digest(json.loads(path.read_text()) | fields)
    path.write_text(json.dumps(plan))
    return plan


@pytest.mark.parametrize("command", ["show plan.json", "apply plan.json", "show plan.json --format html"])
@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param('"new"', '"other"', "its digest is of another content", id="edited"),
        pytest.param('"sandbox"', '"production"', "its digest is of another content", id="another workspace"),
        pytest.param("}\n", "", "it is not whole JSON", id="cut short"),
        pytest.param('"new"', '"\udcff"', "it is not UTF-8 text", id="bytes that are no text"),
        pytest.param(
            '"risk": "safe"',
            '"risk": "safe", "risk": "destructive"',
            "the key `risk` more than once",
            id="a key twice",
        ),
        pytest.param(
            '"risk"', '"\\ud800": 1, "\\ud800": 2, "risk"', "more than once", id="half a character twice"
        ),
        pytest.param('"1.0"', '"3.0"', "its format_version is 3.0, and this version reads 1.0", id="newer"),
    ],
)
def test_a_file_that_is_not_what_was_saved_is_neither_shown_nor_applied(
    scratch, command: str, old: str, new: str, why: str
) -> None:
    saved(scratch)
    path = scratch.root / "plan.json"
    text = path.read_text() + "\n"
    assert old in text
    path.write_bytes(text.replace(old, new).encode(errors="surrogateescape"))
    refused = scratch.run(command)
    assert refused.code == 6
    assert "PLAN609" in refused.err
    assert why in refused.err
    assert refused.out == ""
    assert active(scratch) == 0


@pytest.mark.parametrize(
    ("made", "code", "why"),
    [
        pytest.param(timedelta(days=-3, hours=-2), "PLAN613", "the plan is 3 days 2 hours old", id="old"),
        pytest.param(timedelta(hours=1), "PLAN614", "its age cannot be told", id="from the future"),
    ],
)
def test_an_older_plan_than_allowed_is_refused_before_the_workspace_is_asked(
    scratch, made: timedelta, code: str, why: str
) -> None:
    saved(scratch, created_at=f"{datetime.now(UTC) + made:%Y-%m-%dT%H:%M:%SZ}")
    refused = scratch.run("apply plan.json --max-age 24h")
    assert refused.code == 6
    assert code in refused.err
    assert why in refused.err
    assert scratch.run("apply plan.json").code == 0


@pytest.mark.parametrize("age", ["90m", "24h", "7d"])
def test_a_young_plan_is_applied(scratch, age: str) -> None:
    saved(scratch)
    assert scratch.run(f"apply plan.json --max-age {age}").code == 0


@pytest.mark.parametrize("age", ["24", "0h", "1w", "-1h", "1.5h", "1h30m", "999999d", "٣h"])
def test_an_age_is_a_whole_number_and_a_unit(scratch, age: str) -> None:
    saved(scratch)
    refused = scratch.run(f"apply plan.json --max-age '{age}'")
    assert refused.code == 3
    assert f"`{age}` is no age; ages are like 90m, 24h or 7d" in refused.err


def test_an_age_is_of_a_saved_plan(scratch) -> None:
    refused = scratch.spec(SPEC % "new").run("apply --auto-approve --max-age 24h")
    assert refused.code == 3
    assert "`--max-age` is of a saved plan" in refused.err
    assert active(scratch) == 0


def test_a_plan_file_holds_no_token(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERCOM_TOKEN", "dG9rOmEtdmVyeS1zZWNyZXQ=")
    saved(scratch)
    for output in ("text", "json", "markdown", "html"):
        shown = scratch.run(f"show plan.json --format {output}")
        assert shown.code == 0
        assert "dG9rOmEtdmVyeS1zZWNyZXQ=" not in shown.out + (scratch.root / "plan.json").read_text()


PROTECTED = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db, protected: true}\n"


@pytest.mark.parametrize(
    "more",
    ["", "--auto-approve", "-w sandbox", "--auto-approve --allow-destructive --target attribute.contact"],
)
def test_a_protected_workspace_takes_nothing_but_a_saved_plan(scratch, more: str) -> None:
    scratch.write({"intercom-iac.yaml": PROTECTED}).spec(SPEC % "new")
    refused = scratch.run(f"apply {more}")
    assert refused.code == 6
    assert "PLAN610" in refused.err
    assert active(scratch) == 0
    saved(scratch)
    assert scratch.run("apply plan.json --max-age 1h").code == 0
    assert active(scratch) == 2
