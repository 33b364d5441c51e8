"""Patterns over addresses, as `--only` takes them: shell globs, whole kinds, bare names."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from .address import KINDS, MODELS, Address

ADDRESS_GROUPS: tuple[str, ...] = (*KINDS, *(f"attribute.{owner}" for owner in MODELS))
"""What covers all of a kind, or of attributes all of an owner."""


def pattern_covers(pattern: str, address: str) -> bool:
    """Whether a pattern means an address: a glob over the address, `attribute.contact.hs_*`, or over the bare name,
    `hs_*`, where no kind stands in front. A kind alone, or `attribute.company`, means everything under it."""
    if pattern in ADDRESS_GROUPS:
        return address.startswith(f"{pattern}.")
    if pattern.partition(".")[0] in KINDS:
        return fnmatchcase(address, pattern)
    parsed = Address.parse(address)
    return fnmatchcase(address if parsed is None else parsed.name, pattern)


def any_pattern_covers(patterns: Iterable[str], address: str) -> bool:
    """Whether one of the patterns means the address; without patterns, every address is meant."""
    patterns = tuple(patterns)
    return not patterns or any(pattern_covers(pattern, address) for pattern in patterns)


def pattern_kind(pattern: str) -> str | None:
    """The kind that stands in front of a pattern; None for one that may mean any kind."""
    kind = pattern.partition(".")[0]
    return kind if kind in KINDS else None


def covers_everything(pattern: str) -> bool:
    """Whether no address escapes a pattern, or none of a kind: `*`, `segment`, `segment.*`."""
    kind = pattern_kind(pattern)
    rest = pattern if kind is None else pattern.removeprefix(kind).removeprefix(".")
    return pattern in ADDRESS_GROUPS or ("*" in rest and not rest.strip("*.?"))
