"""What docs/plans.md shows is true: its commands run in their order, its marker is printed, its codes are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intercom_iac.diagnostics import all_codes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plans.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ intercom-iac (.+)$", PAGE, re.MULTILINE)
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


def test_its_codes_are_those_of_plans() -> None:
    named = set(re.findall(r"PLAN\d+", PAGE))
    assert named == {f"PLAN{number}" for number in (607, 608, 609, 610, 613, 614, 615, 616)}
    assert named <= all_codes().keys()


@pytest.mark.parametrize("picture", ["plan.png", "comment.png"])
def test_the_readme_has_the_pictures_and_they_are_small(picture: str) -> None:
    assert f"(docs/pictures/{picture})" in (ROOT / "README.md").read_text("utf-8")
    content = (ROOT / "docs" / "pictures" / picture).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 300_000
