"""Specs and workspace in, plan out: compare, order, safety, and the plan as JSON.

Imports `model`, `rules` and `compilers`; knows nothing of files, HTTP or terminals.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

from .plan import (
    ArchiveProposal,
    Change,
    ComparedWith,
    Copies,
    Measurement,
    NotInSpecs,
    NotPromoted,
    Place,
    Plan,
    PlannedWorkspace,
    Promotion,
    Question,
    Remark,
    Risk,
    RoomProposals,
    SegmentChange,
    Stage,
    Usage,
    Verification,
    WhyNotPromoted,
)

if TYPE_CHECKING:
    from .already_applied import attribute_fields, audience_fields, same_value
    from .base import Base
    from .codec import decode, encode, plan_digest, plan_schema
    from .digest import audience_digest, audience_key, definition_digests
    from .measuring import MOST_QUESTIONS, questions_to_ask, with_answers
    from .needs import NO_ADDRESS, TARGET_GROUPS, target_covers
    from .operations import ACTIONS, Action, FieldChange
    from .order import independent_runs
    from .plan_age import duration_text, refuse_if_older
    from .planner import plan
    from .promotion import Promotable, PromotedSide, promotable
    from .reach import with_reached_segments
    from .replacements import Replacement, count_copied, count_copies, open_replacements, uncopied_query
    from .safety import refuse_if_unsafe, with_threshold_warning
    from .side_by_side import RISKS, AddressRow, PlansSideBySide, matrix_schema
    from .verification import refuse_if_stale, unverifiable_remarks, verify_saved_plan, verify_shown_plan

__all__ = [
    "ACTIONS",
    "MOST_QUESTIONS",
    "NO_ADDRESS",
    "RISKS",
    "TARGET_GROUPS",
    "Action",
    "AddressRow",
    "ArchiveProposal",
    "Base",
    "Change",
    "ComparedWith",
    "Copies",
    "FieldChange",
    "Measurement",
    "NotInSpecs",
    "NotPromoted",
    "Place",
    "Plan",
    "PlannedWorkspace",
    "PlansSideBySide",
    "Promotable",
    "PromotedSide",
    "Promotion",
    "Question",
    "Remark",
    "Replacement",
    "Risk",
    "RoomProposals",
    "SegmentChange",
    "Stage",
    "Usage",
    "Verification",
    "WhyNotPromoted",
    "attribute_fields",
    "audience_digest",
    "audience_fields",
    "audience_key",
    "count_copied",
    "count_copies",
    "decode",
    "definition_digests",
    "duration_text",
    "encode",
    "independent_runs",
    "matrix_schema",
    "open_replacements",
    "plan",
    "plan_digest",
    "plan_schema",
    "promotable",
    "questions_to_ask",
    "refuse_if_older",
    "refuse_if_stale",
    "refuse_if_unsafe",
    "same_value",
    "target_covers",
    "uncopied_query",
    "unverifiable_remarks",
    "verify_saved_plan",
    "verify_shown_plan",
    "with_answers",
    "with_reached_segments",
    "with_threshold_warning",
]

# The function of this name is handed out, not the module, whose import has put that here.
globals().pop("plan", None)
__getattr__ = lazy_names(
    __name__,
    {
        "already_applied": ["attribute_fields", "audience_fields", "same_value"],
        "base": ["Base"],
        "codec": ["decode", "encode", "plan_digest", "plan_schema"],
        "digest": ["audience_digest", "audience_key", "definition_digests"],
        "measuring": ["MOST_QUESTIONS", "questions_to_ask", "with_answers"],
        "needs": ["NO_ADDRESS", "TARGET_GROUPS", "target_covers"],
        "operations": ["ACTIONS", "Action", "FieldChange"],
        "order": ["independent_runs"],
        "plan_age": ["duration_text", "refuse_if_older"],
        "planner": ["plan"],
        "promotion": ["Promotable", "PromotedSide", "promotable"],
        "reach": ["with_reached_segments"],
        "replacements": [
            "Replacement",
            "count_copied",
            "count_copies",
            "open_replacements",
            "uncopied_query",
        ],
        "safety": ["refuse_if_unsafe", "with_threshold_warning"],
        "side_by_side": ["RISKS", "AddressRow", "PlansSideBySide", "matrix_schema"],
        "verification": ["refuse_if_stale", "unverifiable_remarks", "verify_saved_plan", "verify_shown_plan"],
    },
)
