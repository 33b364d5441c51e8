"""The clauses of a rule that was read in part, each with its place in the text and in the rule."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.text import Excerpt, Span

from ..check.names import Place
from ..syntax import tree as s


@dataclass(frozen=True, slots=True)
class Clause:
    """A test and the like, `rule.text[start:end]`; `place` is where it stands in the rule."""

    node: s.Node
    start: int
    end: int
    place: Place

    def holds(self, span: Span) -> bool:
        """Whether a place of the file lies in the clause, or just behind one that ends early."""
        own = self.node.span
        assert own is not None
        return own.start <= span.start < own.end or (
            isinstance(self.node, s.Broken) and own.start <= span.start <= own.end
        )


def clauses_of(root: s.Node, rule: Excerpt, schema: Schema) -> list[Clause]:
    """The clauses in the order of the text; an event before what is behind its `where`."""
    found: list[Clause] = []
    for node, place in _nodes(root, "contact", schema):
        offsets = None if node.span is None else offsets_of(rule, node.span)
        if offsets is None:
            continue
        start, end = offsets
        # A clause that does not read goes on up to the next one.
        start += len(rule.text[start:end]) - len(rule.text[start:end].lstrip())
        end -= len(rule.text[start:end]) - len(rule.text[start:end].rstrip())
        if start < end:
            found.append(Clause(node, start, end, place))
    return found


def _nodes(node: s.Node, place: Place, schema: Schema) -> Iterator[tuple[s.Node, Place]]:
    match node:
        case s.Conjunction(parts=parts) | s.Disjunction(parts=parts):
            for part in parts:
                yield from _nodes(part, place, schema)
        case s.Negation(part=part):
            yield from _nodes(part, place, schema)
        case s.CompanyRule(rule=rule) if not isinstance(rule, s.HasTag):
            yield from _nodes(rule, "company", schema)
        case s.EventRule(event=event, where=where):
            yield node, place
            declared = schema.events.get(event.text)
            if where is not None and declared is not None:
                yield from _nodes(where, declared, schema)
        case _:
            yield node, place


def offsets_of(rule: Excerpt, span: Span) -> tuple[int, int] | None:
    """Where a span of the file starts and ends in the rule's text; None where it holds what was put in for a
    variable."""
    start, end = bisect_left(rule.offsets, span.start), bisect_left(rule.offsets, span.end)
    if start > end or end > len(rule.text) or rule.span(start, end) != span:
        return None
    return start, end
