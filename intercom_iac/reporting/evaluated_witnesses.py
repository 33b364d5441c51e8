"""Which of the witnesses of a file satisfy a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from intercom_iac.text import columns, printable

from .kit.styles import style

if TYPE_CHECKING:
    from intercom_iac.prover import EvaluatedWitness


def evaluated_witnesses_text(witnesses: Sequence[EvaluatedWitness]) -> str:
    """A line a witness, with its place in the file where that has several."""
    return "\n".join(_lines(witnesses))


def _lines(witnesses: Sequence[EvaluatedWitness]) -> Iterator[str]:
    places = [printable(evaluated.place) for evaluated in witnesses]
    width = max(map(columns, places), default=0)
    for place, evaluated in zip(places, witnesses, strict=True):
        word = style("member    ", fg="green") if evaluated.holds else style("not member", fg="red")
        before = f"{place}{' ' * (width - columns(place))}  " if width else ""
        yield f"{before}{word}  {evaluated.description}"


def evaluated_witnesses_json(witnesses: Sequence[EvaluatedWitness]) -> dict[str, Any]:
    """The members as for people in a file, and every witness by its place in the file.

    `today` and `timezone` stand at the top where they decide and are those of every witness.
    """
    members = [evaluated.id for evaluated in witnesses if evaluated.holds]
    days = {(evaluated.witness.today, evaluated.witness.zone) for evaluated in witnesses}
    common: dict[str, str] = {}
    if len(days) == 1 and any(evaluated.reads_days for evaluated in witnesses):
        ((today, zone),) = days
        common = {"today": today.isoformat(), "timezone": zone}
    return {
        **common,
        "count": len(members),
        "members": members,
        "witnesses": [
            {
                "place": evaluated.place,
                "today": evaluated.witness.today.isoformat(),
                "timezone": evaluated.witness.zone,
                "contact": evaluated.id,
                "member": evaluated.holds,
                "description": evaluated.description,
            }
            for evaluated in witnesses
        ],
    }
