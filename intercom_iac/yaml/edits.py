"""Edits of a YAML file as values: what to put in the place of which characters.

An edit changes what it is asked to change and nothing else: comments, quotes, line ends and indentation around it
stay byte for byte. Every function gives the edits for one change, which are for the text that the document was read
from; `apply_edits` makes them. For a second change the edited text is opened again.

    document = open_document(SourceFile("specs/a.yaml", text))
    text = apply_edits(text, insert_keys(document, ("events",), {"signed_up": {"owner": "growth"}}))

Paths are as in `Document`. A path that leads nowhere is a `LookupError`, a key that is there already a `ValueError`.
Each edit is tried before it is given: where the edited text would not say what was asked for, and where the change
would reach what an alias repeats elsewhere, it is refused with `EditRefused`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Entries
from typing import Any

from intercom_iac.diagnostics import EditRefused, InvalidSpecs
from intercom_iac.text import SourceFile, Span

from .builder import build
from .editing.changes import (
    Addition,
    Change,
    Insertion,
    Removal,
    Renaming,
    Replacement,
    changed_data,
    require,
)
from .editing.checks import refuse_shared, verify
from .editing.edited_text import EditedText, Edits, apply_edits
from .nodes import Document, Mapping, Path, Scalar

__all__ = [
    "Addition",
    "Change",
    "Edits",
    "Insertion",
    "Removal",
    "Renaming",
    "Replacement",
    "append_items",
    "apply_edits",
    "change_text",
    "edit_together",
    "insert_keys",
    "open_document",
    "remove_entry",
    "rename_key",
    "replace_value",
]


def open_document(file: SourceFile) -> Document:
    """A file's document, to be edited; an empty file is an empty mapping.

    Raises `InvalidSpecs` for what is not YAML as the format has it, and `EditRefused` for a file that is no mapping.
    """
    root, diagnostics = build(file)
    if diagnostics:
        raise InvalidSpecs(diagnostics)
    if root is None or (isinstance(root, Scalar) and root.start == root.end):
        root = Mapping(len(file.text), flow=False)
    if not isinstance(root, Mapping):
        span = Span(file, root.start, root.start)
        raise EditRefused(f"{span}: the file is no mapping", hint="write keys with their values", span=span)
    return Document(file, root)


def insert_keys(
    document: Document, path: Path, entries: Entries[str, Any], position: int | None = None
) -> Edits:
    """New keys with their values in the mapping at a path, before the one at `position`, or at its end.

    A key without a value is an empty mapping. Values are plain data, or `LaidOut` where their text is made already.
    """
    return edit_together(document, [Insertion(path, entries, position)])


def replace_value(document: Document, path: Path, value: Any) -> Edits:
    """Another value at a path. A text keeps the quotes of the one before, and a list its style."""
    return edit_together(document, [Replacement(path, value)])


def remove_entry(document: Document, path: Path) -> Edits:
    """Takes a key with its value, or an item of a list, out of the file.

    Comments on its lines and those indented below it go with it, those above it stay. What held nothing else is `{}`
    or `[]` then.
    """
    require(document.node(path) if path else None, path)
    return edit_together(document, [Removal(path[:-1], path[-1])])


def rename_key(document: Document, path: Path, name: str) -> Edits:
    """Another name for the key at the end of a path, which stays where it stands."""
    require(document.node(path) if path else None, path)
    return edit_together(document, [Renaming(path[:-1], str(path[-1]), name)])


def append_items(document: Document, path: Path, items: Sequence[Any]) -> Edits:
    """More items at the end of the list at a path. A key without a value is an empty list."""
    return edit_together(document, [Addition(path, items)])


def edit_together(document: Document, changes: Iterable[Change]) -> Edits:
    """The edits for several changes of one document, read and tried once.

    Each change is told in terms of the document as it is. Raises `ValueError` where two of them reach into each
    other; they can still be made one after the other.
    """
    ordered = sorted(changes, key=_position)
    source = EditedText(document)
    refuse_shared(source, [change.shared_path for change in ordered])
    edits = tuple(edit for change in ordered for edit in change.edits(source))
    # From the last place on, so that an insertion moves no other one's.
    wanted = changed_data(document.root.data, reversed(ordered))
    place = ordered[0].path if len(ordered) == 1 else ()
    return verify(source, edits, wanted, place)


def change_text(file: SourceFile, changes: Sequence[Change]) -> str:
    """The text of a file with several changes made, each told in terms of the file as it is: read and tried once.

    Where one of them is refused, or two reach into each other, one after the other tells which. Raises as
    `open_document` and `edit_together` do.
    """
    if not changes:
        return file.text
    try:
        return apply_edits(file.text, edit_together(open_document(file), changes))
    except (EditRefused, ValueError):
        text = file.text
        for change in changes:
            text = apply_edits(text, edit_together(open_document(SourceFile(file.path, text)), [change]))
        return text


def _position(change: Change) -> float:
    """Where in its mapping a change inserts; what inserts nowhere comes last of all, so that it is made first."""
    if not isinstance(change, Insertion):
        return float("inf")
    return float("inf") if change.position is None else change.position
