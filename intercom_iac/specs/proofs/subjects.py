"""What a rule reads: attributes, events, tags and segments of Intercom's.

Tests that read nothing in common say nothing about each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    And,
    InIntercomSegment,
    InSegment,
    Tagged,
    children,
    own_events,
    own_fields,
)

Subjects = frozenset[Hashable]


class SubjectReader:
    """What rules read. Each rule and part of one is looked through once, and lives as long as the reader."""

    def __init__(self) -> None:
        self._known: dict[int, Subjects] = {}

    def read(self, rule: Predicate) -> Subjects:
        """Everything that a rule reads; a referenced segment reads what its rule does."""
        known = self._known.get(id(rule))
        if known is None:
            known = self._known[id(rule)] = self._read(rule)
        return known

    def _read(self, rule: Predicate) -> Subjects:
        subjects: set[Hashable] = set()
        pending = [rule]
        while pending:
            node = pending.pop()
            match node:
                case InSegment(rule=inner):
                    subjects |= self.read(inner)
                    continue
                case InIntercomSegment(segment=key):
                    subjects.add(("segment", key))
                case Tagged(tag=tag):
                    subjects.add(("tag", tag))
                case _:
                    subjects.update((field.owner, field.name) for field in own_fields(node))
                    subjects.update(("event", name) for name in own_events(node))
            pending.extend(children(node))
        return frozenset(subjects)

    def read_all(self, rules: Iterable[Predicate]) -> Subjects:
        return frozenset[Hashable]().union(*map(self.read, rules))


def conjuncts(rule: Predicate) -> tuple[Predicate, ...]:
    """The clauses that all have to hold; a rule that is no `and` is one."""
    return rule.parts if isinstance(rule, And) else (rule,)
