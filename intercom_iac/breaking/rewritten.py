"""Segments whose rule has come to select other people, for whoever has to build them anew."""

from __future__ import annotations

from intercom_iac.model import Schema, Segment

from .compare.segments import same_segments
from .meaning import meaning


def rewritten(old: Schema, new: Schema) -> dict[str, Segment]:
    """Address of a live segment now -> the same segment of then, where the two rules are not sure to select the same
    people, the segments that they refer to included."""
    return {
        now.address: was
        for was, now in same_segments(old, new)
        if "archived" not in (was.status, now.status) and meaning(was.typed_rule) != meaning(now.typed_rule)
    }
