"""Warnings about files that look like specs, or like the project file, and are not read.

Only `*.yaml` and `*.yml` in lower case are read, and nothing hidden. A file with another spelling of the ending is
reported by its name alone; a copy, a template, JSON or a hidden file only where it holds a section of a spec file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

from .files import FileEntry, FileTree

_ENDING = lazy_pattern(r"\.ya?ml$", re.IGNORECASE)
_NEARLY = lazy_pattern(r"\.ya?ml\W|\.ya?ml$|\.json[c5]?$", re.IGNORECASE)
# What files are called until they take the place of a spec file; one is left where the program is killed.
_STOPPED_WRITE = lazy_pattern(r"\..+\.ya?ml\.[a-z0-9_]{8}")
_VERSION = lazy_pattern(rb"""\bversion["']?[ \t]*:""")
_SECTION = lazy_pattern(
    rb"""(?m)^["']?(?:attributes|events|segments)["']?[ \t]*:|"(?:attributes|events|segments)"\s*:"""
)
_PROJECT_FILE = lazy_pattern(r"\.?intercom[-_ ]?iac\.(?:ya?ml|json)(?:\.txt|~)?", re.IGNORECASE)
# Sections stand at the beginning of their lines; a file of this size without one is none of ours.
_BYTES_SEARCHED = 65_536
_MOVE = "move it out of the specs folder if it is no spec file"


def check_overlooked(tree: FileTree, path: str, entry: FileEntry, name: str) -> Iterator[Diagnostic]:
    """A remark where an entry of a specs folder looks like specs and is not read.

    `path` is where it stands in the tree, `name` what people know it as.
    """
    if entry.kind == "folder":
        if entry.name.startswith(".") and entry.name != ".git" and _holds_specs(tree, path):
            yield _not_read(
                name, "a hidden folder", "give it a name that does not begin with a period, or " + _MOVE
            )
        return
    ending = _ENDING.search(entry.name)
    if ending and not entry.name.startswith("."):
        renamed = f"{entry.name[: ending.start()]}{ending.group().lower()}"
        yield _not_read(
            name, f"a file that ends in `{ending.group()}`", f"rename it to `{renamed}`, or {_MOVE}"
        )
    elif _STOPPED_WRITE.fullmatch(entry.name) and entry.kind == "file" and _holds_a_section(tree, path):
        yield _not_read(name, "a file that a stopped program was writing", "remove it")
    elif _NEARLY.search(entry.name) and entry.kind == "file" and _holds_a_section(tree, path):
        what = (
            "a hidden file" if entry.name.startswith(".") else "a file that does not end in `.yaml` or `.yml`"
        )
        yield _not_read(
            name, what, f"give it the ending `.yaml` if it is a spec file; else {_MOVE.partition(' if')[0]}"
        )


def near_project_files(tree: FileTree, called: str) -> list[str]:
    """The names at the root of a tree that are nearly a project file's, and not `called` so; [] where it cannot be
    listed."""
    try:
        names = [entry.name for entry in tree.entries(".")]
    except OSError:
        return []
    return sorted(name for name in names if name != called and _PROJECT_FILE.fullmatch(name))


def near_project_file(name: str, called: str) -> Diagnostic:
    """The remark on such a file beside the project file."""
    return _not_read(
        name, f"a file that is not called `{called}`", f"remove it, or move what it says to `{called}`"
    )


def _not_read(name: str, what: str, hint: str) -> Diagnostic:
    return codes.NOT_READ.at(
        Span(SourceFile(name, ""), 0, 0), f"this looks like specs and is not read: {what}", hint=hint
    )


def _holds_specs(tree: FileTree, folder: str) -> bool:
    try:
        entries = tree.entries(folder)
    except OSError:
        return False
    return any(
        _ENDING.search(entry.name)
        and entry.kind == "file"
        and _holds_a_section(tree, f"{folder}/{entry.name}")
        for entry in entries
    )


def _holds_a_section(tree: FileTree, path: str) -> bool:
    try:
        content = tree.read(path, _BYTES_SEARCHED)
    except OSError:
        return False
    return bool(_VERSION.search(content) and _SECTION.search(content))
