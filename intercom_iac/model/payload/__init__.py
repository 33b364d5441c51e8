"""What a record that is sent to Intercom may hold: read by payload checks, generated code, schemas and usages."""

from .descriptions import FaultText, describe_fault, expected_value, shown_value, utc_text
from .shape import (
    PAYLOAD_KINDS,
    PayloadField,
    PayloadKind,
    RecordShape,
    Refusal,
    boot_shape,
    company_shape,
    contact_shape,
    event_shape,
    messenger_company_shape,
    metadata_fields,
)
from .values import Fault, value_fault

__all__ = [
    "PAYLOAD_KINDS",
    "Fault",
    "FaultText",
    "PayloadField",
    "PayloadKind",
    "RecordShape",
    "Refusal",
    "boot_shape",
    "company_shape",
    "contact_shape",
    "describe_fault",
    "event_shape",
    "expected_value",
    "messenger_company_shape",
    "metadata_fields",
    "shown_value",
    "utc_text",
    "value_fault",
]
