"""Specs are loaded from any `FileTree`: as they are saved, as an editor has them, or from memory alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from intercom_iac.project import DiskTree, FileTree, OverlayTree, read_project
from intercom_iac.project.revisions.commit_tree import Blob, CommitTree
from intercom_iac.specs import Loaded, load_specs

MakeProject = Callable[[Mapping[str, str]], Path]

SEATS = "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"
ROOMS = "version: 1\nattributes: {contact: {rooms: {type: integer}}}\n"


def loaded(tree: FileTree) -> Loaded:
    project, diagnostics = read_project(Path("/nowhere"), tree, "intercom-iac.yaml", {})
    assert project is not None
    assert diagnostics == []
    return load_specs(project)


def names(found: Loaded) -> list[str]:
    return [name for _, name in found.schema.attributes]


def test_unsaved_texts_win(make_project: MakeProject) -> None:
    root = make_project({"specs/a.yaml": SEATS, "specs/b.yaml": "version: 1\n"})
    unsaved = {"specs/a.yaml": ROOMS.encode(), "specs/new/c.yaml": SEATS.encode()}
    found = loaded(OverlayTree(DiskTree(root), unsaved))
    assert (names(found), found.diagnostics) == (["rooms", "seats"], ())
    assert [file.path for file in found.files] == ["specs/a.yaml", "specs/b.yaml", "specs/new/c.yaml"]
    assert names(loaded(DiskTree(root))) == ["seats"]


def test_an_unsaved_project_file_is_the_one_that_is_read(make_project: MakeProject) -> None:
    root = make_project({"specs/a.yaml": SEATS, "schema/a.yaml": ROOMS})
    unsaved = {"intercom-iac.yaml": b"version: 1\nspecs: schema\n"}
    assert names(loaded(OverlayTree(DiskTree(root), unsaved))) == ["rooms"]


def test_a_mistake_in_an_unsaved_text_stands_where_it_stands_there(make_project: MakeProject) -> None:
    root = make_project({"specs/a.yaml": SEATS})
    [wrong] = loaded(OverlayTree(DiskTree(root), {"specs/a.yaml": b"\nversion: 1\nevnets: {}\n"})).diagnostics
    assert (wrong.code, str(wrong.span)) == ("SPEC121", "specs/a.yaml:3:1")


def test_a_project_may_be_in_memory_alone() -> None:
    files = {"intercom-iac.yaml": b"version: 1\n", "specs/a.yaml": SEATS.encode()}
    tree = CommitTree(Blob(path, is_link=False, content=content) for path, content in files.items())
    assert names(loaded(tree)) == ["seats"]
