"""Checks of segments that a person built in Intercom, and of what is adopted."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic, Fix, unsafe_fix
from intercom_iac.diagnostics.codes import built as codes
from intercom_iac.text.lists import brief_list
from intercom_iac.yaml.scalar_edits import raw_edit

from ..load.declarations import Declaration, Declarations
from ..load.entries import UNKNOWN_RULE, SegmentEntry


def check_built_in_intercom(segment: Declaration[SegmentEntry]) -> Iterator[Diagnostic]:
    """What does not go together in one entry."""
    entry, name = segment.entry, segment.name
    if entry.built_in_intercom and not entry.has_unknown_rule:
        yield codes.UNKNOWN_AND_BUILT.at(
            segment.value("rule"),
            f"`{name}` is built in Intercom, which tells its rule to nobody, and has a rule here",
            hint=f"write `rule: {UNKNOWN_RULE}`, or take `built_in_intercom` out: the segment is built by its rule",
            fix=_set_to_false(segment, "built_in_intercom"),
        )
    if entry.built_in_intercom and entry.publish:
        yield codes.BUILT_AND_PUBLISHED.at(
            segment.at("publish"),
            f"`{name}` is built in Intercom, and cannot be published: nobody knows its rule",
            hint=f"take `publish` out, or publish another segment with `rule: segment {name}`",
        )
    if entry.adopt and (entry.built_in_intercom or not entry.publish):
        yield codes.NOTHING_TO_ADOPT.at(
            segment.at("adopt"),
            f"`{name}` is not published, and has no audience or tag to adopt",
            hint="take `adopt` out: apply never touches a segment that a person built"
            if entry.built_in_intercom
            else "take `adopt` out, or publish the segment, such as with `publish: [tag]`",
            fix=_set_to_false(segment, "adopt"),
        )


def _set_to_false(segment: Declaration[SegmentEntry], key: str) -> Fix | None:
    edit = raw_edit(segment.document, (*segment.path, key), "false")
    return None if edit is None else unsafe_fix(edit)


def remark_on_unknown_rules(declared: Declarations) -> Iterator[Diagnostic]:
    """One remark for all segments whose rules nobody here knows, at the first of them."""
    unknown = [
        segment
        for segment in declared.segments
        if segment.entry.has_unknown_rule and segment.entry.status != "archived" and not segment.entry.publish
    ]
    if not unknown:
        return
    names = brief_list([segment.name for segment in unknown])
    what = "rule of a segment" if len(unknown) == 1 else f"rules of {len(unknown)} segments"
    yield codes.BUILT_IN_INTERCOM.at(
        unknown[0].span,
        f"nothing here knows the {what} built in Intercom: {names}",
        hint="a plan verifies the name; with a `rule` in its place a plan would have its filters reviewed",
    )
