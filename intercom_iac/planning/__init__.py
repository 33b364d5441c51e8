"""Specs and workspace in, plan out: compare, order, safety, and the plan as JSON.

Imports `model`, `rules` and `compilers`; knows nothing of files, HTTP or terminals.
"""

from .age import in_words, refuse_if_older
from .agreement import refuse_if_other_than_shown, refuse_if_stale, refuse_unless_it_holds, unverified
from .base import Base
from .codec import decode, encode, plan_digest, plan_schema
from .digest import audience_digest, audience_key, resting_points
from .in_place import attribute_fields, audience_fields, same_value
from .matrix import RISKS, Matrix, Row, matrix_schema
from .needs import GROUPS, aims_at
from .operations import ACTIONS, Action, FieldChange
from .order import independent
from .plan import (
    Change,
    ComparedWith,
    Place,
    Plan,
    PlannedWorkspace,
    Remark,
    Risk,
    Standing,
    Usage,
)
from .planner import plan
from .safety import foretold, refuse_if_unsafe

__all__ = [
    "ACTIONS",
    "GROUPS",
    "RISKS",
    "Action",
    "Base",
    "Change",
    "ComparedWith",
    "FieldChange",
    "Matrix",
    "Place",
    "Plan",
    "PlannedWorkspace",
    "Remark",
    "Risk",
    "Row",
    "Standing",
    "Usage",
    "aims_at",
    "attribute_fields",
    "audience_digest",
    "audience_fields",
    "audience_key",
    "decode",
    "encode",
    "foretold",
    "in_words",
    "independent",
    "matrix_schema",
    "plan",
    "plan_digest",
    "plan_schema",
    "refuse_if_older",
    "refuse_if_other_than_shown",
    "refuse_if_stale",
    "refuse_if_unsafe",
    "refuse_unless_it_holds",
    "resting_points",
    "same_value",
    "unverified",
]
