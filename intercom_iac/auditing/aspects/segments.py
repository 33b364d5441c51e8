"""Segments that select nobody."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import Snapshot, segment_address
from intercom_iac.model.limits import PREDEFINED_SEGMENTS

from ..finding import AuditFinding
from ..samples.times import day_text


def empty_segments(snapshot: Snapshot) -> Iterator[AuditFinding]:
    """Segments whose count is 0, but for those that every workspace is made with."""
    for segment in snapshot.segments:
        if segment.count != 0 or segment.name in PREDEFINED_SEGMENTS:
            continue
        changed = day_text(segment.history.updated_at)
        yield AuditFinding(
            kind=codes.EMPTY_SEGMENT,
            address=segment_address(segment.name),
            message=f"the segment `{segment.name}` has no people"
            + (f"; it was last changed on {changed}" if changed else ""),
            suggestion="look at its rule in Intercom: a filter that nobody passes any more, or a segment to delete; "
            "counts can lag",
            evidence={
                "count": 0,
                "id": segment.id,
                "person_type": segment.person_type,
                "updated_at": changed,
            },
            weight=30,
        )
