"""The words that the specs of a project declare: names of attributes and metadata, and options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from intercom_iac.project import Project
from intercom_iac.project.files import read_text
from intercom_iac.yaml.builder import build

from ..load.entries import spec_keys
from ..load.expansion import holds_variables
from ..load.listing import list_spec_files

DeclaredWords = Callable[[], frozenset[str] | None]
"""Gives the words, in folded case; None where they are not known."""


def unknown_words() -> None:
    """No words are known: where there is no project."""
    return


def declared_words(project: Project) -> frozenset[str] | None:
    """The words in folded case; None where a file cannot be read, or a variable stands in the place of one."""
    listed, _ = list_spec_files(project)
    if not listed.is_complete:
        return None
    found: set[str] = set()
    for path in listed.paths:
        file, diagnostics = read_text(project.tree, path, path)
        root, mistakes = build(file, spec_keys)
        if diagnostics or mistakes:
            return None
        data: Any = None if root is None else root.data
        if isinstance(data, dict):
            sections = cast("dict[Any, Any]", data)
            found |= {word for section in ("attributes", "events") for word in _words(sections.get(section))}
    if any(map(holds_variables, found)):
        return None
    return frozenset(word.casefold() for word in found)


def _words(data: Any) -> Iterator[str]:
    """The keys and the options below a section."""
    if not isinstance(data, dict):
        return
    for key, value in cast("dict[Any, Any]", data).items():
        yield str(key)
        if key == "options" and isinstance(value, list):
            yield from map(str, cast("list[Any]", value))
        yield from _words(value)
