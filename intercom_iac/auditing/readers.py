"""Who reads an attribute, as far as the workspace tells: the filters of its audiences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intercom_iac.model import AudiencePredicate, ModelName, Snapshot, attribute_address
from intercom_iac.model.address import audience_address

_OF_COMPANY = "company."
_CUSTOM = "custom_attributes."


def join_readers(snapshot: Snapshot, read_by: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Address of an attribute -> the addresses of what reads it: those that are known, and the workspace's audiences.

    Rules of segments are never returned by Intercom, so what these read is known from specs alone.
    """
    found = {address: dict.fromkeys(readers) for address, readers in read_by.items()}
    for audience in snapshot.audiences:
        for predicate in audience.predicates:
            found.setdefault(_attribute_of(predicate), {})[audience_address(audience.name)] = None
    return {address: tuple(readers) for address, readers in found.items()}


def _attribute_of(predicate: AudiencePredicate) -> str:
    """The address of what a filter names, as if that were a custom attribute; `company.` may stand before its name
    (API 2.16 description, audiences)."""
    path = predicate.attribute
    model: ModelName = "company" if path.startswith(_OF_COMPANY) else "contact"
    return attribute_address(model, path.removeprefix(_OF_COMPANY).removeprefix(_CUSTOM))
