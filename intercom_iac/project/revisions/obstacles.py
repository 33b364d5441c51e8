"""Obstacles: parts of a revision that cannot be read, so that a comparison would miss what they declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from intercom_iac.diagnostics import Diagnostic, Family
from intercom_iac.diagnostics.codes import spec
from intercom_iac.diagnostics.codes.breaking import revisions as codes

from ..files import FileTree
from .commits import SUBMODULE, Entry

ACCEPT = (
    "accept it for a time: `accept: [{address: specs, code: BACK780, reason: ..., expires: YYYY-MM-DD}]` in the "
    "project file"
)
# What stands in a file instead of its text, by its first bytes.
_SUBSTITUTES = {
    b"version https://git-lfs.github.com/spec/": "a pointer of Git LFS, not the file itself",
    b"\0GITCRYPT\0": "encrypted by git-crypt",
}
_WITH_FILES = "compare with a folder that has the files as they are: `--against-folder DIR`"
# Mistakes that leave everything to be read as it stands, so that nothing of the old specs is hidden by them.
_LEGIBLE = frozenset({spec.NAME_CHARACTERS.id, spec.UNSEEN.id, spec.LOOK_ALIKE.id})
_REPAIR = "compare with a revision whose specs are right; or, where this change repairs them,"


def obstacles_of(
    name: str, tree: FileTree, errors: Iterable[Diagnostic], *, file: str | None = None
) -> list[Diagnostic]:
    """The mistakes of old specs as obstacles, each with its place.

    `name` stands before their paths, `tree` holds their files; `file` is the one meant where a mistake has no place.
    What the project's policy asks hides nothing, nor do names that Intercom would not take and characters that nobody
    sees, where all of a file was read: the change that mends them is compared like any other. A file that something
    else stands in is told once.
    """
    obstacles: dict[str, Diagnostic] = {}
    for error in errors:
        if not error.is_error or error.family is Family.LINT or (file is None and error.code in _LEGIBLE):
            continue
        path = error.span.file.path if error.span is not None else file
        substitute = None if path is None else _find_substitute(tree, path)
        where = f"`{name}{error.span}`: " if error.span is not None else f"`{name}{path or ''}`: "
        if substitute is None:
            message, hint = f"{where}{error.message}", f"{_REPAIR} {ACCEPT}"
        else:
            message, hint = f"`{name}{path}` is {substitute}", f"{_WITH_FILES}; or {ACCEPT}"
        obstacles.setdefault(message, codes.NOT_COMPARABLE.at(None, message, hint=hint))
    return list(obstacles.values())


def _find_substitute(tree: FileTree, path: str) -> str | None:
    """What stands in a file instead of its text; None for its text, and for what cannot be read."""
    try:
        start = tree.read(path, 100)
    except (OSError, ValueError):
        return None
    return next((what for first, what in _SUBSTITUTES.items() if start.startswith(first)), None)


def without_missing_specs(
    errors: Sequence[Diagnostic], submodules: Sequence[Diagnostic]
) -> Sequence[Diagnostic]:
    """The mistakes less those that say that there are no specs, where it is told why there are none."""
    absent = {spec.NO_SPECS_FOLDER.id, spec.NO_SPECS.id}
    return [error for error in errors if not (submodules and error.code in absent)]


def submodule_obstacles(name: str, specs: str, entries: Iterable[Entry]) -> list[Diagnostic]:
    """The submodules that hold specs, or lie among them: their files are not in the repository."""
    folder = PurePosixPath(specs)
    obstacles: list[Diagnostic] = []
    for entry in entries:
        path = PurePosixPath(entry.path)
        if entry.mode != SUBMODULE:
            continue
        # Folders whose names begin with a dot are not read.
        inside = path.is_relative_to(folder)
        hidden = inside and any(part.startswith(".") for part in path.relative_to(folder).parts)
        if folder.is_relative_to(path) or (inside and not hidden):
            message = f"`{name}{entry.path}` is a submodule, whose files are not in this repository"
            obstacles.append(codes.NOT_COMPARABLE.at(None, message, hint=f"{_WITH_FILES}; or {ACCEPT}"))
    return obstacles


def partial_comparison(against: str, obstacles: Sequence[Diagnostic]) -> Diagnostic:
    """That the specs are compared as far as they can be read, which was accepted."""
    count = "one thing" if len(obstacles) == 1 else f"{len(obstacles)} things"
    return codes.PARTIAL.at(
        None,
        f"{count} of `{against}` cannot be read, which is accepted: what that declared is not compared",
        hint=obstacles[0].message + ("" if len(obstacles) == 1 else ", and others"),
    )
