"""Well-kept readers of formats that are printed or kept here, as functions that give what they object to."""

from .programs import actionlint, github_language_service, sarif_multitool

__all__ = ["actionlint", "github_language_service", "sarif_multitool"]
