"""The project as it was: at a revision of its git repository, or in another folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.yaml.reading import MAX_BYTES, reason

from ..project import PROJECT_FILE, Project, find_project
from .commits import LINK, SUBMODULE, Commit, Entry, commit_of
from .obstacles import mistakes_in, submodule
from .places import place_at


@dataclass(frozen=True, slots=True)
class Against:
    """What the specs are compared with: a git revision, or a folder that holds a project."""

    name: str
    is_folder: bool = False

    @property
    def option(self) -> str:
        return "--against-folder" if self.is_folder else "--against"


def against_of(text: str) -> Against:
    """What `--against` means: a revision, whatever folders there are; a path that no revision can be is a folder."""
    beside = text in (".", "..") or text.startswith(("./", "../"))
    return Against(text, is_folder=beside or Path(text).is_absolute())


@dataclass(frozen=True, slots=True)
class Base:
    """What the specs are compared with.

    `name` stands before its paths in messages. `project` is None where there was none. `obstacles` say what of it
    cannot be read, so that a comparison would miss it; `remarks` are the rest that is to be said of it. `against` is
    its commit, or the folder as a path that no revision can be: what names it in a saved plan.
    """

    name: str
    project: Project | None
    obstacles: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    against: str = ""


@contextmanager
def base_of(project: Project, against: Against) -> Generator[Base]:
    """The project at a revision or in a folder.

    A revision's files are in a temporary folder until the end. Raises `Misuse` where there is no such revision, or no
    project in the folder.
    """
    if not against.name.strip():
        # A variable that is not set, most often; as a path it would be this very folder.
        what, such = ("folder", "../released") if against.is_folder else ("revision", "origin/main")
        raise Misuse(f"the {what} to compare with is empty", hint=f"pass one such as `{such}`")
    if against.is_folder:
        yield _in_folder(project, against)
        return
    beside = _holds_project(Path(against.name))
    with commit_of(project.root, against.name, folder_beside=beside) as commit:
        place, obstacles, remarks = place_at(commit, project, against.name)
        if place is None:
            yield Base(f"{against.name}:", None, obstacles, remarks, commit.id)
            return
        with tempfile.TemporaryDirectory(prefix="intercom-iac-") as made:
            entries = commit.entries(place.prefix)
            _write(commit, entries, Path(made), place.file)
            moved = f"{place.prefix}" if place.prefix != commit.repository.prefix else ""
            name = f"{against.name}:{moved}"
            read, mistakes = _read(project, Path(made) / place.file, name)
            submodules = submodule(name, read.settings.specs, entries)
            yield Base(name, read, (*obstacles, *mistakes, *submodules), remarks, commit.id)


def _in_folder(project: Project, against: Against) -> Base:
    folder = Path(against.name)
    if not _holds_project(folder):
        raise Misuse(
            f"the folder `{against.name}` holds no `{PROJECT_FILE}`",
            hint="pass the folder of another project, or a git revision as `--against REV`",
        )
    name = f"{folder.as_posix()}/"
    read, mistakes = _read(project, folder / PROJECT_FILE, name)
    path = folder.as_posix() if folder.is_absolute() else f"./{folder.as_posix()}"
    return Base(name, read, tuple(mistakes), against=path)


def _holds_project(folder: Path) -> bool:
    try:
        return os.path.lexists(folder / PROJECT_FILE)
    except (OSError, ValueError):
        # Too long, or with characters that no path has.
        return False


def _read(project: Project, path: Path, name: str) -> tuple[Project, list[Diagnostic]]:
    """The project of a file, and what is wrong with that: where it cannot be understood, its specs are where the new
    one has them."""
    try:
        return find_project(path.parent, path), []
    except InvalidSpecs as error:
        settings = project.settings.model_copy(update={"release": None})
        mistakes = mistakes_in(name, path.parent, error.diagnostics, file=path.name)
        return Project(path.parent, settings, project.source), mistakes


# --- a revision on the disk ---------------------------------------------------------------------------------


def _write(found: Commit, entries: list[Entry], folder: Path, project_file: str) -> None:
    """Writes what a project is made of: its file, YAML files, and links, which might lead to some.

    Links come last, so that nothing is written through one; where they lead is judged when they are read.
    """
    wanted = [
        each
        for each in entries
        if each.mode != SUBMODULE
        and (each.path == project_file or each.mode == LINK or each.path.lower().endswith((".yaml", ".yml")))
    ]
    for each in wanted:
        if any(part in ("", ".", "..") for part in each.path.split("/")):
            raise Misuse(f"the revision holds a path that is none: `{each.path}`")
    small = [each for each in wanted if each.size <= MAX_BYTES]
    contents = dict(zip(small, found.contents(small), strict=True))
    for entry in sorted(wanted, key=lambda each: each.mode == LINK):
        try:
            _write_entry(folder / entry.path, entry, contents.get(entry))
        except (OSError, ValueError) as error:
            # A name that is too long below the temporary folder, or one that stands twice in a tree made by hand.
            raise Misuse(
                f"`{entry.path}` of the revision cannot be written to a temporary folder: {reason(error)}",
                hint="compare with a folder that has the files: `--against-folder DIR`",
            ) from error


def _write_entry(path: Path, entry: Entry, content: bytes | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is not None and entry.mode == LINK:
        path.symlink_to(os.fsdecode(content))
        return
    with path.open("xb") as stream:
        if content is None:
            # Told as too large when it is read, for which nothing of it is needed.
            stream.truncate(MAX_BYTES + 1)
        else:
            stream.write(content)
