"""What a supposed change does to segments, as JSON."""

from __future__ import annotations

from typing import Any

from ..witness import Witness
from ..witnesses.encoding import encode_witness
from .effects import SegmentEffect


def encode_effect(effect: SegmentEffect) -> dict[str, Any]:
    """The effect on one segment; who leaves it and who enters it are witnesses."""
    return {
        "segment": effect.segment,
        "stops_compiling": effect.stops_compiling,
        "outcome": effect.outcome,
        "message": effect.words,
        "why": effect.why,
        "through": None if effect.through is None else f"segment.{effect.through}",
        "witnesses": {"leaves": _person(effect.leaves), "enters": _person(effect.enters)},
        "reason": effect.reason,
    }


def _person(witness: Witness | None) -> dict[str, Any] | None:
    return None if witness is None else encode_witness(witness)
