"""What a sync would do, as counts and samples; the writes themselves stand in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from intercom_iac.tables import TableRecord

SyncMode = Literal["update_only", "upsert", "create_only"]
"""`update_only` leaves out who is not found, and says how many those are."""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """One of the samples of a property: a record's key, and its value before and after."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlan:
    """The plan of one source for one workspace.

    Of the `rows` some are `rejected`; each other one is counted once: `create`, `update`, `unchanged`, `not_found` or
    `ambiguous` (several records of the workspace have its key). `properties` is how many records change of each,
    `cleared` how many of these lose the value, `samples` the first changes of each.
    """

    record: TableRecord
    source: str
    workspace: str
    app_id: str
    mode: SyncMode
    rows: int
    rejected: int
    create: int = 0
    update: int = 0
    unchanged: int = 0
    not_found: int = 0
    ambiguous: int = 0
    properties: Mapping[str, int] = field(default_factory=dict[str, int])
    cleared: Mapping[str, int] = field(default_factory=dict[str, int])
    samples: Mapping[str, tuple[PropertyChange, ...]] = field(
        default_factory=dict[str, tuple[PropertyChange, ...]]
    )

    @property
    def matched(self) -> int:
        """How many rows have one record of the workspace: guards are percentages of these."""
        return self.update + self.unchanged
