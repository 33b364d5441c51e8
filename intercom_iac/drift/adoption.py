"""What `--adopt` does with a finding: the workspace's value for the specs, or why the specs cannot have it."""

from __future__ import annotations

from dataclasses import dataclass

from .finding import Kind


@dataclass(frozen=True, slots=True)
class Adopted:
    """A finding that the specs took over: where it stands in them now."""

    address: str
    kind: Kind
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class NotAdopted:
    """What the specs could not take over, and why."""

    address: str
    why: str
    hint: str | None = None
