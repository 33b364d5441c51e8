"""What docs/publishing.md shows is true: its specs and commands run in order, its codes are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from intercom_iac.diagnostics import all_codes

PAGE = (Path(__file__).parents[2] / "docs" / "publishing.md").read_text("utf-8")
PARTS = re.findall(r"```(yaml|console)\n(.*?)```", PAGE, re.DOTALL)
PROJECT_FILE = "# intercom-iac.yaml\n"


def test_its_specs_and_commands_run_in_their_order(scratch) -> None:
    ran = 0
    for kind, text in PARTS:
        if text.startswith(PROJECT_FILE):
            scratch.write(
                {"intercom-iac.yaml": text, "trial_members.csv": "external_id,since\nuser-1-00001,2026\n"}
            )
        elif kind == "yaml":
            scratch.spec(text)
            if "company tag" in text:
                scratch.apply("--allow-destructive")
        else:
            for command, *lines in (
                part.splitlines() for part in re.split(r"^\$ intercom-iac ", text, flags=re.MULTILINE)[1:]
            ):
                ended = scratch.run(command)
                ran += 1
                assert ended.code == 0, (command, ended)
                shown = " ".join((ended.out + ended.err).split())
                for line in lines:
                    assert " ".join(line.split()) in shown, (command, line, shown)
    assert ran == 12


def test_its_codes_exist() -> None:
    codes = set(re.findall(r"\b(?:PLAN|SPEC)\d+\b", PAGE))
    assert codes <= set(all_codes())
    assert {"PLAN643", "PLAN644", "PLAN645", "PLAN646"} <= codes
