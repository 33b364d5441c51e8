"""What the change of an attribute does by itself to segments of the old specs, and which of them the new ones mend.

A segment is mended where its rule, or one that it refers to, is another in the new specs, or where it is gone. Whom
it selects then is told where its rule is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intercom_iac.model import Schema, Segment, segments_of
from intercom_iac.model.world import World

from .change import ReachedSegment, SchemaChange


def with_effects(
    changes: Iterable[SchemaChange], old: Schema, new: Schema, world: World | None
) -> Iterator[SchemaChange]:
    """The changes, those of what rules read of an attribute with what they do to segments, as proved in a world."""
    found = list(changes)
    if world is None or all(change.supposition is None for change in found):
        yield from found
        return
    # Nothing of proofs is loaded where no attribute is changed so.
    from intercom_iac.prover.impact.effects import BlastRadius

    radius = BlastRadius(old, world)
    segments = {segment.address: segment for segment in old.segments.values()}
    for change in found:
        effects = () if change.supposition is None else radius.effects_of(change.supposition)
        reached = (
            ReachedSegment(effect, is_mended=_is_mended(segments[effect.segment], old, new))
            for effect in effects
        )
        yield replace(change, reached=tuple(reached))


def _is_mended(segment: Segment, old: Schema, new: Schema) -> bool:
    keys = (segment.key, *segments_of(segment.typed_rule))
    return any(_rule(old, key) != _rule(new, key) for key in keys)


def _rule(schema: Schema, key: str) -> str | None:
    """The rule of a segment as it is written; None where there is none in use."""
    segment = schema.segments.get(key)
    return None if segment is None or segment.status == "archived" else segment.rule
