"""What the specs published once and do not any more: it is left where it stands, and told."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Schema, Segment, Snapshot

from .base import Base


def left_behind(schema: Schema, snapshot: Snapshot, base: Base | None) -> Iterator[tuple[str, Diagnostic]]:
    """Tags of the names of segments that publish none; and what the segments of `base` were in Intercom, where it
    stands there still and no segment is that now. Each with the address of its segment.
    """
    tags = {name.casefold(): name for name in snapshot.tags}
    published = {name.casefold() for name in _names(schema, "tag")}
    told: set[str] = set()
    for segment in schema.segments.values():
        name = tags.get(segment.name.casefold())
        if "tag" in segment.publish or name is None or segment.name.casefold() in published:
            continue
        told.add(name)
        yield (
            segment.address,
            codes.LEFT_BEHIND.at(
                segment.span,
                f"the tag `{name}` has the name of `{segment.key}`, which publishes no tag: it is left as it is",
                hint=_tag_hint(segment),
            ),
        )
    if base is None:
        return
    audiences = {each.name for each in snapshot.audiences} - _names(schema, "audience")
    built = {each.name for each in snapshot.segments} - _names(schema, None)
    for was in base.schema.segments.values():
        if was.status == "archived":
            continue
        tag = tags.get(was.name.casefold())
        if "tag" in was.publish and tag and tag not in told and tag.casefold() not in published:
            yield was.address, _left("tag", tag, was, base)
        if "audience" in was.publish and was.name in audiences:
            yield was.address, _left("audience", was.name, was, base)
        if not was.publish and was.name in built:
            yield was.address, _left("segment", was.name, was, base)


def _names(schema: Schema, publication: str | None) -> set[str]:
    """What segments of this publication are called in Intercom, or were; None for those that a person builds."""
    found = [
        segment
        for segment in schema.segments.values()
        if (publication in segment.publish if publication else not segment.publish)
    ]
    renamed = {segment.renamed_from for segment in found if segment.renamed_from is not None}
    return {segment.name for segment in found} | renamed


def _tag_hint(segment: Segment) -> str:
    where = (
        "delete it in Intercom under Settings > Tags if nobody uses it: who made it, Intercom does not tell"
    )
    return where if segment.status == "archived" else f"{where}; or add `publish: [tag]`"


def _left(kind: str, name: str, was: Segment, base: Base) -> Diagnostic:
    if kind == "segment":
        what, by = f"the segment `{name}`", f"was built by the rule of `{was.key}`"
    else:
        what, by = f"the {kind} `{name}`", f"was published by `{was.key}`"
    return codes.LEFT_BEHIND.at(
        None,
        f"{what} {by} at `{base.name}`, and no segment of the specs is it now: it is left as it is",
        hint="delete it in Intercom if nobody uses it; where the segment has another name now, say so with "
        "`renamed_from`",
    )
