"""Segments that a person builds: Intercom returns their names and never their rules."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.compilers import english_text, filter_steps
from intercom_iac.model import Segment

from ..operations import BuildSegment, DeleteSegment, FieldChange, RebuildSegment, RenameSegment
from ..plan import Change, Standing
from .common import RULE_CHANGED, rules, segment_change


def compare_built(segment: Segment, stands: str | None, was: Segment | None) -> Iterator[Change]:
    """What a person has to do.

    `stands`: the name of the segment that is there for it; `was`: it as the specs had it, with another rule than now.
    """
    if segment.status == "archived":
        if stands is not None:
            yield _gone(segment, stands)
    elif stands is None:
        yield _new(segment)
    else:
        if was is not None:
            yield _anew(segment, stands, was)
        if stands != segment.name:
            yield _renamed(segment, stands)


def standing_segment(segment: Segment) -> Standing:
    """The segment that is there: its name is all that was compared."""
    return Standing(segment.address, "segment", segment.name, "its name", "its rule")


def _gone(segment: Segment, stands: str) -> Change:
    return segment_change(
        segment,
        DeleteSegment(name=stands),
        "caution",
        "`status: archived` in the specs, and no API call deletes a segment",
        steps=(
            "in Intercom open Contacts and choose the segment in the list on the left",
            f"check that nothing uses `{stands}`, then choose Delete segment",
        ),
    )


def _new(segment: Segment) -> Change:
    return segment_change(
        segment,
        BuildSegment(
            name=segment.name,
            fields=(
                FieldChange("name", None, segment.name),
                FieldChange("rule", None, segment.rule),
                FieldChange("meaning", None, english_text(segment.typed_rule)),
            ),
        ),
        "safe",
        "no API call makes a segment: a person builds it, the plan verifies that it stands there",
        steps=(
            "in Intercom open Contacts > People and choose New segment",
            *filter_steps(segment.typed_rule),
            f"choose Save segment and name it `{segment.name}`, to the letter",
        ),
    )


def _anew(segment: Segment, stands: str, was: Segment) -> Change:
    return segment_change(
        segment,
        RebuildSegment(name=stands, fields=rules(was, segment)),
        "caution",
        f"{RULE_CHANGED}, and no API call reads or changes the rule of a segment",
        steps=(
            f"in Intercom open Contacts and choose the segment `{stands}`",
            "remove the filters it has",
            *filter_steps(segment.typed_rule),
            "choose Save segment",
        ),
    )


def _renamed(segment: Segment, stands: str) -> Change:
    return segment_change(
        segment,
        RenameSegment(name=stands, fields=(FieldChange("name", stands, segment.name),)),
        "safe",
        f"renamed from `{stands}`, and no API call renames a segment",
        steps=(
            f"in Intercom open Contacts and choose the segment `{stands}`",
            f"choose Rename segment and name it `{segment.name}`, to the letter",
        ),
    )
