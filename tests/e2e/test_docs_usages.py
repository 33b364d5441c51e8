"""What docs/usages.md shows is true: its code, what is printed of it, and how its commands end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intercom_iac.diagnostics import all_codes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "usages.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ intercom-iac (.+)$", PAGE, re.MULTILINE)


def block(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return found


@pytest.fixture
def project(scratch):
    code = block("ts")
    path = code.splitlines()[0].removeprefix("// ")
    # A sibling folder that a command names is one within, since nothing is written outside of the project.
    scratch.spec(block("yaml").removeprefix("version: 1\n")).write(
        {path: code, "server/app.py": "", "mobile/App.tsx": "Intercom.logEvent('report_exported', more);\n"}
    )
    return scratch


def test_it_prints_what_it_says(project) -> None:
    printed = project.run("usages web").out
    at = 0
    for line in filter(None, block("text").splitlines()):
        found = printed.find(f"{line}\n", at)
        assert found >= 0, line
        at = found


def test_its_commands_end_as_it_says(project) -> None:
    assert len(COMMANDS) >= 8
    for line in COMMANDS:
        command, _, code = line.partition("    # ")
        result = project.run(command.replace("../mobile", "mobile"))
        assert result.code == int(code or 0), (line, result)


def test_its_codes_are_there() -> None:
    codes = set(re.findall(r"`((?:PAYL|USE)[0-9]{3})`", PAGE))
    assert len(codes) >= 18
    assert codes <= all_codes().keys()
