"""Rules that match nobody or everybody, and rules of which that was not decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Not
from intercom_iac.prover import Unknown, Unsatisfiable
from intercom_iac.text import Span

from .questions import Questions
from .segment_rules import SegmentRule
from .subjects import clause_span


def whole_rule_finding(segment: SegmentRule, questions: Questions) -> Diagnostic | None:
    """That the rule matches nobody or everybody, or that it was not decided; None where it matches some people."""
    if not questions.can_hold(segment.rule):
        match questions.decide(segment.rule):
            case Unsatisfiable() as nobody:
                return _never(segment, nobody)
            case Unknown() as unknown:
                return _undecided(segment, "anybody", unknown)
            case _:
                pass
    if questions.can_fail(segment.rule):
        return None
    match questions.decide(Not(segment.rule)):
        case Unsatisfiable() as nobody:
            return _always(segment, nobody)
        case Unknown() as unknown:
            return _undecided(segment, "everybody", unknown)
        case _:
            return None


def _never(segment: SegmentRule, nobody: Unsatisfiable) -> Diagnostic:
    span, related = _places(segment, nobody.conflict, "together with this")
    alone = "no person passes it" if not related else "no person passes these tests together"
    hint = "ask for another value, or take it out"
    return codes.NEVER_MATCHES.at(
        span,
        f"{segment.name} matches nobody{_since(nobody)}: {alone}",
        hint="ask for other values, or join them with `or`" if related else hint,
        related=related,
    )


def _always(segment: SegmentRule, nobody: Unsatisfiable) -> Diagnostic:
    span, related = _places(segment, nobody.conflict, "or this")
    passed = "every person passes it" if not related else "every person passes one of these tests"
    hint = "who is to differ from several values is asked for with `not in (...)` or with `and`"
    return codes.ALWAYS_MATCHES.at(
        span,
        f"{segment.name} matches everybody{_since(nobody)}: {passed}",
        hint=hint if related else None,
        related=related,
    )


def _since(nobody: Unsatisfiable) -> str:
    return "" if nobody.last_day is None else f" from {nobody.last_day + timedelta(days=1)} on"


def _undecided(segment: SegmentRule, whom: str, unknown: Unknown) -> Diagnostic:
    place = None if unknown.clause is None else clause_span(unknown.clause)
    own = place if segment.holds_place(place) else None
    return codes.UNDECIDED.at(
        own or segment.span,
        f"whether {segment.name} matches {whom} was not decided: {unknown.reason}",
        related=() if place is None or own is not None else (Related(place, "because of this"),),
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
