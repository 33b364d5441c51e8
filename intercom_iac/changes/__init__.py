"""What a Schema and another one, or a Schema and a Snapshot, differ in: a table of fields for each kind of thing.

`attributes`, `events`, `metadata`, `segments` and `audiences` each hold one, `FIELDS`, a row per key of an entry.
`row` says what a row is, `comparison` compares by rows. Read by `planning` and `breaking`. Imports `model`,
`compilers` and the codes of `diagnostics`; knows nothing of plans, files or terminals.
"""

from .comparison import (
    Difference,
    compare_revisions,
    compare_with_live,
    creation_differences,
    fields_without,
    live_values,
    shown_values,
    sort_differences,
)
from .live import (
    ComparedWorkspace,
    LiveDifference,
    LiveDifferences,
    WorkspaceDiff,
    live_differences,
    workspace_diff_schema,
)
from .row import FieldRow, Impact, Kind, PlanRisk, Reach, Risk

__all__ = [
    "ComparedWorkspace",
    "Difference",
    "FieldRow",
    "Impact",
    "Kind",
    "LiveDifference",
    "LiveDifferences",
    "PlanRisk",
    "Reach",
    "Risk",
    "WorkspaceDiff",
    "compare_revisions",
    "compare_with_live",
    "creation_differences",
    "fields_without",
    "live_differences",
    "live_values",
    "shown_values",
    "sort_differences",
    "workspace_diff_schema",
]
