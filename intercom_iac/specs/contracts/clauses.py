"""Clauses of rules in findings: their text, and notes on those that decided about a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Related, UndecidedRule
from intercom_iac.model import Predicate
from intercom_iac.model.world import World
from intercom_iac.prover import Verdict, Witness
from intercom_iac.rules import format_rule
from intercom_iac.rules.deciding_clauses import deciding_clauses
from intercom_iac.text import Span, brief_text


class Decide(Protocol):
    """`prover.decide`, or what stands in for it. Unless it explains, it does not say why nobody satisfies a rule."""

    def __call__(self, rule: Predicate, world: World, *, explain: bool = True) -> Verdict: ...


MOST_NOTES = 6
"""Of one finding; whoever needs more has a rule that is too long."""


def clause_text(clause: Predicate) -> str:
    """A clause as a message has it: canonical, and no longer than a line."""
    return brief_text(format_rule(clause))


def person_notes(
    witness: Witness, rules: Iterable[Predicate], *, besides: Span | None = None
) -> tuple[Related, ...]:
    """The clauses that take the person in or keep it out, each underlined once, but for one that is already.

    None of a rule where these are not known: it selects the person whether in a segment of Intercom's or not.
    """
    notes: dict[Span, Related] = {}
    for rule in rules:
        try:
            clauses = deciding_clauses(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
        except UndecidedRule:
            continue
        for decided in clauses:
            if (span := decided.clause.span) is not None and span != besides:
                notes.setdefault(
                    span, Related(span, f"{'true' if decided.holds else 'false'} of this person")
                )
    return tuple(notes.values())[:MOST_NOTES]
