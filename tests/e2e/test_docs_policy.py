"""What docs/policy.md shows is true: each project and its specs print just the findings below them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import policy
from intercom_iac.project.policy.settings import LengthSettings, NamingSettings, PolicySettings
from intercom_iac.yaml.shapes import keys_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "policy.md").read_text("utf-8")
EXAMPLES = re.findall(
    r"```yaml project\n(.*?)```\s+```yaml specs\n(.*?)```\s+```text findings\n(.*?)```", PAGE, re.DOTALL
)


def test_every_block_is_part_of_an_example() -> None:
    assert len(EXAMPLES) == 10
    assert PAGE.count("```") == 2 * 3 * len(EXAMPLES)


@pytest.mark.parametrize(("project", "specs", "findings"), EXAMPLES)
def test_its_examples_print_what_they_say(scratch, project: str, specs: str, findings: str) -> None:
    scratch.write({"intercom-iac.yaml": project, "specs/example.yaml": specs})
    result = scratch.run("check")
    printed, _, counted = result.out.rpartition("\n\n")
    assert f"{printed}\n" == findings
    assert re.search(r"\d (error|warning)", counted)
    assert result.code == (3 if "error[" in findings else 0)


@pytest.mark.parametrize(("project", "specs", "findings"), EXAMPLES)
def test_plan_and_apply_hold_the_specs_to_the_same(scratch, project: str, specs: str, findings: str) -> None:
    scratch.write({"intercom-iac.yaml": project, "specs/example.yaml": specs})
    wanted = re.findall(r"\[(LINT\d+)\]: (.+)", findings)
    assert wanted
    for command in ("plan", "apply --auto-approve"):
        result = scratch.run(command)
        assert result.code == (3 if "error[" in findings else 0)
        # A plan folds what it says to its width.
        told = " ".join((result.out + result.err).split())
        assert all(code in told and message in told for code, message in wanted)


@pytest.mark.parametrize(("project", "specs", "findings"), EXAMPLES)
def test_formatting_its_specs_changes_no_finding(scratch, project: str, specs: str, findings: str) -> None:
    scratch.write({"intercom-iac.yaml": project, "specs/example.yaml": specs})
    before = scratch.run("check --format json").json["diagnostics"]
    assert scratch.run("fmt").code == 0
    after = scratch.run("check --format json").json["diagnostics"]
    assert [(each["code"], each["message"]) for each in after] == [
        (each["code"], each["message"]) for each in before
    ]


def test_it_has_every_setting_and_every_code() -> None:
    shown = "\n".join(project for project, _, _ in EXAMPLES)
    settings = [*keys_of(PolicySettings), *keys_of(NamingSettings), *keys_of(LengthSettings)]
    for key in settings:
        assert re.search(rf"^ +{key}:", shown, re.MULTILINE), key
    for code in vars(policy).values():
        if isinstance(code, Code) and code.id.startswith(("LINT56", "LINT57")):
            assert f"`{code.id}`" in PAGE
