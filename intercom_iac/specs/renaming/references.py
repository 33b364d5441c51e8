"""What other entries say of the one that is renamed: `renamed_from` and `replaces`."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.model import Address, event_key
from intercom_iac.yaml.nodes import Document, Mapping, Path, Scalar

from ..author.entries import literal_text
from ..author.updates import EntryUpdate, update_entries
from .drafts import Draft, Part
from .rename import Rename


def rename_references(draft: Draft, rename: Rename) -> Draft:
    """The draft with the new name in the entries that come after the renamed one.

    Of a segment there are none: its `renamed_from` is a name in Intercom, never a key.
    """
    if rename.old.kind == "segment":
        return draft
    for file in draft.texts:
        document = draft.document(file)
        section = document.node(rename.section)
        names = section.entries if isinstance(section, Mapping) else ()
        updates = {
            name: [*_updates(document, (*rename.section, name), rename)]
            for name in names
            if name != rename.new.name
        }
        parts = [
            Part(
                "reference",
                file,
                (*update.path, update.key),
                str(Address(rename.old.kind, name, rename.old.owner)),
            )
            for name, of_entry in updates.items()
            for update in of_entry
        ]
        if parts:
            text = update_entries(
                document.file, [update for of_entry in updates.values() for update in of_entry]
            )
            draft = draft.with_text(file, text, *parts)
    return draft


def _updates(document: Document, entry: Path, rename: Rename) -> Iterator[EntryUpdate]:
    key = event_key if rename.old.kind == "event" else str
    for path, name in ((entry, "renamed_from"), ((*entry, "replaces"), "attribute")):
        node = document.node((*path, name))
        if isinstance(node, Scalar) and isinstance(node.data, str) and key(node.data) == key(rename.old.name):
            yield EntryUpdate(path=path, key=name, value=literal_text(rename.new.name))
