"""Rules that match nobody or everybody, and rules of which that was not decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Not
from intercom_iac.prover import RuleRelation, Unknown, Unsatisfiable, Verdict
from intercom_iac.text import Span

from .segment_rules import SegmentRule
from .subjects import clause_span, conjuncts

Decide = Callable[[Predicate], Verdict]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was decided of a segment's rule as a whole."""

    segment: SegmentRule
    relation: RuleRelation


def decide_rule(segment: SegmentRule, decide: Decide) -> Verdicts:
    """Whether the rule matches anybody, and whether somebody is left out."""
    inside = decide(segment.rule)
    if isinstance(inside, Unsatisfiable):
        # Nothing else is asked of it.
        return Verdicts(segment, RuleRelation(inside, Unknown("the rule matches nobody")))
    outside: Verdict = Unknown("")
    for clause in conjuncts(segment.rule):
        # Whoever fails one of the clauses fails the rule.
        outside = decide(Not(clause))
        if not isinstance(outside, Unsatisfiable):
            break
    else:
        outside = decide(Not(segment.rule))
    return Verdicts(segment, RuleRelation(inside, outside))


def whole_rule_finding(verdicts: Verdicts) -> Diagnostic | None:
    """That the rule matches nobody or everybody, or that it was not decided; None where it matches some people."""
    match verdicts.relation:
        case RuleRelation(inside=Unsatisfiable() as nobody):
            return _never(verdicts.segment, nobody)
        case RuleRelation(outside=Unsatisfiable() as nobody):
            return _always(verdicts.segment, nobody)
        case RuleRelation(inside=Unknown() as unknown):
            return _undecided(verdicts.segment, "anybody", unknown)
        case RuleRelation(outside=Unknown() as unknown):
            return _undecided(verdicts.segment, "everybody", unknown)
        case _:
            return None


def _never(segment: SegmentRule, nobody: Unsatisfiable) -> Diagnostic:
    span, related = _places(segment, nobody.conflict, "together with this")
    alone = "no person passes it" if not related else "no person passes these tests together"
    return codes.NEVER_MATCHES.at(
        span,
        f"{segment.name} matches nobody{_since(nobody)}: {alone}",
        hint="ask for other values, or join them with `or`"
        if related
        else "ask for another value, or take it out",
        related=related,
    )


def _always(segment: SegmentRule, nobody: Unsatisfiable) -> Diagnostic:
    span, related = _places(segment, nobody.conflict, "or this")
    passed = "every person passes it" if not related else "every person passes one of these tests"
    return codes.ALWAYS_MATCHES.at(
        span,
        f"{segment.name} matches everybody{_since(nobody)}: {passed}",
        hint="who is to differ from several values is asked for with `not in (...)` or with `and`"
        if related
        else None,
        related=related,
    )


def _since(nobody: Unsatisfiable) -> str:
    return "" if nobody.last_day is None else f" from {nobody.last_day + timedelta(days=1)} on"


def _undecided(segment: SegmentRule, whom: str, unknown: Unknown) -> Diagnostic:
    place = None if unknown.clause is None else clause_span(unknown.clause)
    return codes.UNDECIDED.at(
        place if segment.holds_place(place) else segment.span,
        f"whether {segment.name} matches {whom} was not decided: {unknown.reason}",
        related=() if place is None or segment.holds_place(place) else (Related(place, "because of this"),),
    )


def _places(
    segment: SegmentRule, conflict: Sequence[Predicate], label: str
) -> tuple[Span, tuple[Related, ...]]:
    """Where a conflict is shown: at the last of its clauses that the rule itself holds, the others beside it."""
    spans = [*dict.fromkeys(span for clause in conflict if (span := clause_span(clause)) is not None)]
    own = [span for span in spans if segment.holds_place(span)]
    if not own:
        return segment.span, tuple(Related(span, label) for span in spans)
    return own[-1], tuple(Related(span, label) for span in spans if span != own[-1])


def conflict_spans(finding: Diagnostic) -> Iterator[Span]:
    """The places that a finding underlines."""
    if finding.span is not None:
        yield finding.span
    yield from (related.span for related in finding.related)
