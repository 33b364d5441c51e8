"""What docs/adopting.md shows is true: its things in a workspace become its specs, and what differs is told so."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from intercom_iac.cli.app import program
from support.generators.workspaces import GeneratedWorkspace

PAGE = (Path(__file__).parents[2] / "docs" / "adopting.md").read_text("utf-8")
THINGS = {kind: json.loads(body) for kind, body in re.findall(r"```json (\w+)\n(.*?)```", PAGE, re.DOTALL)}
SPECS = dict(re.findall(r"```yaml ([\w.]+)\n(.*?)```", PAGE, re.DOTALL))
WORKSPACE = GeneratedWorkspace(
    attributes=[THINGS["attribute"]], archived=[], calls=[("/audiences", THINGS["audience"])], segments=[]
)


def test_its_workspace_becomes_its_specs(scratch) -> None:
    (scratch.root / ".intercom-iac").mkdir()
    WORKSPACE.fill(scratch.root / ".intercom-iac" / "sandbox.db")
    assert scratch.run("import").code == 0
    assert len(SPECS) == 2
    written = {path.name: path.read_text("utf-8") for path in (scratch.root / "specs").glob("*.yaml")}
    assert written == SPECS
    assert scratch.run("plan --detailed-exitcode").code == 0


def test_what_differs_is_told_as_it_says(scratch) -> None:
    (scratch.root / ".intercom-iac").mkdir()
    WORKSPACE.fill(scratch.root / ".intercom-iac" / "sandbox.db")
    text = SPECS["attributes.contact.yaml"].replace('"Billing: the plan"', "Plan")
    scratch.write({"specs/attributes.contact.yaml": text})
    shown = re.findall(r"```text differs\n(.*?)```", PAGE, re.DOTALL)
    assert shown[0] in scratch.run("import").out


def test_its_commands_are_commands() -> None:
    lines = [
        line for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
    ]
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("intercom-iac ")]
    assert len(commands) == 4
    for name, *arguments in commands:
        command = program.commands[name]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {argument for argument in arguments if argument.startswith("-")} <= options
