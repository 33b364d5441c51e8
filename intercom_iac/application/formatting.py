"""Spec files in their canonical form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.specs import (
    DeclaredWords,
    declared_words,
    display_path,
    format_path,
    spec_files,
    unknown_words,
)

from .files import write_atomically
from .session import Session


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file, and what it is called in messages."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file that was formatted, or would be. One with `diagnostics` cannot be read, and is left as it is."""

    name: str
    changed: bool
    diagnostics: tuple[Diagnostic, ...] = ()


def project_files(session: Session) -> tuple[list[NamedFile], list[Diagnostic]]:
    """The spec files of the project, and what is wrong with the folder they are in."""
    paths, diagnostics = spec_files(session.project)
    return [NamedFile(path, display_path(path, session.project.root)) for path in paths], diagnostics


def project_words(find: Callable[[], Session | None]) -> DeclaredWords:
    """The words that the specs of a project declare, found and read when they are first asked for."""

    @cache
    def words() -> frozenset[str] | None:
        session = find()
        return None if session is None else declared_words(session.project)

    return words


def format_files(
    files: Iterable[NamedFile], *, write: bool, words: DeclaredWords = unknown_words
) -> Iterator[Formatted]:
    """Formats one file after the other, and writes those that change where `write` says so.

    `words` are those that the specs declare, which rules keep.
    """
    for file in files:
        try:
            source, formatted = format_path(file.path, file.name, words)
        except InvalidSpecs as error:
            yield Formatted(file.name, changed=False, diagnostics=tuple(error.diagnostics))
            continue
        # A byte-order mark is no part of the text, and goes.
        changed = formatted != source.text or file.path.stat().st_size != len(formatted.encode())
        if changed and write:
            write_atomically(file.path, formatted.encode())
        yield Formatted(file.name, changed=changed)
