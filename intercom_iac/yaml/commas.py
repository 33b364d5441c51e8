"""A `,` that ends a text without quotes between brackets, where it was meant as part of the text.

YAML reads `{rule: plan in (a, b)}` as the text `plan in (a` and a key `b)`, and `[up to 3 (a, b)]` as two items. What
was torn apart is put together again, so that the comma is the one mistake that is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeGuard

from intercom_iac.diagnostics import Diagnostic, Edit, Fix, safe_fix
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

from .nodes import Mapping, Node, Scalar, Sequence
from .scalar_edits import quoted_text

KnownKeys = Callable[[], frozenset[str]]
"""The keys of a file's format, asked for where a mapping may have been torn apart: seldom."""


def mend_mapping(file: SourceFile, node: Mapping, known_keys: KnownKeys) -> Iterator[Diagnostic]:
    """Puts the texts of a flow mapping together again, and says so for each.

    A key of the file's format that stands alone lacks its value, and is no text.
    """
    ends: dict[str, int] = {}
    open_key: str | None = None
    for (before, (_, _, value)), (key, (start, end, following)) in pairwise(list(node.entries.items())):
        if not _is_bare(file, end, following) or key in known_keys() or "#" in file.text[start:end]:
            open_key = None
            continue
        if open_key is None and _is_plain_text(value):
            open_key = before
        if open_key is not None:
            ends[open_key] = end
            del node.entries[key], node.data[key]
    for key, end in ends.items():
        start, key_end, first = node.entries[key]
        assert isinstance(first, Scalar)
        whole = _join_scalar(file, first, end)
        node.entries[key] = start, key_end, whole
        node.data[key] = whole.data
        yield _diagnostic(file, first, whole, f"the text of `{key}`", f"{key}: ")


def torn_apart(file: SourceFile, at: int) -> Diagnostic | None:
    """What to say where a `)` at a place is no YAML: a comma before it ended the text that it belongs to."""
    line = max(file.text.rfind("\n", 0, at) + 1, at - 1_000)
    before = _TORN.search(file.text, line, at)
    comma = file.text.rfind(",", line, at)
    if before is None or comma < before.start("text"):
        return None
    end = _TEXT_END.search(file.text, at)
    start = before.start("text")
    text = file.text[start : end.start() if end else at + 1]
    written = text.rstrip()
    return codes.COMMA.at(
        Span(file, comma, comma + 1),
        f"this `,` ends the text of `{before['key']}`, since it stands without quotes between brackets",
        hint=f"put the text in quotes: `{before['key']}: {quoted_text(text)}`",
        fix=_in_quotes(Span(file, start, start + len(written)), written),
    )


# The key and the text with the first parenthesis; a key between the two is nearer.
_TORN = lazy_pattern(
    r"(?P<key>[\w-]+):[ \t]+(?P<text>[^\s\"'\[{](?:(?!,[ \t]*[\w-]+:[ \t])[^{}\n])*\([^{}\n]*)$"
)
_TEXT_END = lazy_pattern(r",[ \t]*[\w-]+:|[}\n]|$")


def mend_sequence(file: SourceFile, node: Sequence) -> Iterator[Diagnostic]:
    """Puts the items of a flow list together again that have parentheses around a comma, and says so for each."""
    items: list[Node] = []
    index = 0
    while index < len(node.items):
        item = node.items[index]
        last = _closing(node.items, index) if _is_plain_text(item) and "(" in item.text else index
        if last > index:
            assert isinstance(item, Scalar)
            whole = _join_scalar(file, item, node.items[last].end)
            yield _diagnostic(file, item, whole, "the text of this item", "")
            item = whole
        items.append(item)
        index = last + 1
    node.items[:] = items
    node.data[:] = [item.data for item in items]


# How many commas a pair of parentheses is believed to hold.
_FARTHEST = 20


def _closing(items: list[Node], index: int) -> int:
    """The item in which the parentheses that this one opens are closed; itself where that is none."""
    depth = 0
    for at in range(index, min(len(items), index + _FARTHEST)):
        item = items[at]
        if not isinstance(item, Scalar) or item.style is not None:
            return index
        depth += item.text.count("(") - item.text.count(")")
        if depth <= 0:
            return at
    return index


def _is_bare(file: SourceFile, end: int, value: Node) -> bool:
    """Whether a key stands alone, without a colon: `b` in `{a: x, b}`."""
    return isinstance(value, Scalar) and value.start == value.end and ":" not in file.text[end : value.start]


def _is_plain_text(node: Node) -> TypeGuard[Scalar]:
    return isinstance(node, Scalar) and node.style is None and bool(node.text)


def _join_scalar(file: SourceFile, first: Scalar, end: int) -> Scalar:
    text = re.sub(r"\s*\n\s*", " ", file.text[first.start : end])
    return Scalar(text, text, None, first.start, end)


def _diagnostic(file: SourceFile, first: Scalar, whole: Scalar, what: str, key: str) -> Diagnostic:
    comma = file.text.index(",", first.end)
    written = f": `{key}{quoted_text(whole.text)}`" if len(whole.text) <= 120 else ""
    return codes.COMMA.at(
        Span(file, comma, comma + 1),
        f"this `,` ends {what}, since it stands without quotes between brackets",
        hint=f"put the text in quotes{written}",
        fix=_in_quotes(Span(file, whole.start, whole.end), whole.text),
    )


_COMMENT = lazy_pattern(r"\s#")


def _in_quotes(span: Span, text: str) -> Fix | None:
    """The text in quotes; None where a comment stands in it, which would become text."""
    return None if _COMMENT.search(span.text) else safe_fix(Edit(span, quoted_text(text)))
