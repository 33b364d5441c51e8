"""What docs/renames.md shows is true: its specs and commands run in order, its tables are those of the code."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

from intercom_iac.diagnostics import all_codes
from intercom_iac.model.conversions import CONVERSIONS
from intercom_iac.sandbox import Request, Sandbox

PAGE = (Path(__file__).parents[2] / "docs" / "renames.md").read_text("utf-8")
PARTS = re.findall(r"```(yaml|console)\n(.*?)```", PAGE, re.DOTALL)


def people(database: Path) -> None:
    """Makes two people with a plan."""
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    with closing(Sandbox(database)) as sandbox:
        for plan in ("trial", "pro"):
            body = {"external_id": plan, "custom_attributes": {"plan": plan}}
            answer = sandbox.handle(Request("POST", "/contacts", {}, headers, json.dumps(body).encode()))
            assert answer.status == 200, answer.body


def test_its_specs_and_commands_run_in_their_order(scratch) -> None:
    database = scratch.root / ".intercom-iac" / "sandbox.db"
    ran = 0
    for kind, text in PARTS:
        if kind == "yaml":
            scratch.spec(text)
        else:
            for command, *lines in (
                part.splitlines() for part in re.split(r"^\$ intercom-iac ", text, flags=re.MULTILINE)[1:]
            ):
                ended = scratch.run(command)
                ran += 1
                assert ended.code == 0, (command, ended)
                shown = " ".join((ended.out + ended.err).split())
                for line in lines:
                    assert " ".join(line.split()) in shown, (command, line, ended.out)
                if command == "check --fix":
                    fixed = (scratch.root / "specs" / "example.yaml").read_text()
                    following = PARTS[PARTS.index((kind, text)) + 1][1]
                    assert fixed == f"version: 1\n{following}"
            if ran == 1:
                people(database)
    assert ran == 13


def test_its_table_of_conversions_is_that_of_the_code() -> None:
    rows = re.findall(
        r"^\| (\w+) \| (\w+) \| (.*?) \| (.*?) ?\|$", PAGE.split("## Conversions")[1], re.MULTILINE
    )
    expected = [(rule.was, rule.now, rule.how, rule.lost or "") for rule in CONVERSIONS.values()]
    assert [(was, now, how, lost) for was, now, how, lost in rows if was != "from"] == expected


def test_its_codes_are_there() -> None:
    assert set(re.findall(r"`([A-Z]{3,}\d{3})`", PAGE)) <= all_codes().keys()
