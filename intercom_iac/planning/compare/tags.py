"""The tag of a segment, found by its name in any case: Intercom tells no more of it that would say whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import built as codes
from intercom_iac.model import Segment

from ..base import Base
from ..measuring import literal
from ..operations import CreateTag, FieldChange, RenameTag, RetireTag
from ..plan import Change, Question, Remark, Verification
from .segment_change import removal_advice, segment_change

_ADOPT = "where somebody else made it, write `adopt: true`: it stays then when the segment is archived"


def adoption_hint(base: Base | None) -> str:
    """What to do about what may be somebody else's; `base` would have told whether it was published before."""
    return _ADOPT if base is not None else f"{_ADOPT}; `--against` tells whether it was published before"


def compare_tag(segment: Segment, live: tuple[str, str] | None) -> Iterator[Change]:
    """The change of the tag; `live`: the name and the id of the one that is there for it. None is ever deleted."""
    if segment.status == "archived":
        if live is not None and not segment.adopt:
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
        "destructive",
        "`status: archived` in the specs, and to delete the tag of its name is destructive: everybody loses it. It "
        "stays until a person does, for Intercom does not tell who made it",
        steps=(
            f"in Intercom open Settings > Tags and find `{name}`",
            "check that nothing uses it and that it is nobody else's, then delete it",
            f"if it is to stay: {removal_advice(segment)}",
        ),
    )


def adopted_remark(segment: Segment, kind: str, name: str) -> Diagnostic:
    """What is said of a thing that outlives its segment, since somebody else made it."""
    return codes.ADOPTED_STAYS.at(
        segment.span,
        f"the {kind} `{name}` stays when `{segment.key}` is archived: `adopt: true` says that somebody else made it",
        hint="remove the entry once nothing refers to it",
    )


def tag_question(
    segment: Segment, live: tuple[str, str], base: Base | None, *, is_published: bool = False
) -> Question | None:
    """What to count of a tag that is there: who loses it if it is deleted, or whom a segment takes it over from.

    Nothing where the segment is known to have it, by `base` or since it says so; nor without `base` where it
    `is_published`: its audience stands there with the filters of its rule, so the tag is most likely its own, too.
    """
    name, tag_id = live
    if segment.status == "archived":
        return None if segment.adopt else carriers_question(segment.address, name, tag_id)
    if segment.adopt or (is_published if base is None else name.casefold() in _tags_of(base)):
        return None
    code = codes.NOT_ADOPTED if base is not None else codes.TAKES_OVER
    text = f"takes over the tag `{literal(name)}`, on {{people}}"
    since = "" if base is None else f"; the specs at `{literal(base.at.name)}` did not publish it"
    remark = code.at(segment.span, f"`{literal(segment.key)}` {text}{since}", hint=adoption_hint(base))
    return Question(
        address=segment.address, text=text, query=_carriers(tag_id), remark=Remark.of_diagnostic(remark)
    )


def carriers_question(address: str, name: str, tag_id: str) -> Question:
    """How many people carry a tag."""
    return Question(
        address=address, text=f"the tag `{literal(name)}` is on {{people}}", query=_carriers(tag_id)
    )


def _carriers(tag_id: str) -> dict[str, Any]:
    return {"field": "tag_id", "operator": "=", "value": tag_id}


def _tags_of(base: Base) -> set[str]:
    """What the tags were called that the specs published."""
    return {
        segment.name.casefold()
        for segment in base.schema.segments.values()
        if segment.has_tag and segment.status != "archived"
    }


def tag_verification(segment: Segment, name: str) -> Verification:
    """The tag that is there, and is used as it is."""
    return Verification(
        segment.address, "tag", name, "its name", "who made it or who carries it", complete=True
    )
