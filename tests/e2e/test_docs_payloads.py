"""What docs/payloads.md shows is true: its commands print the lines below them, its table is that of the codes."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Scratch
from intercom_iac.diagnostics import Family, codes_of

PAGE = (Path(__file__).parents[2] / "docs" / "payloads.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
FILES = {
    name: (language, text)
    for language, block in BLOCKS
    for name, text in re.findall(r"\A# (\S+)\n(.*)", block, re.DOTALL)
}
WRITTEN = ("invalid.csv", "invalid.errors.ndjson")


def test_its_commands_print_the_lines_below_them(scratch: Scratch) -> None:
    scratch.write({name: text for name, (_, text) in FILES.items() if name not in WRITTEN})
    consoles = "".join(block for language, block in BLOCKS if language == "console")
    commands = re.findall(r"^\$ intercom-iac (.+)\n((?:(?!\$ ).*\n)*)", consoles, re.MULTILINE)
    assert len(commands) == 6
    for command, shown in commands:
        result = scratch.run(command)
        assert result.code == 1, result
        for line in shown.splitlines():
            assert line in result.out, line
    assert (scratch.root / "invalid.csv").read_text() == FILES["invalid.csv"][1]
    lines = (scratch.root / "invalid.errors.ndjson").read_text().splitlines()
    for line, shown in zip(lines, FILES["invalid.errors.ndjson"][1].splitlines(), strict=True):
        assert line.startswith(shown)


def test_its_table_is_that_of_the_codes() -> None:
    rows = re.findall(r"^\| `(PAYL\d+)` \| (\w+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [(code.id, code.severity, code.title) for code in codes_of(Family.PAYL).values()]
