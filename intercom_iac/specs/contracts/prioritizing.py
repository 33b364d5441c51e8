"""Priorities, proved: of two published segments that may select the same person an order decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import contracts as codes
from intercom_iac.model import Schema, Segment
from intercom_iac.model.assertions import Disjoint, Priorities
from intercom_iac.model.predicate import And
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, describe_witness
from intercom_iac.rules.normal import chain

from .clauses import Decide, person_notes

_HINT = "add it where it belongs in `priorities`, or assert that the two are `disjoint`"


def check_priorities(schema: Schema, world: World, decide: Decide) -> Iterator[Diagnostic]:
    """What is wrong with each published segment that has no place in the priorities, where there are some.

    Two segments that are asserted to be disjoint need no order: whether they are is the assertion's to prove.
    """
    if schema.priorities is None:
        return
    ranked = set(schema.priorities.keys)
    published = [
        segment
        for segment in schema.segments.values()
        if segment.publish and segment.status != "archived" and segment.predicate is not None
    ]
    disjoint = _asserted_disjoint(schema)
    for segment in published:
        if segment.key in ranked:
            continue
        others = [
            other
            for other in published
            if other is not segment and frozenset((segment.key, other.key)) not in disjoint
        ]
        yield from _check_segment(segment, others, schema.priorities, world, decide)


def _check_segment(
    segment: Segment, others: Sequence[Segment], priorities: Priorities, world: World, decide: Decide
) -> Iterator[Diagnostic]:
    """The first other segment that may select the same person, else the first of which it was not decided."""
    doubt: Diagnostic | None = None
    listed = () if priorities.span is None else (Related(priorities.span, "the order stands here"),)
    for other in others:
        rules = (segment.typed_rule, other.typed_rule)
        match decide(chain(And, rules), world, explain=False):
            case Satisfiable(witness):
                person = describe_witness(witness, rules)
                yield codes.NO_PRIORITY.at(
                    segment.span,
                    f"`{segment.key}` and `{other.key}` are published and both select {person}, and no order of the "
                    "two decides",
                    hint=_HINT,
                    related=(*listed, *person_notes(witness, rules)),
                    subject=segment.address,
                )
                return
            case Unknown(reason) if doubt is None:
                doubt = codes.PRIORITY_UNDECIDED.at(
                    segment.span,
                    f"whether `{segment.key}` and `{other.key}`, both published, can select the same person is not "
                    f"known: {reason}; no order of the two decides",
                    hint=_HINT,
                    related=listed,
                    subject=segment.address,
                )
            case _:
                pass
    if doubt is not None:
        yield doubt


def _asserted_disjoint(schema: Schema) -> set[frozenset[str]]:
    """The pairs of segments that some assertion says are disjoint."""
    return {
        frozenset(pair)
        for assertion in schema.assertions.values()
        if isinstance(assertion.claim, Disjoint)
        for pair in combinations([rule.segment for rule in assertion.claim.rules if rule.segment], 2)
    }
