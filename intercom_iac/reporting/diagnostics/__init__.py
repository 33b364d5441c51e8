"""Diagnostics for machines, one format a file, on a terminal and in Markdown."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .formats import FORMATS, findings, findings_json
    from .places import Examined

__all__ = ["FORMATS", "Examined", "findings", "findings_json"]

__getattr__ = lazy_names(
    __name__, {"formats": ["FORMATS", "findings", "findings_json"], "places": ["Examined"]}
)
