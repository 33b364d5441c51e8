"""The registrar contact, which apply makes to register events: previews and exports leave it out."""

from __future__ import annotations

from collections.abc import Mapping

from .limits import REGISTRAR_EXTERNAL_ID
from .predicate import Equals, Not, Predicate
from .standard import STANDARD

NOT_REGISTRAR: Predicate = Not(Equals(STANDARD["contact", "external_id"].field(), REGISTRAR_EXTERNAL_ID))
"""Holds of every contact but the registrar."""


def is_registrar(contact: Mapping[str, object]) -> bool:
    """Whether a contact, as Intercom's API returns it, is the registrar."""
    return contact.get("external_id") == REGISTRAR_EXTERNAL_ID
