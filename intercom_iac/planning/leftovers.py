"""What the specs published once and do not any more: it is left in Intercom, and a finding says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Schema, Segment

from .base import Base
from .compare.segments import UnclaimedNames
from .compare.tags import carriers_question
from .plan import Question


class Leftover(NamedTuple):
    """A thing in Intercom, the address of the segment that it was one's of, and what is said of it."""

    kind: str
    name: str
    address: str
    finding: Diagnostic


def find_leftovers(schema: Schema, left: UnclaimedNames, base: Base | None) -> list[Leftover]:
    """What stands there, is no segment's, and was one's: by a name of the specs, else by those of `base`."""
    found: dict[tuple[str, str], Leftover] = {}
    for leftover in (*_by_declared_names(schema, left), *_by_earlier_names(schema, left, base)):
        found.setdefault((leftover.kind, leftover.name), leftover)
    return list(found.values())


def leftover_questions(leftovers: Collection[Leftover], tags: Mapping[str, str]) -> Iterator[Question]:
    """How many people carry each tag that is left; `tags` are the ids of the workspace's, by name."""
    for leftover in leftovers:
        if leftover.kind == "tag":
            yield carriers_question(leftover.address, leftover.name, tags[leftover.name])


def _by_declared_names(schema: Schema, left: UnclaimedNames) -> Iterator[Leftover]:
    unclaimed = _UnclaimedObjects(left)
    for segment in schema.segments.values():
        if segment.renamed_from is not None:
            for kind, name in unclaimed.of_segment(segment.renamed_from, segment.publish):
                yield Leftover(kind, name, segment.address, _renamed_finding(kind, name, segment))
        if not segment.has_tag:
            for kind, name in unclaimed.of_segment(segment.name, ("tag",)):
                yield Leftover(kind, name, segment.address, _unpublished_finding(name, segment))


def _by_earlier_names(schema: Schema, left: UnclaimedNames, base: Base | None) -> Iterator[Leftover]:
    if base is None:
        return
    unclaimed = _UnclaimedObjects(left)
    for was in base.schema.segments.values():
        if was.status != "archived":
            for kind, name in unclaimed.of_segment(was.name, was.publish):
                now = schema.segments.get(was.key)
                yield Leftover(kind, name, was.address, _removed_finding(kind, name, was, now, base))


class _UnclaimedObjects:
    """What no segment claims in Intercom, by name; of tags in any case."""

    def __init__(self, left: UnclaimedNames) -> None:
        self._tags = {name.casefold(): name for name in left.tags}
        self._audiences, self._segments = set(left.audiences), set(left.segments)

    def of_segment(self, name: str, publish: Collection[str]) -> Iterator[tuple[str, str]]:
        """Kind and name of what is left of a segment that had this name and published that."""
        tag = self._tags.get(name.casefold())
        if {"tag", "company tag"}.intersection(publish) and tag is not None:
            yield "tag", tag
        if "audience" in publish and name in self._audiences:
            yield "audience", name
        if not publish and name in self._segments:
            yield "segment", name


_DELETE = "delete it in Intercom if nobody uses it: who made it, Intercom does not tell"


def _unpublished_finding(name: str, segment: Segment) -> Diagnostic:
    message = f"the tag `{name}` has the name of `{segment.key}`, which publishes no tag: it is left as it is"
    hint = _DELETE if segment.status == "archived" else f"{_DELETE}; or add `publish: [tag]`"
    return codes.LEFT_BEHIND.at(segment.span, message, hint=hint)


def _renamed_finding(kind: str, name: str, segment: Segment) -> Diagnostic:
    message = (
        f"the {kind} `{name}` has the name that `{segment.key}` was renamed from, and one of its new name stands "
        "there too: it is left as it is"
    )
    return codes.LEFT_BEHIND.at(segment.span, message, hint=_DELETE)


def _removed_finding(kind: str, name: str, was: Segment, now: Segment | None, base: Base) -> Diagnostic:
    """`now`: the segment of that key, which may have another name."""
    if kind == "segment":
        by = (
            f"built in Intercom for `{was.key}`"
            if was.built_in_intercom
            else f"built by the rule of `{was.key}`"
        )
    else:
        by = f"adopted by `{was.key}`" if was.adopt else f"published by `{was.key}`"
    renamed = now is not None and now.status != "archived" and now.name != was.name
    since = f"which is called `{now.name}` now" if renamed and now is not None else "and is no segment's now"
    message = f"the {kind} `{name}` was {by} at `{base.at.name}`, {since}: it is left as it is"
    if kind != "segment" and was.adopt:
        hint = "it stays, for somebody else made it"
    elif renamed:
        hint = f"say `renamed_from: {was.name}`, and it gets the new name; or {_DELETE}"
    else:
        hint = f"{_DELETE}; where the segment has another name now, say so with `renamed_from`"
    return codes.LEFT_BEHIND.at(None, message, hint=hint)
