"""Edits between brackets: entries and items of flow collections, with their commas."""

from __future__ import annotations

from ..nodes import Mapping, Sequence
from .edited_text import EditedText, Edits
from .extents import Extent


def insert_between_brackets(
    source: EditedText, node: Mapping | Sequence, texts: list[str], position: int | None
) -> Edits:
    """The edits that put entries or items into a flow collection."""
    inside = source.extents.content_start(node)
    children = source.extents.children(node)
    at = len(children) if position is None else position
    if inside is None:
        message = "`a: b` stands in a list here without `{}` around it"
        raise source.refusal(node.start, message, "put it between `{` and `}`")
    if not children:
        return (source.edit(inside, inside, ", ".join(texts)),)
    margin = source.own_margin(children[min(at, len(children) - 1)].start)
    between = ", " if margin is None else f",\n{margin}"
    if at < len(children):
        start = children[at].start
        return (source.edit(start, start, "".join(text + between for text in texts)),)
    last = children[-1].value_end
    comma = source.extents.comma_after(last)
    if margin is None:
        if comma is None:
            return (source.edit(last, last, "".join(f", {text}" for text in texts)),)
        return (source.edit(comma, comma, "".join(f" {text}," for text in texts)),)
    added = f"\n{margin}" + between.join(texts) + ("" if comma is None else ",")
    # A comment on the line of the last item stays there, unless the bracket closes on that line.
    line = source.text_end(last)
    end = line if source.extents.next_start(comma or last) >= line else (comma or last)
    if comma is None:
        return (source.edit(last, last, ","), source.edit(end, end, added))
    return (source.edit(end, end, added),)


def remove_between_brackets(source: EditedText, children: list[Extent], index: int) -> Edits:
    """The edit that takes an entry or an item out of a flow collection, with its comma."""
    start, end = children[index].start, children[index].value_end
    comma = source.extents.comma_after(end)
    if index and comma is None:
        before = source.extents.comma_before(start)
        assert before is not None
        if not source.text[before + 1 : start].strip(" \t"):
            return (source.edit(before, end, ""),)
    end = comma or end
    margin = source.own_margin(start)
    if margin is not None and source.extents.next_start(end) >= source.line_behind(end):
        return (source.edit(start - len(margin), source.line_behind(end), ""),)
    if index + 1 < len(children) and not source.text[end : children[index + 1].start].strip(" \t"):
        end = children[index + 1].start
    elif index and not source.text[children[index - 1].value_end : start].strip(" \t,"):
        # The last one, with a comma behind it: the one before keeps its own.
        before = source.extents.comma_before(start)
        start = start if before is None else before + 1
    return (source.edit(start, end, ""),)
