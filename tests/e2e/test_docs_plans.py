"""What docs/plans.md shows is true: its commands run in their order, its marker is printed, its codes are there."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest

from intercom_iac.diagnostics import all_codes
from intercom_iac.sandbox import Request, Sandbox

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plans.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ intercom-iac (.+)$", PAGE, re.MULTILINE)
((ROOM, ROOM_ENTRIES),) = re.findall(r"^(To make room, .*\n  .*\n.*:\n)((?:    .*\n)+)", PAGE, re.MULTILINE)
(MARKER,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


def test_its_commands_run(scratch) -> None:
    scratch.spec(
        "attributes: {contact: {seats: {type: integer}}}\nsegments: {big: {name: Big, rule: seats > 5}}\n"
    )
    ended = {command: scratch.run(command) for command in COMMANDS}
    assert len(ended) == 8
    assert {command: each.code for command, each in ended.items() if each.code} == {}
    assert "add filter" in ended["show plan.json --full"].out
    assert ended["show plan.json --format markdown"].out.startswith(MARKER)
    assert 'id="attribute.contact.seats"' in ended["show plan.json --format html"].out


def test_what_it_says_of_a_plan_over_the_cap(scratch) -> None:
    fields = "".join(f"    field_{number:03}: {{type: string}}\n" for number in range(250))
    scratch.spec(f"attributes:\n  contact:\n{fields}").apply()
    filled = {f"field_{number:03}": "x" for number in range(250) if number != 1}
    with Sandbox(scratch.root / ".intercom-iac" / "sandbox.db") as sandbox:
        for person in range(2):
            body = json.dumps({"external_id": str(person), "custom_attributes": filled}).encode()
            sandbox.handle(Request("POST", "/contacts", {}, {"authorization": "Bearer x"}, body))
    scratch.spec("attributes: {contact: {one_more: {type: string}}}\n")
    result = scratch.run("plan")
    assert result.code == 6
    assert f"{ROOM}{ROOM_ENTRIES}" in result.out
    assert "at most 300 contacts and 150 companies" in " ".join(PAGE.split())
    scratch.write({"specs/archived.yaml": textwrap.dedent(ROOM_ENTRIES)})
    assert "To make room" not in scratch.run("plan").out


def test_its_codes_are_those_of_plans() -> None:
    named = set(re.findall(r"PLAN\d+", PAGE))
    assert named == {f"PLAN{number}" for number in (601, 607, 608, 609, 610, 613, 614, 615, 616, 660)}
    assert named <= all_codes().keys()


@pytest.mark.parametrize("picture", ["plan.png", "comment.png", "audit.png", "segments.png"])
def test_the_readme_has_the_pictures_and_they_are_small(picture: str) -> None:
    assert f"(docs/pictures/{picture})" in (ROOT / "README.md").read_text("utf-8")
    content = (ROOT / "docs" / "pictures" / picture).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 300_000
