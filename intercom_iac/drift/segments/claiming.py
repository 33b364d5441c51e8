"""Which segment of the specs something in Intercom stands for, by its name."""

from __future__ import annotations

from typing import TypeVar

from intercom_iac.model import Schema, Segment

T = TypeVar("T")


def active_names(schema: Schema) -> set[str]:
    return {segment.name for segment in schema.segments.values() if segment.status != "archived"}


def old_name(segment: Segment, names: set[str]) -> str:
    """The name it had, unless another segment of the specs has that name now."""
    return "" if segment.renamed_from in names else segment.renamed_from or ""


def in_claiming_order(schema: Schema) -> list[Segment]:
    return sorted(schema.segments.values(), key=lambda segment: segment.status == "archived")


def claim(live: dict[str, T], *names: str) -> T | None:
    """What is there by the first of the names that is, and from now on nobody else's."""
    return next((live.pop(name) for name in names if name in live), None)
