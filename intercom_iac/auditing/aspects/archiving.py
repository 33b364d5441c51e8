"""Archive candidates as findings: the evidence, what would break, and what nobody can know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import Snapshot
from intercom_iac.model.limits import PREDEFINED_SEGMENTS
from intercom_iac.text.lists import brief_list

from ..candidates import Candidate
from ..finding import AuditFinding, fill_evidence
from ..samples.times import day_text

_STEP = 0.001
"""What parts the weights of two candidates that follow each other."""


def archive_findings(
    snapshot: Snapshot, candidates: Sequence[Candidate], *, with_specs: bool
) -> Iterator[AuditFinding]:
    """A finding for each candidate, in their order. `with_specs`: rules of specs are among what is known to read."""
    of_unknown_rule = sum(segment.name not in PREDEFINED_SEGMENTS for segment in snapshot.segments)
    for place, candidate in enumerate(candidates):
        attribute, reading = candidate.attribute, candidate.read_by
        broken = f"it would break {brief_list(reading)}" if reading else _unread(with_specs=with_specs)
        broken += _code_text(candidate.code_places)
        yield AuditFinding(
            kind=codes.ARCHIVE_CANDIDATE,
            address=attribute.address,
            related=reading,
            message=f"`{attribute.name}` could be archived: {', '.join(candidate.reasons)}; {broken}",
            suggestion=_suggestion(of_unknown_rule, reading),
            evidence=fill_evidence(candidate.fill)
            | {
                "place": place + 1,
                "last_seen": day_text(candidate.last_filled),
                "read_by": list(reading),
                "code_places": None if candidate.code_places is None else list(candidate.code_places),
                "segments_of_unknown_rule": of_unknown_rule,
            },
            weight=25 - _STEP * place,
        )


def _unread(*, with_specs: bool) -> str:
    return f"no audience{' and no rule of the specs' if with_specs else ''} reads it"


def _code_text(places: Sequence[str] | None) -> str:
    if not places:
        return ""
    more = f" and {len(places) - 1:,} more" if len(places) > 1 else ""
    return f"; code names it at {places[0]}{more}"


def _suggestion(of_unknown_rule: int, reading: Sequence[str]) -> str:
    first = f"take it out of {brief_list(reading)}, then " if reading else ""
    hidden = (
        f"Intercom does not tell the rules of its {of_unknown_rule:,} "
        f"segment{'' if of_unknown_rule == 1 else 's'}, nor what messages and workflows read"
        if of_unknown_rule
        else "Intercom does not tell what messages and workflows read"
    )
    way = "archive it (`status: archived` in specs, or Settings > Data in Intercom)"
    return f"{first}{way}; {hidden}: look there first"
