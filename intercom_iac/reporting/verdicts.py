"""What a plan comes to in a sentence: what it looked at, what it verified, and what else apply makes."""

from __future__ import annotations

from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.planning import Plan

REGISTRAR = (
    f"Apply also makes the contact `{REGISTRAR_EXTERNAL_ID}`, unsubscribed, for which each event is sent once"
)


def verdict(plan: Plan) -> str:
    """What a plan without changes says: no more than what could be compared."""
    if plan.targets:
        return f"Nothing differs at {', '.join(plan.targets)}: the rest was not looked at"
    if plan.standing:
        return "Nothing differs in what Intercom's API tells"
    return "Nothing differs: the workspace is what the specs say"


def looked_at(plan: Plan) -> str:
    """What a plan with targets leaves out."""
    return f"Only {', '.join(plan.targets)}, and what that needs, was looked at"
