"""Where a clause of a conflict stands, and what it says there."""

from __future__ import annotations

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Not
from intercom_iac.rules import format_rule
from intercom_iac.text import Span


def clause_span(clause: Predicate) -> Span | None:
    """Where a clause stands; where a `not` has no place of its own, where what it negates does."""
    while clause.span is None and isinstance(clause, Not):
        clause = clause.part
    return clause.span


def clause_text(clause: Predicate) -> str:
    """What a clause says: as it was written, where it stands by itself, else in the canonical spelling."""
    span = clause.span
    if span is None or (isinstance(clause, Not) and span == clause.part.span):
        return format_rule(clause)
    return " ".join(span.text.split())
