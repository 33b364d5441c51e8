"""What docs/renames.md shows is true: its specs and commands run in order, its tables are those of the code."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import all_codes
from intercom_iac.model.conversions import CONVERSIONS
from intercom_iac.sandbox import Request, Sandbox

PAGE = (Path(__file__).parents[2] / "docs" / "renames.md").read_text("utf-8")
PARTS = re.findall(r"```(yaml|console)\n(.*?)```|(<!-- the values are copied -->)", PAGE, re.DOTALL)
BILLING = {"trial": "none", "pro": "paid"}


def people(database: Path, values: dict[str, Any] | None = None) -> None:
    """Makes two people with a plan, or gives them what `convert` makes of it."""
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    with closing(Sandbox(database)) as sandbox:

        def call(method: str, path: str, body: Any) -> Any:
            answer = sandbox.handle(Request(method, path, {}, headers, json.dumps(body).encode()))
            assert answer.status == 200, answer.body
            return json.loads(answer.body)

        if values is None:
            for plan in BILLING:
                call("POST", "/contacts", {"external_id": plan, "custom_attributes": {"plan": plan}})
            return
        for person in call("GET", "/contacts", None)["data"]:
            plan = person["custom_attributes"]["plan"]
            call("PUT", f"/contacts/{person['id']}", {"custom_attributes": {"billing": values[plan]}})


def test_its_specs_and_commands_run_in_their_order(scratch) -> None:
    database = scratch.root / ".intercom-iac" / "sandbox.db"
    ran = 0
    for kind, text, copied in PARTS:
        if copied:
            people(database, BILLING)
        elif kind == "yaml":
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
                    following = PARTS[PARTS.index((kind, text, copied)) + 1][1]
                    assert fixed == f"version: 1\n{following}"
            if ran == 1:
                people(database)
    assert ran == 10


def test_its_table_of_conversions_is_that_of_the_code() -> None:
    rows = re.findall(
        r"^\| (\w+) \| (\w+) \| (.*?) \| (.*?) ?\|$", PAGE.split("## Conversions")[1], re.MULTILINE
    )
    expected = [(rule.was, rule.now, rule.how, rule.lost or "") for rule in CONVERSIONS.values()]
    assert [(was, now, how, lost) for was, now, how, lost in rows if was != "from"] == expected


def test_its_codes_are_there() -> None:
    assert set(re.findall(r"`([A-Z]{3,}\d{3})`", PAGE)) <= all_codes().keys()
