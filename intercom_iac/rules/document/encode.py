"""A typed rule -> the document."""

from __future__ import annotations

from typing import Any

from intercom_iac.model import Predicate

from ..print.outline import tree
from .kinds import FORMAT_VERSION


def encode_rule(rule: Predicate) -> dict[str, Any]:
    """The rule as JSON-able data: its root node, and the version of the format beside it."""
    return {"format_version": FORMAT_VERSION, **tree(rule)}
