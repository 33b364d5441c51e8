"""The fields of a segment. Of one that a person built Intercom returns the name alone."""

from __future__ import annotations

from collections.abc import Iterable

from intercom_iac.compilers import to_english
from intercom_iac.diagnostics.codes.breaking import segments as codes
from intercom_iac.model import LiveSegment, Segment

from .entry_keys import OWNER, RENAMED_FROM, description_row
from .row import FieldRow, Impact, constant_impact, flag_impacts


def rule_values(segment: Segment) -> dict[str, str]:
    """The rule as it is written, and in English where it can be read: that of an archived segment may be past it."""
    english = None if segment.predicate is None else to_english(segment.predicate)
    return {"rule": segment.rule} | ({} if english is None else {"meaning": english})


def _publish_impacts(before: list[str], after: list[str]) -> Iterable[Impact]:
    removed = [kind for kind in before if kind not in after]
    added = [kind for kind in after if kind not in before]
    if removed:
        things = " and ".join(f"its {kind}" for kind in removed)
        verb = "is" if len(removed) == 1 else "are"
        yield Impact(
            code=codes.PUBLISH_REMOVED,
            message=f"no longer published: {things} {verb} left as it stands in Intercom",
            kind="removed",
            hint="make sure that nothing in Intercom uses it, then remove it there",
        )
    if added:
        yield Impact(
            code=codes.PUBLISH_ADDED,
            message=f"published as {' and '.join(added)}: whoever is in it may be written to",
            kind="added",
        )


NAME: FieldRow[Segment, LiveSegment] = FieldRow(
    key="name",
    declared=lambda segment: segment.name,
    live=lambda segment: segment.name,
    # `renamed_from` decides whether it is a rename.
    impacts=None,
)
RULE: FieldRow[Segment, LiveSegment] = FieldRow(
    key="rule",
    declared=lambda segment: segment.rule,
    shown=rule_values,
    # Whether two rules select the same people is no matter of their text.
    impacts=None,
)
PUBLISH: FieldRow[Segment, LiveSegment] = FieldRow(
    key="publish",
    declared=lambda segment: list(segment.publish),
    impacts=_publish_impacts,
)
SOURCE: FieldRow[Segment, LiveSegment] = FieldRow(
    key="from",
    declared=lambda segment: segment.source,
    impacts=constant_impact(
        Impact(
            code=codes.MEMBERS_FROM,
            message="where its members come from changed: others may get the tag or the attribute",
        )
    ),
)
BUILT_IN_INTERCOM: FieldRow[Segment, LiveSegment] = FieldRow(
    key="built_in_intercom",
    declared=lambda segment: segment.built_in_intercom,
    shown=lambda segment: segment.built_in_intercom or None,
    impacts=flag_impacts(
        set_=Impact(
            code=codes.BUILT_ELSEWHERE, names_values=True, message="its rule is a person's from now on"
        ),
        cleared=Impact(
            code=codes.BUILT_ELSEWHERE, names_values=True, message="its rule is the specs' from now on"
        ),
    ),
)
ADOPT: FieldRow[Segment, LiveSegment] = FieldRow(
    key="adopt",
    declared=lambda segment: segment.adopt,
    shown=lambda segment: segment.adopt or None,
    impacts=flag_impacts(
        set_=Impact(
            code=codes.ADOPTION_CHANGED,
            names_values=True,
            message="it takes over what somebody made, which stays in Intercom when it is archived",
        ),
        cleared=Impact(
            code=codes.ADOPTION_CHANGED,
            names_values=True,
            message="what it stands for counts as its own, and may be deleted when it is archived",
        ),
    ),
)

FIELDS: tuple[FieldRow[Segment, LiveSegment], ...] = (
    NAME,
    RULE,
    PUBLISH,
    SOURCE,
    BUILT_IN_INTERCOM,
    ADOPT,
    description_row(),
    OWNER,
    RENAMED_FROM,
)
