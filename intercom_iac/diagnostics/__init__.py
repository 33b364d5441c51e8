"""What is wrong: `Diagnostic` and `Code`, the registry of every code with its examples, and the exception tree.

Imports `text`.
"""

from .diagnostic import Diagnostic, Related, Severity, family_of, in_order
from .errors import (
    ApplyInterrupted,
    ChangedMeanwhile,
    Conflict,
    IntercomIacError,
    InvalidSpecs,
    Misuse,
    NotFound,
    PlanError,
    RateLimited,
    StalePlan,
    Unauthorized,
    UnexpectedResponse,
    Unreachable,
    UnsafePlan,
    Unsettled,
    WorkspaceError,
    WrongWorkspace,
)
from .registry import Code, Example, registered
from .render import render

__all__ = [
    "ApplyInterrupted",
    "ChangedMeanwhile",
    "Code",
    "Conflict",
    "Diagnostic",
    "Example",
    "IntercomIacError",
    "InvalidSpecs",
    "Misuse",
    "NotFound",
    "PlanError",
    "RateLimited",
    "Related",
    "Severity",
    "StalePlan",
    "Unauthorized",
    "UnexpectedResponse",
    "Unreachable",
    "UnsafePlan",
    "Unsettled",
    "WorkspaceError",
    "WrongWorkspace",
    "family_of",
    "in_order",
    "registered",
    "render",
]
