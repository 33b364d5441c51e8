"""What `check` passes as a name, `apply` makes: of every kind of name, in a workspace."""

from __future__ import annotations

import json

ATTRIBUTES = ["job title", "seats, paid", "Größe", "आयु", "年齢", "x\u0323\u0307", "preis in €", "-a-", "1"]
NAMES = [
    "👩\u200d💻 team",
    "don’t know",
    "Say “hi” twice",
    "می\u200cخواهم",
    "5 €",
    "Users’",
    "❤\ufe0f",
    "a: b # c",
    "100%",
    "[x]",
    "a/b",
]


def test_every_name_that_passes_is_made(scratch) -> None:
    quoted = [json.dumps(each, ensure_ascii=False) for each in NAMES]
    scratch.spec(
        "attributes:\n  contact:\n"
        + "".join(f"    {json.dumps(each, ensure_ascii=False)}: {{type: string}}\n" for each in ATTRIBUTES)
        + f"    tier: {{type: options, options: [{', '.join(quoted)}]}}\n"
        + "events:\n"
        + "".join(f"  {each}: {{metadata: {{'k e/y': {{type: string}}}}}}\n" for each in quoted)
        + "segments:\n"
        + "".join(
            f"  {each}: {{name: {each}, rule: email is unknown, publish: [tag, audience]}}\n"
            for each in quoted
        )
    )
    checked = scratch.run("check")
    assert checked.code == 0, checked
    applied = scratch.run("apply --auto-approve")
    assert applied.code == 0, applied
    again = scratch.run("plan --format json")
    assert [each["address"] for each in again.json["changes"] if each["action"] != "manual"] == []


def test_a_plan_file_may_begin_with_a_byte_order_mark(scratch, tmp_path) -> None:
    scratch.spec("events: {paid: {}}\n")
    assert scratch.run("plan --out plan.json").code == 0
    plan = tmp_path / "plan.json"
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes())
    assert scratch.run("apply plan.json").code == 0


def test_a_comment_of_the_base_is_a_comment(scratch, tmp_path) -> None:
    """What hides there is no setting either, and it is told where the specs still have it."""
    old = tmp_path / "old"
    (old / "specs").mkdir(parents=True)
    (old / "intercom-iac.yaml").write_text("version: 1\n")
    (old / "specs/a.yaml").write_text("version: 1\n# a note\u2028events: {paid: {}}\n")
    scratch.spec("# nothing\n")
    compared = scratch.run("breaking --against ./old")
    assert "paid" not in compared.out
    (tmp_path / "specs/example.yaml").write_text("version: 1\n# a note\u2028events: {paid: {}}\n")
    checked = scratch.run("check")
    assert checked.code == 3
    assert "SPEC153" in checked.out
    assert "example.yaml:2:9" in checked.out
