"""Files that look like specs, or like the project file, and are not read: told, so that nobody thinks they count.

Only `*.yaml` and `*.yml` in lower case are read, and nothing hidden. Another spelling of the ending is told by the
name alone; a copy, a template, JSON or a hidden file where a section of ours stands in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint as codes
from intercom_iac.text import SourceFile, Span

_ENDING = re.compile(r"\.ya?ml$", re.IGNORECASE)
_NEARLY = re.compile(r"\.ya?ml\W|\.ya?ml$|\.json[c5]?$", re.IGNORECASE)
_VERSION = re.compile(rb"""\bversion["']?[ \t]*:""")
_SECTION = re.compile(
    rb"""(?m)^["']?(?:attributes|events|segments)["']?[ \t]*:|"(?:attributes|events|segments)"\s*:"""
)
_PROJECT_FILE = re.compile(r"\.?intercom[-_ ]?iac\.(?:ya?ml|json)(?:\.txt|~)?", re.IGNORECASE)
# Sections stand at the beginning of their lines; a file of this size without one is none of ours.
_MOST = 65_536
_MOVE = "move it out of the specs folder if it is no spec file"


def overlooked(entry: os.DirEntry[str], name: str) -> Iterator[Diagnostic]:
    """A remark where this entry of a specs folder, known to people as `name`, looks like specs and is not read."""
    if entry.is_dir(follow_symlinks=False):
        if entry.name.startswith(".") and entry.name != ".git" and _holds_specs(entry.path):
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
    elif _NEARLY.search(entry.name) and entry.is_file(follow_symlinks=False) and _holds_a_section(entry.path):
        what = (
            "a hidden file" if entry.name.startswith(".") else "a file that does not end in `.yaml` or `.yml`"
        )
        yield _not_read(
            name, what, f"give it the ending `.yaml` if it is a spec file; else {_MOVE.partition(' if')[0]}"
        )


def near_project_files(folder: Path, called: str) -> list[str]:
    """The names in a folder that are nearly a project file's, and not `called` so; [] where none can be seen."""
    try:
        names = [each.name for each in folder.iterdir()]
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


def _holds_specs(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(
                _ENDING.search(entry.name)
                and entry.is_file(follow_symlinks=False)
                and _holds_a_section(entry.path)
                for entry in entries
            )
    except OSError:
        return False


def _holds_a_section(path: str) -> bool:
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(_MOST)
            return bool(_VERSION.search(content) and _SECTION.search(content))
    except OSError:
        return False
