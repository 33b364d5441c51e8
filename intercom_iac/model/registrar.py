"""The registrar contact, which apply makes to register events: previews and exports leave it out."""

from __future__ import annotations

from collections.abc import Mapping

from .limits import REGISTRAR_EXTERNAL_ID


def is_registrar(contact: Mapping[str, object]) -> bool:
    """Whether a contact, as Intercom's API returns it, is the registrar."""
    return contact.get("external_id") == REGISTRAR_EXTERNAL_ID
