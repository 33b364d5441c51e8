"""What is wrong and where. Imports nothing of the project.

`SourceFile`, `Span` and `Excerpt` say where; `Diagnostic` says what; `registry` and `codes` hold every kind
with its examples; `errors` is the exception tree; `render` shows diagnostics to people.
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
from .json_text import json_text
from .near import bounded_suggestions, did_you_mean, near
from .registry import Code, Example, registered
from .source import Excerpt, SourceFile, Span
from .text import columns, printable, render, shows

__all__ = [
    "ApplyInterrupted",
    "ChangedMeanwhile",
    "Code",
    "Conflict",
    "Diagnostic",
    "Example",
    "Excerpt",
    "IntercomIacError",
    "InvalidSpecs",
    "Misuse",
    "NotFound",
    "PlanError",
    "RateLimited",
    "Related",
    "Severity",
    "SourceFile",
    "Span",
    "StalePlan",
    "Unauthorized",
    "UnexpectedResponse",
    "Unreachable",
    "UnsafePlan",
    "Unsettled",
    "WorkspaceError",
    "WrongWorkspace",
    "bounded_suggestions",
    "columns",
    "did_you_mean",
    "family_of",
    "in_order",
    "json_text",
    "near",
    "printable",
    "registered",
    "render",
    "shows",
]
