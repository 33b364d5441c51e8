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

from collections.abc import Mapping as Entries
from collections.abc import Sequence
from typing import Any, cast

from intercom_iac.diagnostics import EditRefused, InvalidSpecs
from intercom_iac.text import SourceFile, Span

from .builder import build
from .editing.block import insert_entries, insert_lines, remove_lines
from .editing.checks import refuse_shared, verify
from .editing.edited_text import EditedText, Edits, apply_edits
from .editing.flow import insert_between_brackets, remove_between_brackets
from .editing.values import is_in_block, set_value
from .editing.writing import flow_text, key_text
from .nodes import Document, Mapping, Node, Path, Scalar
from .nodes import Sequence as ListNode

__all__ = [
    "Edits",
    "append_items",
    "apply_edits",
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
    node = document.node(path)
    present = node.data if isinstance(node, Mapping) else {}
    for key in entries:
        if key in present:
            raise ValueError(f"the key {key!r} stands there already")
    source = EditedText(document)
    refuse_shared(source, path)
    if not isinstance(node, Mapping):
        _require_empty(node, path)
        edits = set_value(source, path, dict(entries))
    elif not entries:
        return ()
    elif not node.flow:
        edits = insert_entries(source, node, entries, position)
    elif not node.entries and path and is_in_block(source, path):
        edits = set_value(source, path, dict(entries))
    else:
        pairs = [f"{key_text(key, flow=True)}: {flow_text(value)}" for key, value in entries.items()]
        edits = insert_between_brackets(source, node, pairs, position)

    def change(data: dict[str, Any] | None) -> Any:
        pairs = list((data or {}).items())
        at = len(pairs) if position is None else position
        return dict([*pairs[:at], *entries.items(), *pairs[at:]])

    return verify(source, edits, path, change)


def replace_value(document: Document, path: Path, value: Any) -> Edits:
    """Another value at a path. A text keeps the quotes of the one before, and a list its style."""
    _require(document.node(path) if path else None, path)
    source = EditedText(document)
    refuse_shared(source, path[:-1])
    return verify(source, set_value(source, path, value), path, lambda _: value)


def remove_entry(document: Document, path: Path) -> Edits:
    """Takes a key with its value, or an item of a list, out of the file.

    Comments on its lines and those indented below it go with it, those above it stay. What held nothing else is `{}`
    or `[]` then.
    """
    _require(document.node(path) if path else None, path)
    source = EditedText(document)
    refuse_shared(source, path[:-1])
    parent = cast("Mapping | ListNode", document.node(path[:-1]))
    children = source.extents.children(parent)
    step: Any = path[-1]
    index = list(parent.data).index(step) if isinstance(parent, Mapping) else step
    if parent.flow:
        edits = remove_between_brackets(source, children, index)
    elif len(children) == 1 and len(path) > 1:
        edits = set_value(source, path[:-1], {} if isinstance(parent, Mapping) else [])
    else:
        edits = remove_lines(source, children, index)

    def change(data: Any) -> Any:
        shorter = data.copy()
        del shorter[step]
        return shorter

    return verify(source, edits, path[:-1], change)


def rename_key(document: Document, path: Path, name: str) -> Edits:
    """Another name for the key at the end of a path, which stays where it stands."""
    _require(document.node(path) if path else None, path)
    parent = document.node(path[:-1])
    if not isinstance(parent, Mapping):
        raise LookupError(f"no key at {path!r}")
    if name in parent.entries:
        raise ValueError(f"the key {name!r} stands there already")
    source = EditedText(document)
    refuse_shared(source, path[:-1])
    old = str(path[-1])
    start, end, _ = parent.entries[old]
    text = key_text(name, flow=parent.flow, style=document.file.text[start])
    edits = (source.edit(start, end, text),)

    def change(data: dict[str, Any]) -> Any:
        return {name if key == old else key: item for key, item in data.items()}

    return verify(source, edits, path[:-1], change)


def append_items(document: Document, path: Path, items: Sequence[Any]) -> Edits:
    """More items at the end of the list at a path. A key without a value is an empty list."""
    node = document.node(path)
    source = EditedText(document)
    refuse_shared(source, path)
    if not isinstance(node, ListNode):
        _require_empty(node, path)
        edits = set_value(source, path, list(items))
    elif not items:
        return ()
    elif node.flow:
        edits = insert_between_brackets(source, node, list(map(flow_text, items)), None)
    else:
        lines = [f"- {flow_text(item, flow=False)}" for item in items]
        children = source.extents.items(node)
        edits = insert_lines(source, children[-1], lines, source.column(children[0].start))
    return verify(source, edits, path, lambda data: [*(data or []), *items])


def _require(node: Node | None, path: Path) -> None:
    if node is None:
        raise LookupError(f"nothing stands at {path!r}")


def _require_empty(node: Node | None, path: Path) -> None:
    if not isinstance(node, Scalar) or node.data is not None:
        raise LookupError(f"no such collection at {path!r}")
