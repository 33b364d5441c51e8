"""Segments whose rules ask for what a publish writes: they are decided before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.model import Predicate, fields_of, walk
from intercom_iac.model.predicate import Tagged

from .membership import MembershipChange
from .publications import Publication


def dependent_segments(changes: Sequence[tuple[Publication, MembershipChange]]) -> tuple[str, ...]:
    """The keys of those that ask for the tag or the attribute of another segment, who has which changes."""
    changed = [publication for publication, change in changes if change.changes]
    return tuple(
        dict.fromkeys(
            publication.key
            for publication, _ in changes
            if publication.segment.source is None
            and any(
                other.key != publication.key and _asks_for(publication.segment.typed_rule, other)
                for other in changed
            )
        )
    )


def _asks_for(rule: Predicate, published: Publication) -> bool:
    if published.tag_id is not None:
        return any(isinstance(node, Tagged) and node.tag == published.target for node in walk(rule))
    return any((field.owner, field.name) == ("contact", published.target) for field in fields_of(rule))
