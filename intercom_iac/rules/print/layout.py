"""A rule's canonical text with its comments, on one line or a clause of the top level on each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from intercom_iac.text import Excerpt

from ..syntax import tree as s
from .text import enclose, text_of


def format_syntax(syntax: s.Syntax, *, broken: bool = False) -> str:
    """The canonical text of a rule: on one line, or `broken` before each connective of its top level.

    A comment on a line of its own stays before the clause it preceded, one behind a clause at the end of its line;
    a rule with comments between its clauses is always broken. A clause with a comment inside stays as written.
    """
    first, last = _place(syntax.root, syntax.source)
    broken = broken or any(first <= start < last for start, _ in syntax.comments)
    word, clauses = _clauses(syntax.root) if broken else ("", (syntax.root,))
    places = [_place(clause, syntax.source) for clause in clauses]
    text = syntax.source.text
    written = [enclose(clause, s.Disjunction) if word == "and " else text_of(clause) for clause in clauses]
    above: list[list[str]] = [[] for _ in range(len(clauses) + 1)]
    behind = [""] * len(clauses)
    for start, end in syntax.comments:
        comment = text[start:end].rstrip()
        index = bisect_right(places, start, key=lambda place: place[0]) - 1
        first, last = places[index] if index >= 0 else (0, 0)
        if start < last:
            inside = text[first:last]
            nested = word == "and " and isinstance(clauses[index], s.Disjunction)
            written[index] = f"({inside})" if nested else inside
        elif last > text.rfind("\n", 0, start) + 1:
            behind[index] = f"  {comment}"
        else:
            above[index + 1].append(comment)
    lines: list[str] = []
    for index, clause in enumerate(written):
        lines += [*above[index], f"{word if index else ''}{clause}{behind[index]}"]
    return "\n".join([*lines, *above[-1]])


def canonical_text(syntax: s.Syntax) -> str:
    """The canonical text without the comments, on one line: the same for rules that say the same."""
    return text_of(syntax.root)


def _clauses(root: s.Node) -> tuple[str, tuple[s.Node, ...]]:
    match root:
        case s.Conjunction(parts=parts):
            return "and ", parts
        case s.Disjunction(parts=parts):
            return "or ", parts
        case _:
            return "", (root,)


def _place(node: s.Node, source: Excerpt) -> tuple[int, int]:
    """Where the node stands in the rule's text."""
    assert node.span is not None
    return bisect_left(source.offsets, node.span.start), bisect_left(source.offsets, node.span.end - 1) + 1
