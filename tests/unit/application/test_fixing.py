"""`fix_specs` and `write_fixed_files`: what the fixes come to, and the files written."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.application import fix_specs, write_fixed_files
from intercom_iac.diagnostics import InvalidSpecs, Misuse

GUESS = "events: {paid: {}}\nsegments: {s: {name: S, rule: event pait}}\n"
MISSPELT = "attributes: {contact: {plan: {type: string, descripton: Plan}}}\n"


@pytest.fixture
def project(write) -> Path:
    return write(MISSPELT).project.root


def test_nothing_is_written_by_looking_for_fixes(project: Path) -> None:
    path = project / "specs" / "example.yaml"
    before = path.read_text()
    root, fixed = fix_specs(project / "specs")
    assert root == project
    assert [(file.path, file.before) for file in fixed.files] == [("specs/example.yaml", before)]
    assert fixed.applied == 1
    assert path.read_text() == before


def test_guesses_are_counted_and_made_where_they_are_asked_for(write) -> None:
    root = write(GUESS).project.root
    _, fixed = fix_specs(root)
    assert (fixed.files, fixed.applied, fixed.unsafe) == ((), 0, 1)
    assert fix_specs(root, unsafe=True)[1].applied == 1


def test_a_file_is_written_with_the_byte_order_mark_it_has(project: Path) -> None:
    path = project / "specs" / "example.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    root, fixed = fix_specs(project)
    write_fixed_files(root, fixed.files)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfversion")
    assert b"description: Plan" in path.read_bytes()


def test_a_file_that_changed_meanwhile_is_left_alone(project: Path) -> None:
    root, fixed = fix_specs(project)
    path = project / "specs" / "example.yaml"
    path.write_text("version: 1\n")
    with pytest.raises(Misuse, match="changed while the command ran"):
        write_fixed_files(root, fixed.files)
    assert path.read_text() == "version: 1\n"


def test_a_file_that_is_gone_is_left_gone(project: Path) -> None:
    root, fixed = fix_specs(project)
    path = project / "specs" / "example.yaml"
    path.unlink()
    with pytest.raises(Misuse, match="changed while the command ran"):
        write_fixed_files(root, fixed.files)
    assert not path.exists()


def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(project: Path) -> None:
    (project / "specs" / "other.yaml").write_text("version: 1\n" + MISSPELT.replace("plan", "tier"))
    root, fixed = fix_specs(project)
    first, last = (root / file.path for file in fixed.files)
    before = first.read_bytes()
    last.write_text("version: 1\n")
    with pytest.raises(Misuse):
        write_fixed_files(root, fixed.files)
    assert first.read_bytes() == before


def test_without_a_project_there_is_nothing_to_fix(tmp_path: Path) -> None:
    with pytest.raises(InvalidSpecs):
        fix_specs(tmp_path)
