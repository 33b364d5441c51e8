"""The texts of a project's files as they would be, and what of them is another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import SourceFile
from intercom_iac.yaml.edits import open_document
from intercom_iac.yaml.nodes import Document, Path

from .rename import What


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is another: its file, the path where it stands in that, and how many names are rewritten in it."""

    what: What
    file: str
    path: Path
    address: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of all files, by their paths in the project."""

    texts: Mapping[str, str]
    parts: tuple[Part, ...] = ()

    def document(self, file: str) -> Document:
        return open_document(SourceFile(file, self.texts[file]))

    def with_text(self, file: str, text: str, *parts: Part) -> Draft:
        return Draft({**self.texts, file: text}, (*self.parts, *parts))

    def with_moved_parts(self, old: Path, new: Path, address: str) -> Draft:
        """The same, where what stood at or below a path has another path and another address."""

        def move(part: Part) -> Part:
            if part.path[: len(old)] != old:
                return part
            return replace(part, path=(*new, *part.path[len(old) :]), address=address)

        return replace(self, parts=tuple(map(move, self.parts)))


def file_of(documents: Iterable[Document], path: Path) -> str:
    """The file that an entry stands in. Raises `Misuse` where it stands in several, for other workspaces each."""
    files = [document.file.path for document in documents if document.node(path) is not None]
    if len(files) != 1:
        raise Misuse(
            f"`{path[-1]}` is declared in several files, for other workspaces each: {', '.join(files)}",
            hint="rename it by hand in each of them",
        )
    return files[0]
