"""What `init` writes: a project that loads clean, and nothing over what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.specs import find_project, format_file, json_schema, load, scaffold

WRITTEN = [
    "intercom-iac.yaml",
    "specs/lifecycle.yaml",
    ".intercom-iac/project.schema.json",
    ".intercom-iac/spec.schema.json",
    ".gitignore",
]


def test_a_new_project_loads_clean(tmp_path: Path) -> None:
    root = tmp_path / "new" / "project"
    written = scaffold(root)
    assert [each.relative_to(root).as_posix() for each in written] == WRITTEN
    project = find_project(root)
    assert project.settings.default_workspace == "sandbox"
    found = load(project)
    assert found.diagnostics == ()
    assert (len(found.schema.attributes), len(found.schema.events), len(found.schema.segments)) == (2, 1, 1)
    for name, kind in (("intercom-iac.yaml", "project"), ("specs/lifecycle.yaml", "spec")):
        text = (root / name).read_text()
        assert format_file(text, name, kind) == text


def test_the_modelines_lead_to_the_schemas(tmp_path: Path) -> None:
    scaffold(tmp_path)
    for name, kind in (("intercom-iac.yaml", "project"), ("specs/lifecycle.yaml", "spec")):
        first = (tmp_path / name).read_text().splitlines()[0]
        target = (tmp_path / name).parent / first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(target.read_text()) == json_schema(kind)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n# mine\n")
    (tmp_path / ".gitignore").write_text("node_modules/")
    written = scaffold(tmp_path)
    assert (tmp_path / "intercom-iac.yaml").read_text() == "version: 1\n# mine\n"
    assert (tmp_path / ".gitignore").read_text() == (
        "node_modules/\n.intercom-iac/*\n!.intercom-iac/*.schema.json\n"
    )
    assert tmp_path / "intercom-iac.yaml" not in written
    assert scaffold(tmp_path) == []


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "specs").write_text("")
    with pytest.raises(InvalidSpecs) as caught:
        scaffold(tmp_path)
    assert [each.code for each in caught.value.diagnostics] == ["SPEC102"]
