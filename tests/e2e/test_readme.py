"""What the README shows is true: its specs pass, its rules compile, its error is the one that is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intercom_iac.project import find_project
from intercom_iac.specs import load_specs

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def blocks(language: str, beginning: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language and text.startswith(beginning)]


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_its_specs_pass(scratch) -> None:
    (specs,) = blocks("yaml", "version: 1\nattributes:")
    scratch.write({"specs/readme.yaml": specs})
    result = scratch.run("check")
    assert result.code == 0, result.out
    assert result.out == "3 attributes, 1 event, 1 segment, 1 assertion, 2 tests in 1 file: nothing wrong\n"


def test_its_project_file_is_one(scratch) -> None:
    (project,) = blocks("yaml", "# intercom-iac.yaml")
    scratch.write({"intercom-iac.yaml": project}).spec("")
    assert scratch.run("check").code == 0
    assert scratch.run("plan -w production").code == 4


(RULES,) = blocks("text", "plan_type = trial and")


@pytest.mark.parametrize("rule", RULES.splitlines())
def test_its_rules_compile_against_the_reference_specs(scratch, rule: str) -> None:
    result = scratch.run(f"rule compile --project {ROOT} --to english", rule)
    assert result.code == 0, result.err
    assert result.out.startswith("contacts ")


def test_its_error_is_what_a_beginner_sees(scratch, tmp_path: Path) -> None:
    (shown,) = blocks("text", "error[TYPE303]")
    assert scratch.run("init tour").code == 0
    path = tmp_path / "tour" / "specs" / "lifecycle.yaml"
    path.write_text(path.read_text().replace("plan_type = trial", "plan_type = trail"))
    assert scratch.run("check --project tour").out == f"{shown}\n1 error\n"


@pytest.mark.parametrize(
    "command", re.findall(r"^\$ intercom-iac (rule compile .+)$", section("A ten-minute tour"), re.MULTILINE)
)
def test_its_tour_compiles_rules(scratch, command: str) -> None:
    assert scratch.run(f"{command} --project {ROOT}").code == 0


@pytest.mark.parametrize(
    ("command", "first"),
    re.findall(r"^\$ intercom-iac (.+ relate .+)\n(.+)$", section("What segments mean"), re.MULTILINE),
)
def test_its_proofs_say_what_is_shown(scratch, command: str, first: str) -> None:
    assert scratch.run(f"{command} --project {ROOT}").out.startswith(f"{first}\n")


TOUR = [
    line.removeprefix("$ intercom-iac ").partition("    #")[0].strip()
    for _, text in re.findall(r"```(console)\n(.*?)```", section("A ten-minute tour"), re.DOTALL)
    for line in text.splitlines()
]


def test_its_tour_runs_from_beginning_to_end(
    scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = TOUR
    assert first == "init tour && cd tour"
    assert scratch.run("init tour").code == 0
    monkeypatch.chdir(tmp_path / "tour")
    spec = Path("specs/lifecycle.yaml")
    ended = {}
    for command in rest:
        if command == "plan --out plan.json":
            assert "Nothing differs" in scratch.run("plan").out
            spec.write_text(spec.read_text().replace("[free, trial, pro]", "[free, trial, pro, enterprise]"))
        ended[command] = scratch.run(command + (" --auto-approve" if command == "apply" else ""))
        assert ended[command].code == 0, (command, ended[command])
    assert "enterprise" in ended["show plan.json --format markdown"].out
    assert ended["sandbox export"].out.startswith("wrote contacts.ndjson: 1,000 contacts\n")
    (evaluated,) = (each for command, each in ended.items() if command.startswith("rule eval"))
    assert int(evaluated.err.split()[0]) > 0
    (previewed,) = (each for command, each in ended.items() if command.startswith("segment preview"))
    assert "1,000 contacts" in previewed.out


def test_its_commands_for_data_run(scratch) -> None:
    scratch.write({"intercom-iac.yaml": "version: 1\n", "web/chat.ts": "Intercom('update', {score: 1});\n"})
    scratch.spec(
        "attributes: {contact: {score: {type: integer, messenger_writable: true}}}\nevents: {left: {}}"
    )
    scratch.write({"events.ndjson": '{"event_name": "left", "created_at": 1, "user_id": "u1"}\n'})
    commands = re.findall(r"^\$ intercom-iac ([^>\n]+)", section("The data that is sent"), re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["generate", "payload", "usages", "schema"]
    for command in commands:
        assert scratch.run(command.strip()).code == 0, command


def test_it_lists_every_command(scratch) -> None:
    from intercom_iac.cli.program_help import COMMANDS

    listed = section("Commands")
    for command in COMMANDS:
        assert f"`{command}" in listed


def test_its_table_of_properties_is_what_the_specs_hold(scratch) -> None:
    listed = scratch.run(f"check --project {ROOT}")
    assert listed.code == 0
    rows = set(re.findall(r"[a-z]+(?:_[a-z]+)*", section("What you declare").split("| property |")[1]))
    declared = load_specs(find_project(ROOT)).or_raise().attributes
    custom = [name for _, name in declared if name in rows]
    assert len(custom) == 12
    for name in custom:
        assert scratch.run(f"explain attribute.contact.{name} --project {ROOT}").code == 0
    for name in ("name", "size", "plan"):
        assert "its own" in scratch.run(f"explain attribute.company.{name} --project {ROOT}").out
