"""Rules that read an attribute in the place of the one that it replaces, and select whom they selected."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.model import Attribute, ModelName, Predicate, Schema
from intercom_iac.rules.moved import rule_on_successors

from .meaning import semantic_key

Successors = Mapping[tuple[ModelName, str], Attribute]
"""Model and name of an attribute -> the attribute that has its values once they are copied."""


def value_successors(old: Schema, new: Schema) -> Successors:
    """The attributes that the new specs put in the place of others, with no values but theirs.

    One that was declared before and took no place, or another's, has values of its own: whoever has them is somebody
    else.
    """
    before = old.successors()
    return {
        place: successor
        for place, successor in new.successors().items()
        if (known := old.attributes.get((successor.model, successor.name))) is None
        or before.get(place) is known
    }


def is_moved(old: Predicate, new: Predicate, successors: Successors) -> bool:
    """Whether the new rule is the old one on the attributes that take the place of others.

    The people are the same once the values are copied; where two old values become one, the rule is another.
    """
    if not successors:
        return False
    moved = rule_on_successors(old, successors)
    return moved is not None and any(
        semantic_key(moved, open_segments=opened) == semantic_key(new, open_segments=opened)
        for opened in (True, False)
    )
