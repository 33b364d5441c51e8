"""The fields of a key of an event's metadata. Intercom returns none of them."""

from __future__ import annotations

from typing import Any

from intercom_iac.diagnostics.codes.breaking import events as codes
from intercom_iac.model import MetadataKey

from .entry_keys import SOURCE_NAME, description_row
from .options import OPEN_OPTIONS, option_impacts, sorted_options
from .row import FieldRow, Impact, constant_impact, flag_impacts

SENT_FIRST = "leave it optional until everything that sends the event sends it"
_REQUIRED = Impact(
    code=codes.METADATA_KEY_REQUIRED,
    names_values=True,
    message="required from now on: what is sent today may lack it",
    hint=SENT_FIRST,
)
_RELAXED = Impact(code=codes.REQUIRED_RELAXED, names_values=True, message="no longer required")

TYPE: FieldRow[MetadataKey, Any] = FieldRow(
    key="type",
    declared=lambda key: key.type.value,
    impacts=constant_impact(
        Impact(
            code=codes.METADATA_KEY_RETYPED,
            message="the type changed",
            hint="add a key of another name, and leave this one as it is",
        )
    ),
    reach="field",
)
OPTIONS: FieldRow[MetadataKey, Any] = FieldRow(
    key="options",
    declared=lambda key: list(key.options) or None,
    canonical=sorted_options,
    shown=lambda key: sorted_options(key.options),
    impacts=option_impacts(codes.METADATA_KEY_RETYPED),
    reach="field",
)
REQUIRED: FieldRow[MetadataKey, Any] = FieldRow(
    key="required",
    declared=lambda key: key.required,
    shown=lambda key: key.required or None,
    impacts=flag_impacts(set_=_REQUIRED, cleared=_RELAXED),
)

FIELDS: tuple[FieldRow[MetadataKey, Any], ...] = (
    TYPE,
    OPTIONS,
    OPEN_OPTIONS,
    REQUIRED,
    description_row(),
    SOURCE_NAME,
)
