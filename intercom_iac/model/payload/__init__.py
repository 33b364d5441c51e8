"""What a record that is sent to Intercom may hold: read by payload checks, generated code, schemas and usages."""

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
    "PayloadField",
    "PayloadKind",
    "RecordShape",
    "Refusal",
    "boot_shape",
    "company_shape",
    "contact_shape",
    "event_shape",
    "messenger_company_shape",
    "metadata_fields",
    "value_fault",
]
