"""What docs/fixes.md shows is true: its example becomes what stands below it."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "fixes.md").read_text("utf-8")
[(BEFORE, AFTER)] = re.findall(r"```yaml before\n(.*?)```\s+```yaml after\n(.*?)```", PAGE, re.DOTALL)


def test_its_example_becomes_what_it_says(scratch) -> None:
    scratch.write({"intercom-iac.yaml": "version: 1\n", "specs/example.yaml": BEFORE})
    result = scratch.run("check --fix")
    assert (scratch.root / "specs/example.yaml").read_text("utf-8") == AFTER
    assert "plan_typ" in result.out
    assert result.err.endswith("1 fix is available with --unsafe-fixes\n")


def test_its_options_are_those_of_the_command(scratch) -> None:
    named = set(re.findall(r"`check (--[^`]+)`", PAGE))
    options = {option for text in named for option in re.findall(r"--[a-z-]+", text)}
    text = scratch.run("check --help").out
    assert options
    assert all(option in text for option in options)
