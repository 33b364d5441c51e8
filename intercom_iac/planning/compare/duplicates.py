"""Audiences of one name, which Intercom allows: made twice by a create whose answer was lost, or by two people."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import LiveAudience, Schema, Snapshot

from .attributes import Finding


def duplicate_audiences(schema: Schema, snapshot: Snapshot) -> Iterator[Finding]:
    """A warning for each name with several audiences, where two have the same filters or the specs know the name.

    A segment stands for one of them: that with its filters, else the first; the others are left alone.
    """
    segments = {
        segment.name: segment for segment in schema.segments.values() if "audience" in segment.publish
    }
    by_name: dict[str, list[LiveAudience]] = {}
    for audience in snapshot.audiences:
        by_name.setdefault(audience.name, []).append(audience)
    for name, audiences in by_name.items():
        segment = segments.get(name)
        definitions = {
            (frozenset(audience.predicates), frozenset(audience.role_predicates)) for audience in audiences
        }
        if len(audiences) == 1 or (segment is None and len(definitions) == len(audiences)):
            continue
        alike = "the same filters" if len(definitions) == 1 else "not all the same filters"
        ids = ", ".join(f"`{audience.id}`" for audience in audiences)
        choice = (
            ""
            if segment is None
            else f"the plan is for one of them, as `{segment.address}`, and leaves the others: "
        )
        yield (
            "" if segment is None else segment.address,
            codes.DUPLICATE_AUDIENCES.at(
                None if segment is None else segment.span,
                f"the workspace has {len(audiences)} audiences called `{name}`, with {alike} (ids {ids})",
                hint=f"{choice}delete in Intercom those that nothing uses",
            ),
        )
