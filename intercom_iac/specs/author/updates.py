"""Keys of entries that stand in a spec file, given other values: spliced in, with everything else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from intercom_iac.diagnostics import EditRefused
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import SourceFile
from intercom_iac.yaml.edits import (
    Change,
    Insertion,
    Removal,
    Replacement,
    apply_edits,
    edit_together,
    open_document,
)
from intercom_iac.yaml.nodes import Document, Mapping, Path

from .order import place_in_format, position_among


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUpdate:
    """A key of an entry and its value from now on; None removes the key, where it stands.

    `path` leads to the entry, `("attributes", "contact", "plan_type")`, or to a mapping in it. `value` is what the
    file shall say, as the data of an `Entry` is: `literal_text` keeps a `${` in the workspace's text from being read
    as a variable.
    """

    path: Path
    key: str
    value: Any


def update_entries(file: SourceFile, updates: Sequence[EntryUpdate]) -> str:
    """The text of a spec file with these keys at these values, all of them in one pass over it.

    A key that is new stands where `fmt` would put it. Comments stay, but for one on the line of a key that is
    removed. Raises `LookupError` for an entry that the file does not have, `EditRefused` where a value is written in
    a way that cannot be edited in place, and `InvalidSpecs` for a file that cannot be read.
    """
    text = file.text
    try:
        document = open_document(file)
        return apply_edits(text, edit_together(document, _changes(document, updates)))
    except (EditRefused, ValueError):
        # Where two of them reach into each other, or one cannot be made, one after the other tells which.
        for update in updates:
            document = open_document(SourceFile(file.path, text))
            text = apply_edits(text, edit_together(document, _changes(document, [update])))
        return text


def _changes(document: Document, updates: Iterable[EntryUpdate]) -> list[Change]:
    changes: list[Change] = []
    for update in updates:
        entry = document.node(update.path)
        if entry is None:
            raise LookupError(f"nothing stands at {update.path!r}")
        stands = isinstance(entry, Mapping) and update.key in entry.entries
        if update.value is None:
            changes += [Removal(update.path, update.key)] if stands else []
        elif stands:
            changes.append(Replacement((*update.path, update.key), update.value))
        else:
            position = position_among(entry, update.path, update.key)
            changes.append(Insertion(update.path, {update.key: update.value}, position))
    return sorted(changes, key=_place_of_new_key)


def _place_of_new_key(change: Change) -> int:
    """New keys of one entry in the order of the format, where they come to stand at one place."""
    if not isinstance(change, Insertion):
        return 0
    return place_in_format(change.path, next(iter(change.entries)))
