"""The specs of an earlier revision, for what neither the specs nor the workspace tell."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema, Segment

from .plan import ComparedWith


@dataclass(frozen=True, slots=True)
class Base:
    """What the specs were.

    `changed_segments` are segments as they were, by the address they have now, whose rule selects other people now.
    """

    at: ComparedWith
    schema: Schema
    changed_segments: Mapping[str, Segment]
