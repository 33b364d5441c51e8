"""Segments that a person builds: Intercom returns their names and never their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.compilers import to_screen_steps
from intercom_iac.model import Segment

from ..operations import BuildSegment, DeleteSegment, FieldChange, RebuildSegment, RenameSegment
from ..plan import Change, Verification
from .segment_change import RULE_CHANGED, rule_fields, segment_change

# Help articles 324 (segments) and 2848161 (groups of filters).
_ADDING = "Add filter starts a group of one filter, + on a filter adds one to its group"


def compare_hand_built(
    segment: Segment, live_name: str | None, old: Segment | None, built: Mapping[str, str]
) -> Iterator[Change]:
    """What a person has to do.

    `live_name`: the name of the segment that is there for it; `old`: it as the specs had it, with another rule;
    `built`: the names of all segments that a person builds, by key, which filters can name.
    """
    if segment.status == "archived":
        if live_name is not None:
            yield _deletion(segment, live_name)
    elif live_name is None:
        yield _restoring(segment) if segment.built_in_intercom else _building(segment, built)
    else:
        if old is not None and not segment.built_in_intercom:
            yield _rebuilding(segment, live_name, old, built)
        if live_name != segment.name:
            yield _renaming(segment, live_name)


def segment_verification(segment: Segment) -> Verification:
    """The segment that is there: its name is all that was compared."""
    unverified = "its filters" if segment.built_in_intercom else "its rule"
    return Verification(segment.address, "segment", segment.name, "its name", unverified)


def _deletion(segment: Segment, live_name: str) -> Change:
    return segment_change(
        segment,
        DeleteSegment(name=live_name),
        "caution",
        "`status: archived` in the specs, and no API call deletes a segment",
        steps=(
            "in Intercom open Contacts and choose the segment in the list on the left",
            f"check that nothing uses `{live_name}`, then choose Delete segment",
        ),
    )


def _building(segment: Segment, built: Mapping[str, str]) -> Change:
    return segment_change(
        segment,
        BuildSegment(
            name=segment.name,
            fields=(
                FieldChange(path="name", before=None, after=segment.name),
                *rule_fields(None, segment),
            ),
        ),
        "safe",
        "no API call makes a segment: a person builds it, the plan verifies that it stands there",
        steps=(
            f"in Intercom open Contacts > People; {_ADDING}",
            *to_screen_steps(segment.typed_rule, built, name=segment.name),
            f"choose Save segment and name it `{segment.name}`, to the letter",
        ),
    )


def _restoring(segment: Segment) -> Change:
    """A segment that a person built, which is gone, and the filters that it had with it."""
    return segment_change(
        segment,
        BuildSegment(name=segment.name, fields=(FieldChange(path="name", before=None, after=segment.name),)),
        "caution",
        "the workspace has no segment of this name, and nothing here knows the rule that it had",
        steps=(
            "in Intercom open Contacts and look for the segment under another name; where it has one, choose Rename "
            f"segment and name it `{segment.name}`, to the letter, or write its name as `name` in the specs",
            f"where it is gone: build it again, choose Save segment and name it `{segment.name}`, to the letter",
            f"where nobody misses it: remove `{segment.key}` from the specs",
        ),
    )


def _rebuilding(segment: Segment, live_name: str, old: Segment, built: Mapping[str, str]) -> Change:
    filters = (
        "compare the filters it has with these, and correct them"
        if old.built_in_intercom
        else "remove the filters it has"
    )
    return segment_change(
        segment,
        RebuildSegment(name=live_name, fields=rule_fields(old, segment)),
        "caution",
        f"{RULE_CHANGED}, and no API call reads or changes the rule of a segment",
        steps=(
            f"in Intercom open Contacts and choose the segment `{live_name}`",
            f"{filters}; {_ADDING}",
            *to_screen_steps(segment.typed_rule, built, name=segment.name),
            "choose Save segment",
        ),
    )


def _renaming(segment: Segment, live_name: str) -> Change:
    return segment_change(
        segment,
        RenameSegment(
            name=live_name, fields=(FieldChange(path="name", before=live_name, after=segment.name),)
        ),
        "safe",
        f"renamed from `{live_name}`, and no API call renames a segment",
        steps=(
            f"in Intercom open Contacts and choose the segment `{live_name}`",
            f"choose Rename segment and name it `{segment.name}`, to the letter",
        ),
    )
