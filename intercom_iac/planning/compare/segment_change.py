"""The change of a segment, whatever it is in Intercom, and the words that several of them have."""

from __future__ import annotations

from intercom_iac.compilers import to_english
from intercom_iac.model import Segment

from ..operations import FieldChange, Operation
from ..plan import Change, Place, Risk

RULE_CHANGED = "the rule has changed since the revision that the specs are compared with"


def rule_fields(old: Segment | None, new: Segment) -> tuple[FieldChange, FieldChange]:
    """The rule and what it means; `old` is the segment as it was, None for one that is not there."""
    before = None if old is None or old.predicate is None else to_english(old.predicate)
    return (
        FieldChange(path="rule", before=old and old.rule, after=new.rule),
        FieldChange(path="meaning", before=before, after=to_english(new.typed_rule)),
    )


def removal_advice(segment: Segment) -> str:
    """What to do where a thing is to stay that a person would delete otherwise."""
    return f"remove `{segment.key}` from the specs, since this step stays until it or its entry is gone"


def segment_change(
    segment: Segment,
    operation: Operation,
    risk: Risk,
    reason: str,
    *,
    steps: tuple[str, ...] = (),
) -> Change:
    return Change(
        address=segment.address,
        operation=operation,
        risk=risk,
        reason=reason,
        steps=steps,
        source=Place.of_span(segment.span),
    )
