"""The fields of an event. Intercom returns the name of one that was sent, and nothing else."""

from __future__ import annotations

from typing import Any

from intercom_iac.diagnostics.codes.breaking import events as codes
from intercom_iac.model import Event, MetadataKey

from . import metadata
from .comparison import shown_values
from .entry_keys import OWNER, RENAMED_FROM, SOURCE_NAME, description_row
from .row import FieldRow, Impact, flag_impacts


def metadata_key_values(key: MetadataKey) -> dict[str, Any]:
    """All that a metadata key says but its name and place, without what is empty."""
    return {name: value for name, value in shown_values(metadata.FIELDS, declared=key).items() if value}


METADATA: FieldRow[Event, Any] = FieldRow(
    key="metadata",
    declared=lambda event: {key.name: metadata_key_values(key) for key in event.metadata},
    created=lambda event: {key.name: key.type.value for key in event.metadata},
    # A key of it is a thing of its own, with its own table.
    impacts=None,
)

ADOPT: FieldRow[Event, Any] = FieldRow(
    key="adopt",
    declared=lambda event: event.adopt,
    shown=lambda event: event.adopt or None,
    impacts=flag_impacts(
        set_=Impact(
            code=codes.SENT_ELSEWHERE,
            names_values=True,
            message="something else sends it: apply registers it no more",
        ),
        cleared=Impact(
            code=codes.SENT_ELSEWHERE, names_values=True, message="apply registers it from now on"
        ),
    ),
)

FIELDS: tuple[FieldRow[Event, Any], ...] = (
    METADATA,
    description_row(),
    ADOPT,
    OWNER,
    RENAMED_FROM,
    SOURCE_NAME,
)
