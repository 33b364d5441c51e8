"""What a sync would do, as counts and samples; the writes themselves stand in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.tables import TableRecord

SyncMode = Literal["update_only", "upsert", "create_only"]
"""`update_only` leaves out who is not found, and says how many those are; `create_only` leaves who is found."""

Trust = Literal["none", "kept", "dropped", "verified"]
"""What was made of the cache: there was `none` for this table; what it knows was `kept`; it was `dropped`, as a
sample was not in Intercom as it knows it; or everything was to be `verified`."""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """One of the samples of a property: a record's key, and its value before and after."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ValueMove:
    """How many records go from one value of a property to another. Only options and booleans are counted so."""

    before: Any
    after: Any
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlan:
    """The plan of one source for one workspace.

    Of the `rows` some are `rejected`; each other one is counted once: `create`, `update`, `unchanged`, `not_found`,
    `ambiguous` (several records of the workspace have its key), or, of events, `held_back` (the properties of their
    person are not yet in Intercom). Events that would be sent count as `create`, those sent before as `unchanged`.

    `properties` is how many records that are there change of each, `cleared` how many of these lose the value,
    `clearing` how many records lose any; `samples` are the first changes of each, `moves` the commonest of options
    and booleans. `sends` are the properties that the table has, whatever changes. Of `not_compared` properties
    Intercom returns no value: they are sent with others. `never_cleared` are those of a source whose empty cells
    clear, of which Intercom takes no null: an empty cell leaves them as they are.

    `trust` is what was made of the cache, of which `verified` records were looked at and `mismatched` were otherwise
    than it knows. `drifted` records were as the table has them when they were compared last, and are otherwise now.
    `compared` rows were compared with the workspace, in `calls` calls. `shape` is what the cache keeps
    the table's fingerprints under.

    `replaces` is the old attribute whose values are copied, where the source is no table: the `rows` are the records
    that have it, of which the `unchanged` have the new one, and the `rejected` a value that does not convert.
    """

    record: TableRecord
    source: str
    workspace: str
    app_id: str
    mode: SyncMode
    rows: int
    rejected: int
    key_name: str = "external_id"
    shape: str = ""
    create: int = 0
    update: int = 0
    unchanged: int = 0
    not_found: int = 0
    ambiguous: int = 0
    held_back: int = 0
    clearing: int = 0
    properties: Mapping[str, int] = field(default_factory=dict[str, int])
    cleared: Mapping[str, int] = field(default_factory=dict[str, int])
    samples: Mapping[str, tuple[PropertyChange, ...]] = field(
        default_factory=dict[str, tuple[PropertyChange, ...]]
    )
    moves: Mapping[str, tuple[ValueMove, ...]] = field(default_factory=dict[str, tuple[ValueMove, ...]])
    sends: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()
    never_cleared: tuple[str, ...] = ()
    trust: Trust = "none"
    verified: int = 0
    mismatched: int = 0
    drifted: int = 0
    compared: int = 0
    calls: int = 0
    replaces: str | None = None

    @property
    def matched(self) -> int:
        """How many rows have one record of the workspace: guards are percentages of these."""
        return self.update + self.unchanged

    @property
    def writes(self) -> int:
        return self.create + self.update
