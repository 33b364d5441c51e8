"""What a diagnostic of a spec file is about: the entry it stands in, where it does not say itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import MODELS
from intercom_iac.model.address import attribute_address, event_address, metadata_address, segment_address
from intercom_iac.yaml.nodes import Document, Mapping, Node

# How far back an entry is sought that a place may still be in.
_MOST_BACK = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry stands in its file, its name included."""

    start: int
    end: int
    address: str


def with_subjects(diagnostics: Iterable[Diagnostic], documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """The diagnostics, those inside an entry with its address as their subject; a metadata key is an entry too."""
    entries = _Entries(documents)
    for diagnostic in diagnostics:
        if diagnostic.subject is not None or diagnostic.span is None:
            yield diagnostic
            continue
        subject = entries.address_at(diagnostic.span.file.path, diagnostic.span.start)
        yield diagnostic if subject is None else replace(diagnostic, subject=subject)


class _Entries:
    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents

    @cached_property
    def _by_file(self) -> dict[str, list[_Entry]]:
        return {
            document.file.path: sorted(_entries(document), key=lambda entry: entry.start)
            for document in self._documents
        }

    def address_at(self, path: str, place: int) -> str | None:
        """The address of the innermost entry at a place of a file."""
        entries = self._by_file.get(path, [])
        index = bisect_right(entries, place, key=lambda entry: entry.start) - 1
        # Behind the metadata keys of an event, ten at most, there may be more of the event.
        for entry in reversed(entries[max(0, index - _MOST_BACK) : index + 1]):
            if place < entry.end:
                return entry.address
        return None


def _entries(document: Document) -> Iterator[_Entry]:
    for model in MODELS:
        for name, start, value in _section_entries(document.node(("attributes", model))):
            yield _Entry(start, value.end, attribute_address(model, name))
    for event, start, value in _section_entries(document.node(("events",))):
        yield _Entry(start, value.end, event_address(event))
        for key, key_start, metadata in _section_entries(document.node(("events", event, "metadata"))):
            yield _Entry(key_start, metadata.end, metadata_address(event, key))
    for key, start, value in _section_entries(document.node(("segments",))):
        yield _Entry(start, value.end, segment_address(key))


def _section_entries(node: Node | None) -> Iterator[tuple[str, int, Node]]:
    """The entries of a section: the name, where it begins, and the value."""
    if isinstance(node, Mapping):
        for name, (start, _, value) in node.entries.items():
            yield name, start, value
