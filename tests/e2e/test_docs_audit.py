"""What docs/audit.md shows is true: its commands print the lines below them, its table is that of the codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import Scratch
from intercom_iac.diagnostics import Family
from intercom_iac.diagnostics.registry import codes_of

PAGE = (Path(__file__).parents[2] / "docs" / "audit.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
FAILING = "audit --fail-on warning"


def test_its_commands_print_the_lines_below_them(scratch: Scratch) -> None:
    for language, block in BLOCKS:
        if language == "yaml":
            name, text = re.findall(r"\A# (\S+)\n(.*)", block, re.DOTALL)[0]
            scratch.write({name: text})
    # As `usages --format json` prints it for code that names none of the attributes.
    unused = ["attribute.contact.plan_type", "attribute.contact.planType"]
    found = {"format_version": "1.0", "files": 2, "uses": [], "findings": [], "unused": unused}
    scratch.write({"usages.json": json.dumps(found)}).apply()
    consoles = "".join(block for language, block in BLOCKS if language == "console")
    commands = re.findall(r"^\$ intercom-iac (.+)\n((?:(?!\$ ).*\n)*)", consoles, re.MULTILINE)
    assert len(commands) >= 5
    for command, shown in commands:
        result = scratch.run(command)
        assert result.code == int(command == FAILING), result
        for line in shown.splitlines():
            assert line in result.out


def test_its_table_is_that_of_the_codes() -> None:
    rows = re.findall(r"^\| `(AUDIT\d+)` \| (\w+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [(code.id, code.severity, code.title) for code in codes_of(Family.AUDIT).values()]
