"""Whether the person of a test is a member, and why."""

from __future__ import annotations

from intercom_iac.rules.mutants import clause_text
from intercom_iac.specs.contracts import SegmentTestRun
from intercom_iac.text import brief_text

_MOST_CLAUSES = 4


def member_sentence(run: SegmentTestRun) -> str:
    """Such as ``no member, since `seats > 5` is false``."""
    clauses = [
        f"`{brief_text(clause_text(decided.clause))}` is {'true' if decided.holds else 'false'}"
        for decided in run.decided_by[:_MOST_CLAUSES]
    ]
    if len(run.decided_by) > _MOST_CLAUSES:
        clauses.append(f"{len(run.decided_by) - _MOST_CLAUSES} more")
    return f"{'member' if run.is_member else 'no member'}, since {' and '.join(clauses)}"
