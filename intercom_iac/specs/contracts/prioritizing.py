"""Priorities, proved: of two published segments that may select the same person an order decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import contracts as codes
from intercom_iac.model import Predicate, Schema, Segment
from intercom_iac.model.assertions import Disjoint, Priorities
from intercom_iac.model.predicate import And, intercom_segments_of
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Verdict, describe_witness
from intercom_iac.prover.unknown_segments import answer_segments
from intercom_iac.rules.normal import chain, normal_form

from .clauses import Decide, person_notes
from .overlaps import Overlaps

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
    unranked = [place for place, segment in enumerate(published) if segment.key not in ranked]
    if unranked and len(published) > 1:
        check = _Check(schema, schema.priorities, published, world, decide)
        for place in unranked:
            yield from check.find_shared(place)


class _Check:
    """The published segments, and what is known of pairs of them."""

    def __init__(
        self,
        schema: Schema,
        priorities: Priorities,
        published: Sequence[Segment],
        world: World,
        decide: Decide,
    ) -> None:
        self._published = published
        self._world = world
        self._decide = decide
        self._listed = () if priorities.span is None else (Related(priorities.span, "the order stands here"),)
        self._disjoint = _asserted_disjoint(schema)
        self._overlaps = Overlaps([segment.typed_rule for segment in published], world)
        # Pairs of places of which it was proved that nobody is in both.
        self._apart: set[tuple[int, int]] = set()
        self._is_decidable: dict[int, bool] = {}

    def find_shared(self, place: int) -> Iterator[Diagnostic]:
        """The first other segment that may select the same person, else the first of which it was not decided."""
        segment = self._published[place]
        doubt: Diagnostic | None = None
        for at in self._overlaps.places_beside(place):
            other = self._published[at]
            if (at, place) in self._apart or frozenset((segment.key, other.key)) in self._disjoint:
                continue
            if doubt is not None:
                # A second doubt is not told, and nobody is known to be in the two.
                if not self._can_be_decided(place):
                    break
                if not self._can_be_decided(at):
                    continue
            rules = (segment.typed_rule, other.typed_rule)
            match self._decide(chain(And, rules), self._world, explain=False):
                case Satisfiable(witness):
                    person = describe_witness(witness, rules)
                    yield codes.NO_PRIORITY.at(
                        segment.span,
                        f"`{segment.key}` and `{other.key}` are published and both select {person}, and no order of "
                        "the two decides",
                        hint=_HINT,
                        related=(*self._listed, *person_notes(witness, rules)),
                        subject=segment.address,
                    )
                    return
                case Unknown(reason) if doubt is None:
                    doubt = codes.PRIORITY_UNDECIDED.at(
                        segment.span,
                        f"whether `{segment.key}` and `{other.key}`, both published, can select the same person is "
                        f"not known: {reason}; no order of the two decides",
                        hint=_HINT,
                        related=self._listed,
                        subject=segment.address,
                    )
                case Unsatisfiable():
                    self._apart.add((place, at))
                case _:
                    pass
        if doubt is not None:
            yield doubt

    def _can_be_decided(self, place: int) -> bool:
        """Whether somebody may satisfy the rule of a segment whichever segments of Intercom's they are in."""
        known = self._is_decidable.get(place)
        if known is None:
            rule = self._published[place].typed_rule
            known = self._is_decidable[place] = not any(
                isinstance(self._decide_if(rule, members=members), Unsatisfiable)
                for members in ((False, True) if intercom_segments_of(rule) else ())
            )
        return known

    def _decide_if(self, rule: Predicate, *, members: bool) -> Verdict:
        """What is decided of a rule if everybody is in all of Intercom's segments, or nobody in any."""
        answer = answer_segments(normal_form(rule), lambda _, holds: holds is members)
        if isinstance(answer, bool):
            return Unknown("it says nothing else") if answer else Unsatisfiable()
        return self._decide(answer, self._world, explain=False)


def _asserted_disjoint(schema: Schema) -> set[frozenset[str]]:
    """The pairs of segments that some assertion says are disjoint."""
    return {
        frozenset(pair)
        for assertion in schema.assertions.values()
        if isinstance(assertion.claim, Disjoint)
        for pair in combinations([rule.segment for rule in assertion.claim.rules if rule.segment], 2)
    }
