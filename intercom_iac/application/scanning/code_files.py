"""The files of code below folders: those that git knows or would add, else all of them, without what others wrote."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final

from intercom_iac.diagnostics import IntercomIacError, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project.revisions.git import person_environment, run_git
from intercom_iac.text import printable
from intercom_iac.usages import SkippedPath, language_of

# Folders of what was fetched or made, at any depth.
_OTHERS_CODE: Final = frozenset(
    {"node_modules", "bower_components", "vendor", "site-packages", "__pycache__", ".git", ".hg", ".svn"}
)
_MINIFIED: Final = (".min.js", ".min.mjs", ".bundle.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFiles:
    """`paths` are files of languages that are read; `skipped` is what was passed over, and why."""

    paths: tuple[Path, ...]
    skipped: tuple[SkippedPath, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """The files below one folder, relative to it."""

    paths: Sequence[str] = ()
    skipped: Sequence[str] = field(default_factory=list[str])
    notes: tuple[str, ...] = ()


def find_code(roots: Iterable[Path], environment: Mapping[str, str]) -> CodeFiles:
    """The files of code below these folders, and these files. In a git repository what it ignores is left out.

    Raises `Misuse` for a path that is not there.
    """
    paths: dict[Path, Path] = {}
    skipped: dict[SkippedPath, None] = {}
    notes: dict[str, None] = {}
    for root in roots:
        if root.is_file():
            paths.setdefault(normal_path(root), root)
            if language_of(root.name) is None:
                skipped[SkippedPath(path=str(root), reason="in no language that is read")] = None
            continue
        if not root.is_dir():
            raise Misuse(
                f"`{printable(str(root))}` is no file and no folder", hint="paths are relative to here"
            )
        listing = _list_folder(root, environment)
        notes |= dict.fromkeys(listing.notes)
        for name in listing.skipped:
            skipped[SkippedPath(path=f"{root / name}/", reason="code of others")] = None
        for name in listing.paths:
            if language_of(name) is None:
                continue
            path = root / name
            if name.lower().endswith(_MINIFIED):
                skipped[SkippedPath(path=str(path), reason="minified")] = None
            elif path.is_file() and not path.is_symlink():
                paths.setdefault(normal_path(path), path)
    return CodeFiles(
        paths=tuple(path for path in paths.values() if language_of(path.name) is not None),
        skipped=tuple(skipped),
        notes=tuple(notes),
    )


def normal_path(path: Path) -> Path:
    """The absolute path that two names for one file share, links left as they are."""
    return Path(os.path.normpath(path.absolute()))


def _list_folder(folder: Path, environment: Mapping[str, str]) -> _Listing:
    top = next((above for above in _with_parents(folder) if os.path.lexists(above / ".git")), None)
    if top is not None:
        listing = _list_with_git(folder, top, environment)
        # A folder that git ignores, and that is named all the same, is meant.
        if listing.paths or listing.notes:
            return _walk(folder, listing.notes) if listing.notes else listing
    return _walk(folder)


def _with_parents(folder: Path) -> Iterator[Path]:
    real = Path(os.path.realpath(folder))
    yield from (real, *real.parents)


def _list_with_git(folder: Path, top: Path, environment: Mapping[str, str]) -> _Listing:
    """What git tracks below a folder, or would add. A note instead where it does not say."""
    try:
        answer = run_git(
            *("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
            cwd=folder,
            tree=top,
            environment=person_environment(environment),
        )
    except IntercomIacError as error:
        return _Listing(notes=(f"`.gitignore` is not respected: {error.message}",))
    if answer.returncode != 0:
        lines = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = printable(lines[0]) if lines else "git fails"
        return _Listing(notes=(f"`.gitignore` is not respected: {reason}",))
    names = sorted({os.fsdecode(name) for name in answer.stdout.split(b"\0") if name})
    paths: list[str] = []
    skipped: dict[str, None] = {}
    for name in names:
        others = _others_folder(name)
        if others is not None:
            skipped[others] = None
        elif (folder / name).is_dir() and not (folder / name).is_symlink():
            # A repository in it, such as a submodule, which lists its own.
            inner = _list_folder(folder / name, environment)
            paths += [f"{name.rstrip('/')}/{path}" for path in inner.paths]
            skipped |= {f"{name.rstrip('/')}/{path}": None for path in inner.skipped}
        else:
            paths.append(name)
    return _Listing(paths=paths, skipped=list(skipped))


def _others_folder(name: str) -> str | None:
    """The folder of others' code that a path leads through."""
    parts = name.split("/")
    for at, part in enumerate(parts[:-1]):
        if part in _OTHERS_CODE:
            return "/".join(parts[: at + 1])
    return None


def _walk(folder: Path, notes: tuple[str, ...] = ()) -> _Listing:
    """All files below a folder; hidden folders and virtual environments are nobody's sources."""
    paths: list[str] = []
    skipped: list[str] = []
    for place, folders, files in os.walk(folder):
        here = Path(place).relative_to(folder)
        others = [name for name in folders if name in _OTHERS_CODE]
        skipped += [(here / name).as_posix() for name in sorted(others)]
        folders[:] = sorted(
            name
            for name in folders
            if name not in _OTHERS_CODE
            and not name.startswith(".")
            and not os.path.lexists(Path(place, name, "pyvenv.cfg"))
        )
        paths += [(here / name).as_posix() for name in sorted(files)]
    return _Listing(paths=paths, skipped=skipped, notes=notes)
