"""Entries for what a workspace has: attributes, segments that a person built, audiences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Any

from intercom_iac.model import Attribute, LiveAttribute

from .entries import Entry, literal_text


def declared_attribute(live: LiveAttribute) -> Attribute:
    """The declaration that says of an attribute what Intercom says of it."""
    return Attribute(
        model=live.model,
        name=live.name,
        type=live.type,
        options=live.options,
        description=live.description or None,
        status="archived" if live.archived else "active",
        messenger_writable=live.messenger_writable,
    )


def built_segment_entry(key: str, name: str) -> Entry:
    """A segment that a person built in Intercom, whose API tells no rule of it."""
    return _segment_entry(key, name, {"rule": "unknown", "built_in_intercom": True})


def audience_entry(key: str, name: str, rule: str) -> Entry:
    """An audience that a person made: archiving its entry leaves it in Intercom."""
    return _segment_entry(key, name, {"rule": literal_text(rule), "publish": ["audience"], "adopt": True})


def _segment_entry(key: str, name: str, data: dict[str, Any]) -> Entry:
    return Entry(("segments", key), data if name == key else {"name": literal_text(name), **data})


def segment_key(name: str, taken: Container[str]) -> str:
    """A key that no segment has yet, by the name that people read: its words in lower case."""
    words = "_".join(re.findall(r"\w+", unicodedata.normalize("NFC", name.casefold()))).strip("_")
    base = words or "segment"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key
