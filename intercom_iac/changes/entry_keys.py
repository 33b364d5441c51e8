"""The keys that entries of every kind have: description, owner and `renamed_from`.

`status` is no row: it decides which operation is planned, and what of the rest is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from intercom_iac.diagnostics.codes.breaking import entries as codes
from intercom_iac.model import Attribute, Event, MetadataKey, Segment

from .row import FieldRow, Impact, constant_impact

Entry = Attribute | Event | Segment
L = TypeVar("L")


def description_row(
    live: Callable[[L], Any] | None = None,
) -> FieldRow[Entry | MetadataKey, L]:
    """The description; `live` reads that of the workspace, which only attributes have."""
    return FieldRow(
        key="description",
        declared=lambda entry: entry.description,
        live=live,
        created=None if live is None else lambda entry: entry.description,
        impacts=constant_impact(Impact(code=codes.DESCRIPTION_CHANGED, message="the description changed")),
    )


OWNER: FieldRow[Entry, Any] = FieldRow(
    key="owner",
    declared=lambda entry: entry.owner,
    impacts=constant_impact(Impact(code=codes.OWNER_CHANGED, message="the owner changed")),
)

SOURCE_NAME: FieldRow[Attribute | Event | MetadataKey, Any] = FieldRow(
    key="source_name",
    declared=lambda entry: entry.source_name,
    impacts=constant_impact(
        Impact(code=codes.SOURCE_NAME_CHANGED, message="what the tracking plan calls it changed")
    ),
)

RENAMED_FROM: FieldRow[Entry, Any] = FieldRow(
    key="renamed_from",
    declared=lambda entry: entry.renamed_from,
    impacts=constant_impact(
        Impact(code=codes.RENAMED_FROM_CHANGED, message="`renamed_from` changed, and no name did")
    ),
)
