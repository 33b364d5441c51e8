"""Where an attribute stands that takes the place of another, in a sentence."""

from __future__ import annotations

from intercom_iac.planning import Stage
from intercom_iac.planning.plan import STAGES

from ..kit.values import name_list

# Of what still reads the old one.
_LONGEST = 400


def stage_sentence(stage: Stage) -> str:
    """What is due, and what it waits for; the plan tells beside it what was counted."""
    how = ", by `sync --replace`" if stage.name == "copy" else ", by hand" if stage.by_hand else ""
    parts = [f"stage {stage.stage} of {len(STAGES)}, {stage.due}{how}"]
    if stage.waits_for:
        parts.append(f"what reads it: {name_list(list(stage.waits_for), _LONGEST)}")
    if stage.name == "copy" and stage.copies is None:
        is_company = stage.address.startswith("attribute.company.")
        parts.append("companies cannot be counted" if is_company else "who has the values was not counted")
    return "; ".join(parts)
