"""The tag of a segment, found by its name in any case: Intercom tells no more of it that would say whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.model import Segment

from ..operations import CreateTag, FieldChange, RenameTag, RetireTag
from ..plan import Change, Verification
from .segment_change import removal_advice, segment_change


def compare_tag(segment: Segment, live: tuple[str, str] | None) -> Iterator[Change]:
    """The change of the tag; `live`: the name and the id of the one that is there for it. None is ever deleted."""
    if segment.status == "archived":
        if live is not None:
            yield _tag_retirement(segment, *live)
    elif live is None:
        fields = (FieldChange(path="name", before=None, after=segment.name),)
        yield segment_change(
            segment,
            CreateTag(name=segment.name, fields=fields),
            "safe",
            "the workspace has no such tag; it is made, and put on nobody",
        )
    elif live[0].casefold() != segment.name.casefold():
        name, tag_id = live
        fields = (FieldChange(path="name", before=name, after=segment.name),)
        reason = (
            f"renamed from `{name}`: whoever uses that tag finds it under the new name, with the same people"
        )
        yield segment_change(segment, RenameTag(name=name, fields=fields, live_id=tag_id), "caution", reason)


def _tag_retirement(segment: Segment, name: str, tag_id: str) -> Change:
    return segment_change(
        segment,
        RetireTag(name=name, live_id=tag_id),
        "caution",
        "`status: archived` in the specs, and the tag of its name stays: Intercom does not tell who made it",
        steps=(
            f"in Intercom open Settings > Tags and find `{name}`",
            "check that nothing uses it and that it is nobody else's, then delete it",
            f"if it is to stay: {removal_advice(segment)}",
        ),
    )


def tag_verification(segment: Segment, name: str) -> Verification:
    """The tag that is there, and is used as it is."""
    return Verification(
        segment.address, "tag", name, "its name", "who made it or who carries it", complete=True
    )
