"""What a workspace has and what is wrong with it, from a survey and a sample: ranked findings, without specs."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .aspects.caps import CapUse, pace_text
    from .audit import Audit, Sampled, audit_workspace
    from .candidates import Candidate, archive_candidates
    from .code_use import CodeUse, decode_code_use
    from .codec import audit_schema, encode_audit
    from .finding import AuditFinding, reaches
    from .samples.shown_values import shown_value
    from .samples.times import day_text
    from .samples.values import AttributeValues

__all__ = [
    "AttributeValues",
    "Audit",
    "AuditFinding",
    "Candidate",
    "CapUse",
    "CodeUse",
    "Sampled",
    "archive_candidates",
    "audit_schema",
    "audit_workspace",
    "day_text",
    "decode_code_use",
    "encode_audit",
    "pace_text",
    "reaches",
    "shown_value",
]

__getattr__ = lazy_names(
    __name__,
    {
        "audit": ["Audit", "Sampled", "audit_workspace"],
        "candidates": ["Candidate", "archive_candidates"],
        "aspects.caps": ["CapUse", "pace_text"],
        "code_use": ["CodeUse", "decode_code_use"],
        "codec": ["audit_schema", "encode_audit"],
        "finding": ["AuditFinding", "reaches"],
        "samples.shown_values": ["shown_value"],
        "samples.times": ["day_text"],
        "samples.values": ["AttributeValues"],
    },
)
