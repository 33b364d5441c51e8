"""What a plan comes to in a sentence: what it looked at, what it verified, and what else apply makes."""

from __future__ import annotations

from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.planning import Plan

from .promotion import promotion_note

REGISTRAR = f"Apply also makes the contact `{REGISTRAR_EXTERNAL_ID}`, to send each event for"


def plan_verdict(plan: Plan) -> str:
    """What a plan without changes says: no more than what could be compared."""
    if plan.promotion is not None:
        return f"Nothing to promote. {promotion_note(plan)}"
    if plan.targets:
        return f"Nothing differs at {', '.join(plan.targets)}: the rest was not looked at"
    if not is_verified_completely(plan):
        return "Nothing differs in what Intercom's API tells"
    return "Nothing differs: the workspace is what the specs say"


def is_verified_completely(plan: Plan) -> bool:
    """Whether all that the specs say of what stands there was compared."""
    return all(verification.complete for verification in plan.verifications)


def targets_note(plan: Plan) -> str:
    """What a plan with targets leaves out."""
    return promotion_note(plan) or f"Only {', '.join(plan.targets)}, and what that needs, was looked at"
