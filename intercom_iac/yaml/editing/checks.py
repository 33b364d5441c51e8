"""What an edit must not do: change what an alias repeats elsewhere, or make the text say something else."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from intercom_iac.text import SourceFile, Span

from ..builder import build
from ..nodes import Mapping, Node, Path, Sequence
from .edited_text import EditedText, Edits, apply_edits


def refuse_shared(source: EditedText, paths: Iterable[Path]) -> None:
    """Refuses to change what stands at one of the paths, or around it, where an alias repeats it."""
    if not source.extents.aliases:
        return
    shared = _shared_nodes(source.document.root)
    for path in paths:
        _refuse_shared(source, path, shared)


def _refuse_shared(source: EditedText, path: Path, shared: Container[int]) -> None:
    for length in range(len(path) + 1):
        node = source.document.node(path[:length])
        if node is None:
            return
        if id(node) in shared:
            name = next(
                (anchor.value for anchor in source.extents.anchors if anchor.start == node.start),
                source.extents.aliases[0].value,
            )
            raise source.refusal(
                node.start,
                "an alias repeats this value, so that an edit would change it elsewhere too",
                f"write the value out in place of `*{name}`",
            )


def verify(source: EditedText, edits: Edits, wanted: Any, path: Path = ()) -> Edits:
    """The edits, where the edited text is the document with the `wanted` data; else they are refused, at `path`."""
    if source.extents.aliases:
        for edit in edits:
            _refuse_lost_anchor(source, edit.span)
    root, diagnostics = build(SourceFile(source.document.file.path, apply_edits(source.text, edits)))
    found = {} if root is None or root.data is None else root.data
    # As text: it tells true from 1, is equal for what is not a number, and has the order of the keys.
    if diagnostics or repr(found) != repr(wanted):
        place = source.document.node(path) or source.document.root
        message = "what stands here is written in a way that cannot be edited in place"
        raise source.refusal(place.start, message, "change it by hand")
    return edits


def _refuse_lost_anchor(source: EditedText, span: Span) -> None:
    inside = range(span.start, span.end)
    lost = {anchor.value: anchor for anchor in source.extents.anchors if anchor.start in inside}
    for alias in source.extents.aliases:
        if alias.value in lost and alias.start not in inside:
            raise source.refusal(
                lost[alias.value].start,
                f"`*{alias.value}` refers to this value, and would refer to nothing",
                f"write the value out in place of `*{alias.value}`",
            )


def _shared_nodes(root: Node) -> set[int]:
    """The nodes that stand in the document more than once, by their `id`."""
    seen: set[int] = set()
    shared: set[int] = set()
    below = [root]
    while below:
        node = below.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            below += [value for _, _, value in node.entries.values()]
        elif isinstance(node, Sequence):
            below += node.items
    return shared
