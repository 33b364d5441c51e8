"""What docs/drift.md shows is true: its commands end as it says, in its order, and it names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from intercom_iac.diagnostics import all_codes
from intercom_iac.drift import KINDS
from support.git_repositories import commit
from support.hand_edits import create_attribute, edit_attribute

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "drift.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ intercom-iac (.+)$", PAGE, re.MULTILINE)
[PROJECT] = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SPECS = """\
attributes:
  contact:
    tier: {type: string, description: What they pay for}
events: {signed_up: {}}
segments: {users: {name: Users, rule: role = user}}
"""


def test_its_commands_end_as_it_says(scratch) -> None:
    project = scratch.spec(SPECS)
    project.run("sandbox segment add Users")
    project.apply()
    commit(project.root, "intercom-iac.yaml", "specs")
    assert project.run("drift").code == 0
    edit_attribute(project.root, "tier", description="Billing tier")
    create_attribute(project.root, "hs_owner")
    assert len(COMMANDS) >= 8
    for line in COMMANDS:
        command, _, code = line.partition("    # ")
        result = project.run(command)
        assert result.code == int(code or 0), (line, result)
    assert "hs_owner" in (project.root / "specs" / "example.yaml").read_text("utf-8")


def test_what_it_prints_is_what_is_printed(scratch) -> None:
    project = scratch.spec(SPECS)
    project.run("sandbox segment add Users")
    project.apply()
    commit(project.root, "intercom-iac.yaml", "specs")
    edit_attribute(project.root, "tier", description="Billing tier")
    create_attribute(project.root, "hs_owner")
    shown, adopted = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    told = project.run("drift").out
    told += project.run("drift --adopt attribute.contact.tier attribute.contact.hs_owner").out
    moving = re.compile(r"sandbox_\w+|\b[0-9a-f]{12}\b|\d{4}-\d\d-\d\d \d\d:\d\d UTC")
    for line in (shown + adopted).splitlines():
        assert moving.sub("…", line) in moving.sub("…", told), line


def test_its_project_file_ignores_what_it_says(scratch) -> None:
    project = scratch.spec("segments: {users: {name: Users, rule: role = user}}\n")
    project.write({"intercom-iac.yaml": PROJECT})
    create_attribute(project.root, "hs_owner")
    result = project.run("drift")
    assert result.code == 0, result
    assert "2 ignored" in result.out


def test_it_names_every_kind_and_only_codes_that_are() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.split("### Segments")[0], re.MULTILINE) == list(KINDS)
    assert set(re.findall(r"SPEC\d+", PAGE)) <= all_codes().keys()
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
