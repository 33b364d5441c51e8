"""What `init` writes: a project that loads clean, and nothing over what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.specs import format_file, json_schema, load_specs, scaffold

WRITTEN = [
    ".gitignore",
    "specs/lifecycle.yaml",
    ".intercom-iac/project.schema.json",
    ".intercom-iac/spec.schema.json",
    "intercom-iac.yaml",
]


def write(folder: Path, upto: int | None = None) -> list[Path]:
    files = list(scaffold(folder).items())[:upto]
    for path, content in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [path for path, _ in files]


def test_a_new_project_loads_clean(tmp_path: Path) -> None:
    root = tmp_path / "new" / "project"
    written = write(root)
    assert [path.relative_to(root).as_posix() for path in written] == WRITTEN
    project = find_project(root)
    assert project.settings.default_workspace == "sandbox"
    found = load_specs(project)
    assert found.diagnostics == ()
    assert (len(found.schema.attributes), len(found.schema.events), len(found.schema.segments)) == (2, 1, 1)
    for name, kind in (("intercom-iac.yaml", "project"), ("specs/lifecycle.yaml", "spec")):
        text = (root / name).read_text()
        assert format_file(text, name, kind) == text


def test_the_modelines_lead_to_the_schemas(tmp_path: Path) -> None:
    write(tmp_path)
    for name, kind in (("intercom-iac.yaml", "project"), ("specs/lifecycle.yaml", "spec")):
        first = (tmp_path / name).read_text().splitlines()[0]
        target = (tmp_path / name).parent / first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(target.read_text()) == json_schema(kind)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n# mine\n")
    (tmp_path / ".gitignore").write_text("node_modules/")
    written = write(tmp_path)
    assert (tmp_path / "intercom-iac.yaml").read_text() == "version: 1\n# mine\n"
    assert (tmp_path / ".gitignore").read_text() == (
        "node_modules/\n.intercom-iac/*\n!.intercom-iac/*.schema.json\n"
    )
    assert tmp_path / "intercom-iac.yaml" not in written
    assert write(tmp_path) == []


@pytest.mark.parametrize("upto", range(len(WRITTEN)))
def test_one_that_was_cut_off_is_ended_by_the_next(tmp_path: Path, upto: int) -> None:
    write(tmp_path, upto)
    write(tmp_path)
    assert all((tmp_path / name).exists() for name in WRITTEN)


def test_what_git_leaves_out_is_added_to_bytes_of_any_kind(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"caf\xe9\r\n")
    write(tmp_path)
    assert (tmp_path / ".gitignore").read_bytes().startswith(b"caf\xe9\r\n.intercom-iac/*\n")


def test_a_gitignore_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    with pytest.raises(InvalidSpecs) as caught:
        scaffold(tmp_path)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["SPEC102"]
