"""What docs/workspaces.md shows is true: its files are a project, and its commands print what stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from intercom_iac.changes import workspace_diff_schema
from intercom_iac.planning import matrix_schema

PAGE = (Path(__file__).parents[2] / "docs" / "workspaces.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
FILES = {
    name: text
    for language, block in BLOCKS
    if language == "yaml"
    for name, text in re.findall(r"\A# (\S+)\n(.*)", block, re.DOTALL)
}
(BAD_RULE,) = re.findall(r"`rule: (answered_by [^`]+)`", PAGE)
(EU,) = re.findall(r"`(eu: \{.*?\})`", PAGE)

SURVEYS = "specs/surveys.yaml"

# What the page says has been changed before a command, by what the command prints.
CHANGES: dict[str, tuple[str, str, str]] = {
    "REF408": ("specs/trials.yaml", "    only: [staging]\n", ""),
    "TYPE": ("specs/support.yaml", "answered_by = '${SUPPORT_TEAM}'", BAD_RULE),
    "EU_TOKEN": ("intercom-iac.yaml", "\nvariables:", f"\n  {EU}\nvariables:"),
}


def commands() -> Iterator[tuple[str, str]]:
    """Each command of the page, and what stands below it up to the next."""
    for language, block in BLOCKS:
        if language == "console":
            yield from re.findall(r"^\$ intercom-iac (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)


def test_the_page_has_them() -> None:
    assert {"intercom-iac.yaml", "specs/trials.yaml", "specs/support.yaml"} < set(FILES)
    assert len(list(commands())) >= 7


def test_its_commands_print_what_it_shows(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EU_TOKEN", raising=False)
    monkeypatch.delenv("SUPPORT_TEAM", raising=False)
    for command, shown in commands():
        # What is in the specs since yesterday, where the page comes to it.
        files = {
            name: text for name, text in FILES.items() if name != SURVEYS or command.startswith("promote")
        }
        scratch.write(files)
        for sign, (file, before, after) in CHANGES.items():
            if sign in shown:
                assert FILES[file].count(before) == 1
                scratch.write({file: FILES[file].replace(before, after)})
        result = scratch.run(command)
        assert result.code in (0, 3, 4)
        if shown:
            printed = re.sub(r"sandbox_[0-9a-f]{8}", "APP_ID", result.out + result.err)
            # A sentence is broken where the ids that stand in it let it.
            assert printed.split() == shown.split()
            if "APP_ID" not in printed:
                assert "\n".join(line.rstrip() for line in printed.splitlines()) == shown.rstrip()


def test_its_json_has_the_keys_that_there_are(scratch) -> None:
    shown, diff = (json.loads(block) for language, block in BLOCKS if language == "json")
    printed = scratch.write(FILES).run("plan --all --format json").json
    assert list(printed) == list(shown)
    assert next(iter(shown["matrix"])) in printed["matrix"]
    jsonschema.Draft202012Validator(matrix_schema()).validate(printed)
    jsonschema.Draft202012Validator(matrix_schema()).validate({**shown, "plans": {}})
    jsonschema.Draft202012Validator(workspace_diff_schema()).validate(diff)
    assert list(diff) == list(scratch.run("diff -w staging -w production --format json").json)
