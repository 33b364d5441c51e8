"""Segments whose rule has come to select other people, for whoever has to build them anew."""

from __future__ import annotations

from intercom_iac.model import Schema, Segment

from .compare.segments import same_segments
from .meaning import semantic_key


def segments_with_other_rules(old: Schema, new: Schema) -> dict[str, Segment]:
    """New address of a live segment -> the same segment of the old specs, where the two rules are not sure to select
    the same people, the segments that they refer to included."""
    return {
        after.address: before
        for before, after in same_segments(old, new)
        if "archived" not in (before.status, after.status)
        and semantic_key(before.typed_rule) != semantic_key(after.typed_rule)
    }
