"""What the changes of a segment have in common, whatever it is in Intercom."""

from __future__ import annotations

from intercom_iac.compilers import english_text
from intercom_iac.model import Segment

from ..operations import FieldChange, Operation
from ..plan import Change, Place, Risk

RULE_CHANGED = "the rule has changed since the revision that the specs are compared with"


def rules(was: Segment, now: Segment) -> tuple[FieldChange, FieldChange]:
    """The rule and what it means, as they were and as they are."""
    before = None if was.predicate is None else english_text(was.predicate)
    return (
        FieldChange("rule", was.rule, now.rule),
        FieldChange("meaning", before, english_text(now.typed_rule)),
    )


def until_its_entry_goes(segment: Segment) -> str:
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
        source=Place.of(segment.span),
    )
