"""Rules that match nobody or everybody, and rules of which that was not decided."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Not
from intercom_iac.prover import Unknown, Unsatisfiable, clause_span
from intercom_iac.text import Span

from .questions import Questions
from .segment_rules import SegmentRule


def whole_rule_finding(segment: SegmentRule, questions: Questions) -> Diagnostic | None:
    """That the rule matches nobody or everybody, or that it was not decided; None where it matches some people."""
    conjunctions = questions.conjunctions
    if conjunctions.reads_once(segment.rule) or (
        conjunctions.can_hold_by_parts([segment.rule]) and conjunctions.can_hold_by_parts([Not(segment.rule)])
    ):
        return None
    holds_of_blank = questions.holds_of_blank(segment.rule)
    if not holds_of_blank and not questions.examples(segment.rule):
        match questions.decide(segment.rule):
            case Unsatisfiable() as nobody:
                return _never(segment, nobody)
            case Unknown() as unknown:
                return _undecided_finding(segment, "anybody", unknown)
            case _:
                pass
    if not holds_of_blank or questions.can_fail(segment.rule):
        return None
    match questions.decide(Not(segment.rule)):
        case Unsatisfiable() as nobody:
            return _always(segment, nobody)
        case Unknown() as unknown:
            return _undecided_finding(segment, "everybody", unknown)
        case _:
            return None


def unproved_finding(segment: SegmentRule, others: int) -> Diagnostic:
    """That nothing was proved of a rule which refers to others through very many, nor of so many other such rules."""
    more = f", nor of {others:,} others that refer to segments so" if others else ""
    return codes.UNDECIDED.at(
        segment.span,
        f"nothing was proved of {segment.name}{more}: {segment.unproved}",
        hint="write a rule in the middle of the chain out, without the segment that it refers to",
    )


def _never(segment: SegmentRule, nobody: Unsatisfiable) -> Diagnostic:
    span, related = _places(segment, nobody.clauses, "together with this")
    alone = "no person passes it" if not related else "no person passes these tests together"
    if nobody.last_day is not None:
        hint = "ask for other days, or archive the segment"
    elif related:
        hint = "ask for other values, or join them with `or`"
    else:
        hint = "ask for another value, or take it out"
    return codes.NEVER_MATCHES.at(
        span,
        f"{segment.name} matches nobody{_since(nobody)}: {alone}",
        hint=hint,
        related=related,
    )


def _always(segment: SegmentRule, nobody: Unsatisfiable) -> Diagnostic:
    span, related = _places(segment, nobody.clauses, "or this")
    passed = "every person passes it" if not related else "every person passes one of these tests"
    hint = "who is to differ from several values is asked for with `not in (...)` or with `and`"
    return codes.ALWAYS_MATCHES.at(
        span,
        f"{segment.name} matches everybody{_since(nobody)}: {passed}",
        hint=hint if related else None,
        related=related,
    )


def _since(nobody: Unsatisfiable) -> str:
    return "" if nobody.never_from is None else f" from {nobody.never_from} on"


def _undecided_finding(segment: SegmentRule, whom: str, unknown: Unknown) -> Diagnostic:
    clause = unknown.clause
    place = None if clause is None else clause_span(clause)
    own = segment.span if clause is None else segment.own_place(clause) or segment.span
    return codes.UNDECIDED.at(
        own,
        f"whether {segment.name} matches {whom} was not decided: {unknown.reason}",
        related=() if place is None or segment.holds_place(place) else (Related(place, "because of this"),),
    )


def _places(
    segment: SegmentRule, conflict: Sequence[Predicate], label: str
) -> tuple[Span, tuple[Related, ...]]:
    """Where a conflict is shown: at the last of its clauses that the rule itself has, the others beside it."""
    spans = [span for clause in conflict if (span := clause_span(clause)) is not None]
    own = [span for clause in conflict if (span := segment.own_place(clause)) is not None]
    main = own[-1] if own else segment.span
    return main, tuple(Related(span, label) for span in dict.fromkeys([*own, *spans]) if span != main)
