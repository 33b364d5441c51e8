"""Code as a tree of syntax: what the readers of all languages do with tree-sitter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from intercom_iac.text import Span

from .code_file import CodeFile

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query, Range, Tree

# Values that are nested deeper are not looked into: no record of Intercom's is.
MAX_DEPTH = 16
_SYNTAX_ERRORS = 20
_LONG_ERROR = 1_000


@cache
def grammar(package: str, name: str = "language") -> Language:
    """The grammar that a `tree_sitter_...` package has under this name."""
    from tree_sitter import Language as Grammar

    capsule: object = getattr(import_module(package), name)()
    return Grammar(capsule)


def parse(language: Language, file: CodeFile, ranges: Sequence[Range] | None = None) -> Tree:
    """The tree of a file, or of these parts of it alone; offsets are those of the file in both cases."""
    from tree_sitter import Parser

    parser = Parser(language) if ranges is None else Parser(language, included_ranges=ranges)
    return parser.parse(file.data)


def node_text(node: Node) -> str:
    return "" if node.text is None else node.text.decode("utf-8", "replace")


def node_span(file: CodeFile, node: Node) -> Span:
    return file.span(node.start_byte, node.end_byte)


def nodes_of(language: Language, root: Node, kinds: frozenset[str]) -> list[Node]:
    """Every node of these kinds, each before those within it; found in C, which takes a third of a walk's time."""
    from tree_sitter import QueryCursor

    if _has_long_error(root):
        return _walk(root, kinds)
    nodes = QueryCursor(_query(language, kinds)).captures(root).get("node", [])
    return sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte))


def _has_long_error(root: Node) -> bool:
    """Whether a part that was not understood is a long row of signs, such as brackets that are never closed: a query
    takes the square of its length."""
    pending = [root] if root.has_error else []
    while pending:
        node = pending.pop()
        if node.is_error and node.child_count > _LONG_ERROR:
            return True
        pending += (child for child in node.children if child.has_error)
    return False


def _walk(root: Node, kinds: frozenset[str]) -> list[Node]:
    """Every node of these kinds, each before those within it."""
    cursor = root.walk()
    nodes: list[Node] = []
    while True:
        node = cursor.node
        if node is not None and node.is_named and node.type in kinds:
            nodes.append(node)
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return nodes


@cache
def _query(language: Language, kinds: frozenset[str]) -> Query:
    from tree_sitter import Query

    return Query(language, f"[{' '.join(f'({kind})' for kind in sorted(kinds))}] @node")


def syntax_errors(file: CodeFile, root: Node) -> tuple[Span, ...]:
    """Where the parser did not understand the file; the first ones, each as its first line."""
    if not root.has_error:
        return ()
    spans: list[Span] = []
    pending = [root]
    while pending and len(spans) < _SYNTAX_ERRORS:
        node = pending.pop()
        if node.is_error or node.is_missing:
            spans.append(file.span(node.start_byte, node.start_byte))
        else:
            pending.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)
    return tuple(spans)
