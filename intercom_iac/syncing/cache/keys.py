"""Keys as they are compared."""

from __future__ import annotations


def normal_key(key_name: str, key: str) -> str:
    """A key as it is compared (`comparison.match_key`)."""
    return key.strip(" ").lower() if key_name == "email" else key
