"""Records that are or were sent to Intercom, held to the specs: every mistake with its place.

Imports `model` and what is below; knows no workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .checking import Progress, check_records
    from .checking_inputs import InputProgress, check_input
    from .codec import encode_payload_report, encode_violation, payload_schema
    from .json.batch import ByteSource
    from .judge import RecordJudge
    from .quarantine import Quarantine
    from .read_record import ReadRecord
    from .schemas.json_schema import (
        any_event_json_schema,
        boot_json_schema,
        company_json_schema,
        contact_json_schema,
        event_json_schema,
    )
    from .schemas.openapi import openapi_document
    from .tally import InvalidRecord, OnViolation, Tally
    from .violation import PayloadReport, Violation

__all__ = [
    "ByteSource",
    "InputProgress",
    "InvalidRecord",
    "OnViolation",
    "PayloadReport",
    "Progress",
    "Quarantine",
    "ReadRecord",
    "RecordJudge",
    "Tally",
    "Violation",
    "any_event_json_schema",
    "boot_json_schema",
    "check_input",
    "check_records",
    "company_json_schema",
    "contact_json_schema",
    "encode_payload_report",
    "encode_violation",
    "event_json_schema",
    "openapi_document",
    "payload_schema",
]

__getattr__ = lazy_names(
    __name__,
    {
        "checking": ["Progress", "check_records"],
        "checking_inputs": ["InputProgress", "check_input"],
        "codec": ["encode_payload_report", "encode_violation", "payload_schema"],
        "json.batch": ["ByteSource"],
        "judge": ["RecordJudge"],
        "quarantine": ["Quarantine"],
        "read_record": ["ReadRecord"],
        "schemas.json_schema": [
            "any_event_json_schema",
            "boot_json_schema",
            "company_json_schema",
            "contact_json_schema",
            "event_json_schema",
        ],
        "schemas.openapi": ["openapi_document"],
        "tally": ["InvalidRecord", "OnViolation", "Tally"],
        "violation": ["PayloadReport", "Violation"],
    },
)
