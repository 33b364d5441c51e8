"""Ids of objects, derived from their kind and number."""

import hashlib


def object_id(kind: str, number: int | str) -> str:
    """A 24-digit hexadecimal id as Intercom gives contacts, companies and segments.

    A hash of kind and number: the same calls on two empty workspaces give the same ids, and the order of ids means
    nothing.
    """
    return hashlib.blake2b(f"{kind}/{number}".encode(), digest_size=12).hexdigest()


def object_uuid(kind: str, number: int | str) -> str:
    """An id in the form of a UUID, made as `object_id` makes its own."""
    digits = hashlib.blake2b(f"{kind}/{number}".encode(), digest_size=16).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
