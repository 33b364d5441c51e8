"""Records that are or were sent to Intercom, held to the specs: every mistake with its place.

Imports `model` and what is below; knows no workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .violation import PayloadReport, Violation

__all__ = ["PayloadReport", "Violation"]

__getattr__ = lazy_names(__name__, {"violation": ["PayloadReport", "Violation"]})
