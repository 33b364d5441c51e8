"""The segments that something is proved of, and where their rules stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, Schema
from intercom_iac.model.assertions import asserted_inclusions
from intercom_iac.model.predicate import (
    InIntercomSegment,
    InSegment,
    Not,
    children,
    segments_of,
    walk,
)
from intercom_iac.prover import clause_span, depth_reason
from intercom_iac.text import Span

from ..load.declarations import Declaration
from ..load.entries import SegmentEntry


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """A segment's rule; `span` is where its text stands. `said_inside` are the segments that it is meant to be inside
    of: those that it refers to, and those of which an assertion says so. `unproved` is why nothing is proved of it.
    """

    key: str
    rule: Predicate
    span: Span
    said_inside: frozenset[str] = frozenset()
    unproved: str | None = None

    @property
    def name(self) -> str:
        """What messages call the segment."""
        return f"`{self.key}`"

    def holds_place(self, span: Span | None) -> bool:
        """Whether a place is in the text of the rule, and not in that of a segment it refers to."""
        return (
            span is not None
            and span.file.path == self.span.file.path
            and self.span.start <= span.start
            and span.end <= self.span.end
        )

    def own_place(self, clause: Predicate) -> Span | None:
        """Where the rule has a clause: where that stands, or where the rule refers to the segment that it is of."""
        place = clause_span(clause)
        if place is None or self.holds_place(place):
            return place
        asked = clause.part if isinstance(clause, Not) else clause
        return next(
            (
                reference.span
                for reference in _references(self.rule)
                if any(part is asked or part == asked for part in walk(reference.rule))
            ),
            None,
        )


def _references(rule: Predicate) -> Iterator[InSegment]:
    """The segments that a rule refers to itself."""
    if isinstance(rule, InSegment):
        yield rule
    else:
        for part in children(rule):
            yield from _references(part)


def segment_rules(schema: Schema, segments: Iterable[Declaration[SegmentEntry]]) -> Iterator[SegmentRule]:
    """The rules of the segments that are not archived, but for those whose members somebody else knows."""
    asserted = asserted_inclusions(schema.assertions.values())
    for segment in segments:
        declared = schema.segments.get(segment.name)
        if declared is None or declared.status == "archived" or declared.span != segment.span:
            continue
        rule = declared.predicate
        if rule is not None and not isinstance(rule, InIntercomSegment):
            excerpt = segment.excerpt("rule")
            text = excerpt.text
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            unproved = depth_reason(rule)
            said = {*(() if unproved else segments_of(rule)), *asserted.get(segment.name, ())}
            yield SegmentRule(segment.name, rule, excerpt.span(start, end), frozenset(said), unproved)
