"""Declarations: the entries of all files, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Generic, TypeVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import MODELS, ModelName
from intercom_iac.text import Excerpt, Span
from intercom_iac.yaml.nodes import Document, Path

from .entries import AssertionEntry, AttributeEntry, EventEntry, SegmentEntry, SpecFile

E = TypeVar("E", AttributeEntry, EventEntry, SegmentEntry, AssertionEntry)


@dataclass(frozen=True, slots=True)
class Declaration(Generic[E]):
    """An entry under its name. `model` says whose it is, for attributes; "contact" for the others."""

    document: Document
    path: Path
    name: str
    entry: E
    model: ModelName = "contact"

    @property
    def address(self) -> str:
        """What plans and rules call it: `attribute.contact.plan_type`."""
        section = str(self.path[0])
        return ".".join((section.removesuffix("s"), *map(str, self.path[1:])))

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.document.key_span(self.path)

    def at(self, *below: str | int) -> Span:
        """Where the key or the list item at a path inside the entry stands."""
        return self.document.key_span((*self.path, *below))

    def value(self, *below: str | int) -> Span:
        """Where the value at a path inside the entry stands."""
        return self.document.span((*self.path, *below))

    def excerpt(self, key: str) -> Excerpt:
        """The text of a key of the entry, mapped to the file."""
        return self.document.excerpt((*self.path, key))


@dataclass(frozen=True, slots=True)
class DeclaredPriorities:
    """The priorities of a file: keys of segments."""

    document: Document
    keys: tuple[str, ...]

    @property
    def span(self) -> Span:
        """Where their name stands."""
        return self.document.key_span(("priorities",))

    def at(self, index: int) -> Span:
        """Where a key stands."""
        return self.document.span(("priorities", index))


@dataclass(frozen=True, slots=True)
class Declarations:
    """The entries in the order of files and places; a name that stands in two files stands here twice.

    `priorities` are those of each file that has some.
    """

    attributes: list[Declaration[AttributeEntry]]
    events: list[Declaration[EventEntry]]
    segments: list[Declaration[SegmentEntry]]
    assertions: list[Declaration[AssertionEntry]] = field(default_factory=list[Declaration[AssertionEntry]])
    priorities: list[DeclaredPriorities] = field(default_factory=list[DeclaredPriorities])


def collect_declarations(specs: Iterable[tuple[Document, SpecFile]]) -> Declarations:
    """The entries of all files."""
    declarations = Declarations([], [], [])
    for document, spec in specs:
        if spec.attributes is not None:
            for model in MODELS:
                section: dict[str, AttributeEntry] = getattr(spec.attributes, model) or {}
                declarations.attributes.extend(
                    Declaration(document, ("attributes", model, name), name, entry, model)
                    for name, entry in section.items()
                )
        declarations.events.extend(
            Declaration(document, ("events", name), name, entry)
            for name, entry in (spec.events or {}).items()
        )
        declarations.segments.extend(
            Declaration(document, ("segments", name), name, entry)
            for name, entry in (spec.segments or {}).items()
        )
        declarations.assertions.extend(
            Declaration(document, ("assertions", name), name, entry)
            for name, entry in (spec.assertions or {}).items()
        )
        if spec.priorities is not None:
            declarations.priorities.append(DeclaredPriorities(document, tuple(spec.priorities)))
    return declarations
