"""Well-kept readers of formats that are printed or kept here, as functions that give what they object to."""

from .programs import (
    actionlint,
    ajv_verdicts,
    github_language_service,
    openapi_mistakes,
    sarif_multitool,
)

__all__ = [
    "actionlint",
    "ajv_verdicts",
    "github_language_service",
    "openapi_mistakes",
    "sarif_multitool",
]
