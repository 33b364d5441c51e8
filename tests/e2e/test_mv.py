"""`mv`: what it prints and writes, and that docs/mv.md shows it as it is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import jsonschema
import pytest

from intercom_iac.application import format_schema

PAGE = (Path(__file__).parents[2] / "docs" / "mv.md").read_text("utf-8")
EXAMPLES = re.findall(
    r"```yaml before\n(.*?)```\s+```console\n\$ intercom-iac (.*?)\n(.*?)```\s+```yaml after\n(.*?)```",
    PAGE,
    re.DOTALL,
)
SPECS = "attributes:\n  contact:\n    plan: {type: string}\nsegments:\n  one: {rule: plan = x}  # why\n"
MOVED = (
    "attributes:\n  contact:\n    plan: {type: string, status: deprecated}\n"
    "    tier: {type: string, renamed_from: plan}\nsegments:\n  one: {rule: tier = x}  # why\n"
)


@pytest.fixture
def project(scratch):
    scratch.write({"intercom-iac.yaml": "version: 1\n", "specs/example.yaml": f"version: 1\n{SPECS}"})
    return scratch


def text(project) -> str:
    return (project.root / "specs" / "example.yaml").read_text().removeprefix("version: 1\n")


def test_every_block_of_the_page_is_part_of_an_example() -> None:
    assert len(EXAMPLES) == 2
    assert PAGE.count("```") == 2 * 3 * len(EXAMPLES)


@pytest.mark.parametrize(("before", "command", "printed", "after"), EXAMPLES)
def test_the_page_shows_what_it_prints_and_writes(
    scratch, before: str, command: str, printed: str, after: str
) -> None:
    scratch.write({"intercom-iac.yaml": "version: 1\n", "specs/example.yaml": before})
    result = scratch.run(command)
    assert (result.code, result.out, result.err) == (0, printed, "1 file written\n")
    assert (scratch.root / "specs" / "example.yaml").read_text() == after
    assert scratch.run("check").code == scratch.run("fmt --check").code == 0


def test_a_dry_run_prints_a_diff_that_can_be_applied(project) -> None:
    result = project.run("mv attribute.contact.plan tier --dry-run")
    assert text(project) == SPECS
    assert result.err.endswith("  the rule of segment.one\n1 file would change\n")
    subprocess.run(["git", "apply", "-"], cwd=project.root, input=result.out, text=True, check=True)
    assert text(project) == MOVED


@pytest.mark.parametrize("dry", [True, False])
def test_json(project, dry: bool) -> None:
    result = project.run(
        f"mv attribute.contact.plan attribute.contact.tier --format json{' --dry-run' * dry}"
    )
    assert (result.code, result.err) == (0, "")
    found = result.json
    jsonschema.validate(found, format_schema("mv"))
    assert (found["from"], found["to"], found["written"]) == (
        "attribute.contact.plan",
        "attribute.contact.tier",
        not dry,
    )
    assert found["files"] == ["specs/example.yaml"]
    assert [(change["what"], change["address"], change["line"]) for change in found["changes"]] == [
        ("deprecated", "attribute.contact.plan", 4),
        ("entry", "attribute.contact.tier", 5),
        ("rule", "segment.one", 7),
    ]
    assert text(project) == (SPECS if dry else MOVED)


def test_breaking_finds_a_rename_and_nothing_that_breaks(project) -> None:
    project.write({"before/intercom-iac.yaml": "version: 1\n", "before/specs/a.yaml": f"version: 1\n{SPECS}"})
    assert project.run("mv attribute.contact.plan tier").code == 0
    result = project.run("breaking --against-folder before")
    assert result.code == 0
    assert "Breaking" not in result.out
    assert "tier" in result.out


def test_a_name_that_does_not_fit_is_refused(project) -> None:
    result = project.run("mv attribute.contact.plan email")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("error: `email` is Intercom's own attribute of a contact\n  help: ")
    assert text(project) == SPECS
