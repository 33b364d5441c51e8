"""Finds the project file at a commit: where it is now, where `moved_from` says it was, or nowhere."""

from __future__ import annotations

import os

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes.breaking import revisions as codes
from intercom_iac.lazy_dataclass import dataclass

from ..project import PROJECT_FILE, Project
from .commits import FOLDER, LINK, SUBMODULE, Commit
from .obstacles import ACCEPT

Findings = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A project file in a repository: its folder from the root, with a slash at its end or empty, and its name."""

    prefix: str
    file: str

    @property
    def path(self) -> str:
        return f"{self.prefix}{self.file}"


def find_place(commit: Commit, project: Project, against: str) -> tuple[Place | None, Findings, Findings]:
    """Where the project was, None for nowhere; what hides it, so that nothing can be compared; and remarks."""
    current = Place(commit.repository.prefix, project.source.path)
    hidden = _check_hidden(commit, current, against)
    if hidden is not None:
        return None, (hidden,), ()
    if _is_file(commit, current):
        unused = project.settings.moved_from is not None
        return current, (), (_moved_already(project, against, current),) if unused else ()
    if project.settings.moved_from is not None:
        return _find_moved(commit, project, against, project.settings.moved_from)
    gone_paths = [
        path
        for path in commit.paths()
        if _is_project_file(path, current) and not _is_in_work_tree(commit, path)
    ]
    if gone_paths:
        return None, tuple(_moved_away(against, current, path) for path in gone_paths), ()
    return None, (), (_not_there_yet(against, current),)


def _find_moved(
    commit: Commit, project: Project, against: str, moved_from: str
) -> tuple[Place | None, Findings, Findings]:
    span = project.document.span(("moved_from",))
    old = _place_named_by(commit, project, moved_from)
    if _is_in_work_tree(commit, old.path):
        message = f"`{old.path}` is still there: the project was not moved from it"
        hint = "take `moved_from` out, or the old project away"
        return None, (codes.NOT_COMPARABLE.at(span, message, hint=hint),), ()
    hidden = _check_hidden(commit, old, against)
    if hidden is not None:
        return None, (hidden,), ()
    if not _is_file(commit, old):
        message = f"`{against}` has no project at `{old.path}`, which `moved_from` names"
        hint = "name the folder it was in, from the root of the repository; `.` is the root itself"
        return None, (codes.NOT_COMPARABLE.at(span, message, hint=hint),), ()
    return old, (), ()


def _place_named_by(commit: Commit, project: Project, moved_from: str) -> Place:
    """`moved_from` names the project file where it ends like one, else its folder."""
    parts = [part for part in moved_from.split("/") if part not in ("", ".")]
    if parts and parts[-1].endswith((".yaml", ".yml")):
        *folders, file = parts
        return Place("".join(f"{part}/" for part in folders), file)
    prefix = "".join(f"{part}/" for part in parts)
    same = Place(prefix, project.source.path)
    return (
        same
        if _check_hidden(commit, same, "") is None and _is_file(commit, same)
        else Place(prefix, PROJECT_FILE)
    )


def _check_hidden(commit: Commit, place: Place, against: str) -> Diagnostic | None:
    """That a project file stands where the commit itself does not say what there is."""
    parts = place.path.split("/")
    for count in range(1, len(parts) + 1):
        path = "/".join(parts[:count])
        mode = commit.mode(path)
        if mode == SUBMODULE:
            message = f"`{path}` is a submodule at `{against}`, whose files are not in this repository"
            return codes.NOT_COMPARABLE.at(None, message, hint=f"{_SUBMODULE}; {ACCEPT}")
        if mode == LINK and count < len(parts):
            message = f"`{path}` is a link at `{against}`, so that the project was in another folder"
            hint = "name that folder, from the root of the repository, as `moved_from` in the project file"
            return codes.NOT_COMPARABLE.at(None, message, hint=f"{hint}; {ACCEPT}")
        if mode != FOLDER:
            return None
    return None


_SUBMODULE = "compare with a folder that has them: `--against-folder DIR`"


def _is_file(commit: Commit, place: Place) -> bool:
    return commit.mode(place.path) not in (None, FOLDER, SUBMODULE)


def _is_project_file(path: str, current: Place) -> bool:
    return path.rpartition("/")[2] in (PROJECT_FILE, current.file)


def _is_in_work_tree(commit: Commit, path: str) -> bool:
    """Whether the work tree has it at this very path: not through a link that was put in place of a folder."""
    top = os.path.realpath(commit.repository.top)
    folder, _, name = path.rpartition("/")
    at = os.path.join(top, folder) if folder else top  # noqa: PTH118  compared as text with what links lead to
    return os.path.realpath(at) == at and os.path.lexists(os.path.join(at, name))  # noqa: PTH118


def _moved_away(against: str, current: Place, path: str) -> Diagnostic:
    folder = path.rpartition("/")[0] or "."
    named = path if current.file != PROJECT_FILE and not path.endswith(f"/{current.file}") else folder
    return codes.NOT_COMPARABLE.at(
        None,
        f"`{against}` has no `{current.path}`, and has `{path}`, which is gone now: the project seems to have moved",
        hint=f"say so in the project file, and it is compared with what it was: `moved_from: {named}`; where it is "
        f"another project, {ACCEPT}",
    )


def _not_there_yet(against: str, current: Place) -> Diagnostic:
    return codes.NOT_THERE_YET.at(
        None,
        f"`{against}` has no `{current.path}`, nor another project that is gone now: everything is new",
        hint="where the project was in another repository, compare with a copy of it: `--against-folder DIR`",
    )


def _moved_already(project: Project, against: str, current: Place) -> Diagnostic:
    return codes.MOVED_ALREADY.at(
        project.document.span(("moved_from",)),
        f"`{against}` has the project at `{current.path}` already: `moved_from` is not needed any more",
        hint="take it out",
    )
