"""What is wrong: `Diagnostic`, `Fix`, `Code`, the registry of every code with its examples, and the exception tree.

Imports `text`.
"""

from .diagnostic import Diagnostic, Related, Severity, sort_diagnostics
from .errors import (
    ApplyInterrupted,
    ChangedMeanwhile,
    Conflict,
    EditRefused,
    IntercomIacError,
    InvalidSpecs,
    MissingExtra,
    Misuse,
    NotFound,
    PlanError,
    RateLimited,
    StalePlan,
    Unauthorized,
    UndecidedRule,
    UnexpectedResponse,
    Unreachable,
    UnsafePlan,
    Unsettled,
    WorkspaceError,
    WrongWorkspace,
)
from .extras import APART, EXTRAS, require_extra
from .family import Family, family_of
from .fix import Applicability, Edit, Fix, safe_fix, unsafe_fix
from .registry import LEVELS, SEVERITY_OF_LEVEL, Code, Example, Level, all_codes, codes_of, level_of

__all__ = [
    "APART",
    "EXTRAS",
    "LEVELS",
    "SEVERITY_OF_LEVEL",
    "Applicability",
    "ApplyInterrupted",
    "ChangedMeanwhile",
    "Code",
    "Conflict",
    "Diagnostic",
    "Edit",
    "EditRefused",
    "Example",
    "Family",
    "Fix",
    "IntercomIacError",
    "InvalidSpecs",
    "Level",
    "MissingExtra",
    "Misuse",
    "NotFound",
    "PlanError",
    "RateLimited",
    "Related",
    "Severity",
    "StalePlan",
    "Unauthorized",
    "UndecidedRule",
    "UnexpectedResponse",
    "Unreachable",
    "UnsafePlan",
    "Unsettled",
    "WorkspaceError",
    "WrongWorkspace",
    "all_codes",
    "codes_of",
    "family_of",
    "level_of",
    "require_extra",
    "safe_fix",
    "sort_diagnostics",
    "unsafe_fix",
]
