"""What a record that is sent to Intercom may hold: read by payload checks, generated code, schemas and usages."""

from .descriptions import FaultText, describe_fault, expected_value, shown_value, utc_text
from .event_names import EventNames
from .key_faults import NameFault, field_faults, key_address, shown_name, undeclared_attribute, unknown_key
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
from .spelling import by_folded_name, fold_name
from .values import Fault, value_fault

__all__ = [
    "PAYLOAD_KINDS",
    "EventNames",
    "Fault",
    "FaultText",
    "NameFault",
    "PayloadField",
    "PayloadKind",
    "RecordShape",
    "Refusal",
    "boot_shape",
    "by_folded_name",
    "company_shape",
    "contact_shape",
    "describe_fault",
    "event_shape",
    "expected_value",
    "field_faults",
    "fold_name",
    "key_address",
    "messenger_company_shape",
    "metadata_fields",
    "shown_name",
    "shown_value",
    "undeclared_attribute",
    "unknown_key",
    "utc_text",
    "value_fault",
]
