"""Rules that read an attribute in the place of the one that it replaces, and select whom they selected."""

from __future__ import annotations

from intercom_iac.model import Predicate, Schema
from intercom_iac.rules.moved import rule_on_successors

from .meaning import semantic_key


def is_moved(old: Predicate, new: Predicate, schema: Schema) -> bool:
    """Whether the new rule is the old one on the attributes that the new specs put in the place of others.

    The people are the same once the values are copied; where two old values become one, the rule is another.
    """
    successors = schema.successors()
    if not successors:
        return False
    moved = rule_on_successors(old, successors)
    return moved is not None and any(
        semantic_key(moved, open_segments=opened) == semantic_key(new, open_segments=opened)
        for opened in (True, False)
    )
