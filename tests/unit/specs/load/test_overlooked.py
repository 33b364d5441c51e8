"""What looks like specs, or like the project file, and is not read: told once, with what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, load_specs, spec_files

Load = Callable[..., Loaded]
MakeProject = Callable[..., Path]

SPEC = "version: 1\nevents:\n  paid: {}\n"
TOLD = [
    ("more.YAML", SPEC, "rename it to `more.yaml`"),
    ("more.Yml", "", "rename it to `more.yml`"),
    ("more.yaml.txt", SPEC, "give it the ending `.yaml`"),
    ("more.yaml.j2", SPEC, "give it the ending `.yaml`"),
    ("more.yaml~", SPEC, "give it the ending `.yaml`"),
    ("more.yml.bak", SPEC, "give it the ending `.yaml`"),
    ("more.yaml.orig", SPEC, "give it the ending `.yaml`"),
    ("more.yaml (copy)", SPEC, "give it the ending `.yaml`"),
    ("more.json", '{"version": 1, "events": {"paid": {}}}', "give it the ending `.yaml`"),
    ("more.json", '{\n  "version": 1,\n  "events": {"paid": {}}\n}', "give it the ending `.yaml`"),
    (".more.yaml.k3_x9abq", SPEC, "remove it"),
    (".draft.yaml", SPEC, "give it the ending `.yaml`"),
    (".drafts/more.yaml", SPEC, "give it a name that does not begin with a period"),
    ("below/more.YML", SPEC, "rename it to `more.yml`"),
]


@pytest.mark.parametrize(("name", "text", "remedy"), TOLD)
def test_it_is_told(loaded: Load, name: str, text: str, remedy: str) -> None:
    found = loaded({"specs/a.yaml": "version: 1\n", f"specs/{name}": text})
    [told] = found.diagnostics
    assert (told.code, told.severity) == ("LINT505", "warning")
    assert remedy in (told.hint or "")
    assert str(told.span).startswith(f"specs/{name.partition('/')[0] if name.startswith('.') else name}:1:1")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", SPEC),
        ("notes.txt", SPEC),
        ("data.json", '{"contacts": []}'),
        (".pre-commit-config.yaml", "repos: []\n"),
        (".github/workflows/ci.yaml", "jobs: {}\n"),
        (".github/dependabot.yml", "version: 2\nupdates: []\n"),
        (".git/config.yaml", SPEC),
        ("more.yaml.license", "MIT\n"),
        ("events.csv", "events: 1\n"),
    ],
)
def test_what_is_something_else_is_not(loaded: Load, name: str, text: str) -> None:
    assert loaded({"specs/a.yaml": "version: 1\n", f"specs/{name}": text}).diagnostics == ()


def test_a_pipe_is_not_waited_for(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    os.mkfifo(tmp_path / "specs/more.yaml.bak")
    assert loaded({"specs/a.yaml": "version: 1\n"}).diagnostics == ()


def test_a_project_may_set_its_level_and_fmt_says_nothing(loaded: Load, make_project: MakeProject) -> None:
    files = {"specs/a.yaml": "version: 1\n", "specs/more.YAML": SPEC}
    for level in ("off", "error"):
        settings = f"version: 1\npolicy: {{levels: {{LINT505: '{level}'}}}}\n"
        found = loaded({**files, "intercom-iac.yaml": settings})
        assert [each.severity for each in found.diagnostics] == ([] if level == "off" else ["error"])
    paths, wrong = spec_files(find_project(make_project(files)))
    assert ([each.name for each in paths], wrong) == (["a.yaml"], [])


@pytest.mark.parametrize(
    "name", ["intercom-iac.yml", "intercom-iac.YAML", "Intercom-IaC.yaml", "intercom_iac.yaml"]
)
def test_a_project_file_of_another_name(tmp_path: Path, name: str) -> None:
    """It is refused where none of the right name is there, even one further up; beside one it is told."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    (inner / name).write_text("version: 1\n")
    for explicit in (None, inner):
        with pytest.raises(InvalidSpecs) as caught:
            find_project(inner, explicit)
        [wrong] = caught.value.diagnostics
        assert (wrong.code, wrong.hint) == (
            "SPEC101",
            "rename it to `intercom-iac.yaml`, or name it with `--project`",
        )
        assert f"`{name}`" in wrong.message
    assert find_project(inner, inner / name).source.path == name
    (inner / "specs").mkdir()
    (inner / "specs/a.yaml").write_text("version: 1\n")
    (inner / "intercom-iac.yaml").write_text("version: 1\n")
    [told] = load_specs(find_project(inner)).diagnostics
    assert (told.code, str(told.span)) == ("LINT505", f"{name}:1:1")
    assert load_specs(find_project(inner, inner / name)).diagnostics == ()
