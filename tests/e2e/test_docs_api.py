"""What docs/api.md shows is true: its Python runs in order, its commands print what stands below them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from intercom_iac import api

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
CONSOLE = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def project(scratch) -> Any:
    """A copy of the reference project."""
    shutil.copy(ROOT / "intercom-iac.yaml", scratch.root)
    shutil.copytree(ROOT / "specs", scratch.root / "specs", dirs_exist_ok=True)
    return scratch


def test_its_python_runs(project: Any, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for block in PYTHON:
        exec(compile(block, "docs/api.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "plan_type = trial and trial_end_date within next 3 days" in printed
    assert "['a']" in printed
    assert "sometimes\nnarrower\nada@example.com\nNone\n" in printed
    assert "attribute.contact.plan_type create" in printed
    assert "did you mean `plan_type`?" in printed
    assert (project.root / "plan.json").exists()


def test_its_commands_print_what_it_shows(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = 0
    for block in CONSOLE:
        for command, output in re.findall(r"^\$ intercom-iac (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            command, _, target = command.partition(" > ")
            command, _, source = command.partition(" < ")
            with (project.root / (source or "specs/.keep")).open() as stdin:
                monkeypatch.setattr("sys.stdin", stdin)
                result = project.run(command)
            assert result.code == 0, result
            if target:
                project.write({target: result.out})
            if output:
                assert result.out == output
                shown += 1
    assert shown


def test_it_names_all_that_is_promised() -> None:
    promised = {name for name in api.__all__ if name not in ("Target", "Dialect")}
    for name in promised:
        assert re.search(rf"\b{name}\b", PAGE), name
    for kind in (api.Project, api.Rule, api.Compiled, api.Plan, api.Snapshot, api.Change):
        members = {*vars(kind), *getattr(kind, "__annotations__", {})} - {"content"}
        for member in members:
            assert member.startswith("_") or re.search(rf"\b{member}\b", PAGE), f"{kind.__name__}.{member}"
