"""What the policy applies to: every entry that is not archived, and every metadata key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project.policy.settings import What
from intercom_iac.text import Span
from intercom_iac.yaml.nodes import Node

from ..load.declarations import Declaration, Declarations
from ..load.entries import AttributeEntry, EventEntry, MetadataEntry, SegmentEntry


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry and where it stands. `below` leads from the declaration to it: nowhere, or to a metadata key."""

    kind: What
    word: str
    name: str
    entry: AttributeEntry | EventEntry | MetadataEntry | SegmentEntry
    declaration: Declaration[Any]
    below: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where its name stands."""
        return self.declaration.at(*self.below)

    @property
    def title(self) -> str:
        """What it is called in a sentence."""
        of = f" of `{self.declaration.name}`" if self.below else ""
        return f"the {self.word} `{self.name}`{of}"

    def at(self, *below: str | int) -> Span:
        """Where the key or the list item at a path inside it stands."""
        return self.declaration.at(*self.below, *below)

    def value(self, *below: str | int) -> Span:
        """Where the value at a path inside it stands."""
        return self.declaration.value(*self.below, *below)

    def node(self, key: str) -> Node | None:
        """What stands under one of its keys, well-formed or not."""
        return self.declaration.document.node((*self.declaration.path, *self.below, key))


def subjects_of(declared: Declarations) -> Iterator[Subject]:
    """In the order of files and places, attributes first."""
    for attribute in declared.attributes:
        if attribute.entry.status != "archived":
            yield Subject("attributes", "attribute", attribute.name, attribute.entry, attribute)
    for event in declared.events:
        if event.entry.status == "archived":
            continue
        yield Subject("events", "event", event.name, event.entry, event)
        for key, entry in (event.entry.metadata or {}).items():
            yield Subject("metadata", "metadata key", key, entry, event, ("metadata", key))
    for segment in declared.segments:
        if segment.entry.status != "archived":
            yield Subject("segments", "segment", segment.name, segment.entry, segment)
