"""What would become of segments if an attribute were archived, or had an option less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..session import Session
from .proof_world import proof_world

if TYPE_CHECKING:
    from intercom_iac.model import Attribute
    from intercom_iac.prover.impact.supposition import Archival, OptionRemoval


def supposed_changes(session: Session, attribute: Attribute) -> list[dict[str, Any]]:
    """Each change that may be supposed of an attribute, with its effect on segments, as plain data.

    None of an attribute that is archived or that no segment reads.
    """
    schema = session.schema()
    if attribute.status == "archived" or attribute.address not in schema.needed_by():
        return []
    from intercom_iac.prover.impact.effects import BlastRadius
    from intercom_iac.prover.impact.encoding import encode_effect

    radius = BlastRadius(schema, proof_world(session))
    return [
        {
            "change": change,
            "option": option,
            "segments": [encode_effect(effect) for effect in radius.of(supposition)],
        }
        for change, option, supposition in _suppositions(attribute)
    ]


def _suppositions(attribute: Attribute) -> Iterator[tuple[str, str | None, Archival | OptionRemoval]]:
    from intercom_iac.prover.impact.supposition import Archival, OptionRemoval

    yield "archive", None, Archival(attribute)
    for option in attribute.options:
        yield "remove_option", option, OptionRemoval(attribute, (option,))
