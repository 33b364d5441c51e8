"""A typed rule -> the document."""

from __future__ import annotations

from typing import Any

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import may_open

from ..print.outline import tree
from .kinds import FORMAT_VERSION


def encode_rule(rule: Predicate) -> dict[str, Any]:
    """The rule as JSON-able data: its root node, and the version of the format beside it.

    A segment that it refers to stands with its rule, or by its key where these refer to others through so many that
    nobody could read the document.
    """
    return {"format_version": FORMAT_VERSION, **tree(rule, opens=may_open(rule))}
