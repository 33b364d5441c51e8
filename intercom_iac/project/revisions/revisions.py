"""Reads the project that the specs are compared with: at a git revision, or in another folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.yaml.decoding import MAX_BYTES

from ..files import DiskTree, FileTree
from ..project import PROJECT_FILE, Project, read_project
from .base_reference import BaseReference
from .commit_tree import Blob, CommitTree, DoubleEntry
from .commits import LINK, SUBMODULE, Commit, Entry, open_commit
from .obstacles import obstacles_of, submodule_obstacles
from .places import Place, find_place


@dataclass(frozen=True, slots=True)
class Base:
    """What the specs are compared with.

    `name` stands before its paths in messages. `project` is None where there was none. `obstacles` say what of it
    cannot be read, so that a comparison would miss it; `remarks` are the rest that is to be said of it. `against` is
    its commit, or the folder as a path that no revision can be: what names it in a saved plan. `prefix` is the path
    from the root of the repository to the project's folder there, with a slash at its end; None of a folder.
    """

    name: str
    project: Project | None
    obstacles: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    against: str = ""
    prefix: str | None = None


def read_base(project: Project, against: BaseReference) -> Base:
    """The project at a revision or in a folder.

    A revision's files are read from git at once and kept in memory. Raises `Misuse` where there is no such revision,
    or no project in the folder.
    """
    if not against.name.strip():
        # A variable that is not set, most often; as a path it would be this very folder.
        kind, example = ("folder", "../released") if against.is_folder else ("revision", "origin/main")
        raise Misuse(f"the {kind} to compare with is empty", hint=f"pass one such as `{example}`")
    if against.is_folder:
        return _read_folder(project, against)
    beside = _holds_project(Path(against.name))
    with open_commit(project.root, against.name, project.environment, folder_beside=beside) as commit:
        place, obstacles, remarks = find_place(commit, project, against.name)
        if place is None:
            return Base(f"{against.name}:", None, obstacles, remarks, commit.id)
        moved = f"{place.prefix}" if place.prefix != commit.repository.prefix else ""
        name = f"{against.name}:{moved}"
        entries = commit.entries(place.prefix)
        tree = _read_tree(commit, entries, place)
        root = commit.repository.top / place.prefix
        read, mistakes = _read_project(project, root, tree, place.file, name)
        submodules = submodule_obstacles(name, read.settings.specs, entries)
        return Base(name, read, (*obstacles, *mistakes, *submodules), remarks, commit.id, place.prefix)


def _read_folder(project: Project, against: BaseReference) -> Base:
    folder = Path(against.name)
    if not _holds_project(folder):
        raise Misuse(
            f"the folder `{against.name}` holds no `{PROJECT_FILE}`",
            hint="pass the folder of another project, or a git revision as `--against REV`",
        )
    name = f"{folder.as_posix()}/"
    read, mistakes = _read_project(project, folder, DiskTree(folder), PROJECT_FILE, name)
    path = folder.as_posix() if folder.is_absolute() else f"./{folder.as_posix()}"
    return Base(name, read, tuple(mistakes), against=path)


def _holds_project(folder: Path) -> bool:
    try:
        return os.path.lexists(folder / PROJECT_FILE)
    except (OSError, ValueError):
        # Too long, or with characters that no path has.
        return False


def _read_project(
    project: Project, root: Path, tree: FileTree, path: str, name: str
) -> tuple[Project, list[Diagnostic]]:
    """The project of a file, and what is wrong with that: where it cannot be understood, its specs are where the new
    one has them."""
    read, diagnostics = read_project(root, tree, path, project.environment)
    if read is not None and not diagnostics:
        return read, []
    mistakes = obstacles_of(name, tree, diagnostics, file=path)
    return replace(project, root=root, tree=tree, acceptances=(), release=None), mistakes


def _read_tree(commit: Commit, entries: Sequence[Entry], place: Place) -> CommitTree:
    """What a project is made of, at a commit: its file, YAML files, and links, which might lead to some.

    Raises `Misuse` for a tree that git itself would not make.
    """
    wanted = [
        entry
        for entry in entries
        if entry.mode != SUBMODULE
        and (entry.path == place.file or entry.mode == LINK or entry.path.lower().endswith((".yaml", ".yml")))
    ]
    for entry in wanted:
        if any(part in ("", ".", "..") for part in entry.path.split("/")):
            raise Misuse(f"the revision holds a path that is none: `{entry.path}`")
    small = [entry for entry in wanted if entry.size <= MAX_BYTES]
    contents = dict(zip(small, commit.contents(small), strict=True))
    try:
        return CommitTree(Blob(entry.path, entry.mode == LINK, contents.get(entry)) for entry in wanted)
    except DoubleEntry as error:
        raise Misuse(
            f"the revision holds `{error.path}` twice",
            hint="compare with a folder that has the files: `--against-folder DIR`",
        ) from error
