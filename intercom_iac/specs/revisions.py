"""The project as it was: at a revision of its git repository, or in another folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.diagnostics.codes import back_gate as codes

from .git import LINK, Entry, Revision, revision
from .project import PROJECT_FILE, Project, find_project
from .reading import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Base:
    """What the specs are compared with.

    `name` stands before its paths in messages. `project` is None where there was none. `diagnostics` say what of it
    could not be read.
    """

    name: str
    project: Project | None
    diagnostics: tuple[Diagnostic, ...] = ()


@contextmanager
def base_of(project: Project, against: str) -> Generator[Base]:
    """The project at a revision, or in a folder that holds a project file; such a folder comes first.

    A revision's files are in a temporary folder until the end. Raises `Misuse` where `against` is neither.
    """
    if not against.strip():
        # A variable that is not set, most often; as a path it would be this very folder.
        raise Misuse("the revision to compare with is empty", hint="pass one such as `origin/main`")
    folder = Path(against)
    if _holds_project(folder):
        yield _read(project, folder / PROJECT_FILE, against, f"{folder.as_posix()}/")
        return
    found = revision(project.root, against)
    with tempfile.TemporaryDirectory(prefix="intercom-iac-") as made:
        entries = found.entries()
        if not any(each.path == project.source.path for each in entries):
            yield Base(f"{against}:", None, (_not_there(project, against),))
            return
        _write(found, entries, Path(made), project.source.path)
        yield _read(project, Path(made) / project.source.path, against, f"{against}:")


def _holds_project(folder: Path) -> bool:
    try:
        return os.path.lexists(folder / PROJECT_FILE)
    except (OSError, ValueError):
        # Too long, or with characters that no path has: it may be a revision all the same.
        return False


def _not_there(project: Project, against: str) -> Diagnostic:
    return codes.NOT_THERE_YET.at(
        None,
        f"`{against}` has no `{project.source.path}` in this folder: everything is new",
        hint="where the project was moved, compare with a copy of the old folder",
    )


def _read(project: Project, path: Path, against: str, name: str) -> Base:
    """The project of a file. One that cannot be understood has its specs where the new one has them."""
    try:
        return Base(name, find_project(path.parent, path))
    except InvalidSpecs as error:
        first = error.diagnostics[0]
        where = f"{name}{first.span}" if first.span else f"{name}{path.name}"
        said = codes.PARTIAL.at(
            None,
            f"the project file of `{against}` cannot be understood; its specs are looked for in "
            f"`{project.settings.specs}`, and it has no release",
            hint=f"{where}: {first.message}",
        )
        settings = project.settings.model_copy(update={"release": None})
        return Base(name, Project(path.parent, settings, project.source), (said,))


def partial(base: Base, against: str, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """That the old specs have mistakes, where they have. A finding of the project's policy hides nothing of them."""
    errors = [each for each in diagnostics if each.is_error and not each.code.startswith("LINT")]
    if not errors:
        return
    first = errors[0]
    where = f"{base.name}{first.span}: " if first.span is not None else ""
    count = "a mistake" if len(errors) == 1 else f"{len(errors)} mistakes"
    yield codes.PARTIAL.at(
        None,
        f"the specs of `{against}` have {count}: what could not be read of them is not compared",
        hint=f"{where}{first.message}" + ("" if len(errors) == 1 else ", and others"),
    )


# --- a revision on the disk ---------------------------------------------------------------------------------


def _write(found: Revision, entries: list[Entry], folder: Path, project_file: str) -> None:
    """Writes what a project is made of: its file, YAML files, and links, which might lead to some.

    Links come last, so that nothing is written through one; where they lead is judged when they are read.
    """
    wanted = [
        each
        for each in entries
        if each.path == project_file or each.mode == LINK or each.path.endswith((".yaml", ".yml"))
    ]
    for each in wanted:
        if any(part in ("", ".", "..") for part in each.path.split("/")):
            raise Misuse(f"the revision holds a path that is none: `{each.path}`")
    small = [each for each in wanted if each.size <= MAX_BYTES]
    contents = dict(zip(small, found.contents(small), strict=True))
    for each in sorted(wanted, key=lambda each: each.mode == LINK):
        path = folder / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if each not in contents:
            # Told as too large when it is read, for which nothing of it is needed.
            with path.open("xb") as stream:
                stream.truncate(MAX_BYTES + 1)
        elif each.mode == LINK:
            _link(path, os.fsdecode(contents[each]), each.path)
        else:
            with path.open("xb") as stream:
                stream.write(contents[each])


def _link(path: Path, target: str, shown: str) -> None:
    try:
        path.symlink_to(target)
    except (OSError, ValueError) as error:
        raise Misuse(f"the revision holds a link that cannot be made: `{shown}`") from error
