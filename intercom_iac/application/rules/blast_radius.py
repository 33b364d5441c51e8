"""What would become of segments if an attribute were archived, or had an option less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..session import Session
from .proof_world import proof_world

if TYPE_CHECKING:
    from intercom_iac.model import Attribute
    from intercom_iac.prover.impact.supposition import Archival, OptionRemoval


MOST_OPTIONS = 100
"""Of how many options that rules tell apart an explanation says what becomes of segments without them."""


def blast_radius(session: Session, attribute: Attribute) -> dict[str, Any]:
    """Each change that may be supposed of an attribute, with its effect on segments, as facts in plain data.

    None of an attribute that is archived or that no segment reads. How many options were not looked at, since there
    are too many, stands under `options_left_out`.
    """
    schema = session.schema()
    if attribute.status == "archived" or attribute.address not in schema.needed_by():
        return {"blast_radius": []}
    from intercom_iac.prover.impact.effects import BlastRadius
    from intercom_iac.prover.impact.encoding import encode_effect
    from intercom_iac.prover.impact.supposition import OptionRemoval

    radius = BlastRadius(schema, proof_world(session))
    changes: list[dict[str, Any]] = []
    noticed = left_out = 0
    for change, option, supposition in _suppositions(attribute):
        if isinstance(supposition, OptionRemoval) and radius.notices(supposition):
            noticed += 1
            if noticed > MOST_OPTIONS:
                left_out += 1
                continue
        effects = [encode_effect(effect) for effect in radius.effects_of(supposition)]
        changes.append({"change": change, "option": option, "segments": effects})
    return {"blast_radius": changes, **({"options_left_out": left_out} if left_out else {})}


def _suppositions(attribute: Attribute) -> Iterator[tuple[str, str | None, Archival | OptionRemoval]]:
    from intercom_iac.prover.impact.supposition import Archival, OptionRemoval

    yield "archive", None, Archival(attribute)
    for option in attribute.options:
        yield "remove_option", option, OptionRemoval(attribute, (option,))
