"""What the specs published once and do not any more: it is left in Intercom, and a finding says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Schema, Segment

from .base import Base
from .compare.segments import UnclaimedNames

Finding = tuple[str, Diagnostic]


def leftover_findings(schema: Schema, left: UnclaimedNames, base: Base | None) -> Iterator[Finding]:
    """What stands there, is no segment's, and was one's: by a name of the specs, else by those of `base`. Each with
    the address of its segment."""
    reported: set[tuple[str, str]] = set()
    unclaimed = _UnclaimedObjects(left)
    for segment in schema.segments.values():
        if segment.renamed_from is not None:
            for kind, name in unclaimed.of_segment(segment.renamed_from, segment.publish):
                reported.add((kind, name))
                yield segment.address, _renamed_finding(kind, name, segment)
        if "tag" not in segment.publish:
            for kind, name in unclaimed.of_segment(segment.name, ("tag",)):
                reported.add((kind, name))
                yield segment.address, _unpublished_finding(name, segment)
    for was in base.schema.segments.values() if base is not None else ():
        if was.status != "archived":
            for kind, name in unclaimed.of_segment(was.name, was.publish):
                if base is not None and (kind, name) not in reported:
                    yield was.address, _removed_finding(kind, name, was, base)


class _UnclaimedObjects:
    """What no segment claims in Intercom, by name; of tags in any case."""

    def __init__(self, left: UnclaimedNames) -> None:
        self._tags = {name.casefold(): name for name in left.tags}
        self._audiences, self._segments = set(left.audiences), set(left.segments)

    def of_segment(self, name: str, publish: Collection[str]) -> Iterator[tuple[str, str]]:
        """Kind and name of what is left of a segment that had this name and published that."""
        tag = self._tags.get(name.casefold())
        if "tag" in publish and tag is not None:
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


def _removed_finding(kind: str, name: str, was: Segment, base: Base) -> Diagnostic:
    by = f"built by the rule of `{was.key}`" if kind == "segment" else f"published by `{was.key}`"
    message = (
        f"the {kind} `{name}` was {by} at `{base.at.name}`, and is no segment's now: it is left as it is"
    )
    hint = f"{_DELETE}; where the segment has another name now, say so with `renamed_from`"
    return codes.LEFT_BEHIND.at(None, message, hint=hint)
