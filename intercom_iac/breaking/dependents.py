"""Which segments, of the old or the new specs, depend on what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.model import Predicate, Schema, children, matches
from intercom_iac.model.address import metadata_address
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    Equals,
    EventSequence,
    InSegment,
    Matches,
    OneOf,
    in_order_of_references,
    own_fields,
    referenced_rules,
)


class Dependents:
    """The segments that read an entry or test a field; archived ones select nobody and do not count."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._direct = [schema.needed_by() for schema in (new, old)]
        self._segments = [
            (segment.address, segment.typed_rule)
            for schema in (new, old)
            for segment in schema.segments.values()
            if segment.status != "archived"
        ]
        # Of each rule its own tests and the rules that it refers to, behind the same of these.
        self._rules: dict[int, tuple[list[tuple[str, Predicate]], list[Predicate]]] = {}
        for _, rule in self._segments:
            for asked in in_order_of_references(rule, self._rules):
                self._rules[id(asked)] = list(_tests(asked, "")), referenced_rules(asked)

    def segments_reading(self, address: str) -> tuple[str, ...]:
        """The segments whose rule reads it, themselves or through a segment they refer to."""
        found = {reader for schema in self._direct for reader in schema.get(address, ())}
        return tuple(sorted(found - {address}))

    def segments_testing(
        self, addresses: Sequence[str], options: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """The segments that test a field, at its old or new address; with `options`, those that name one of these."""
        testing = set[int]()
        for rule, (tests, references) in self._rules.items():
            if any(id(referred) in testing for referred in references) or any(
                at in addresses and (options is None or any(_names(test, option) for option in options))
                for at, test in tests
            ):
                testing.add(rule)
        return tuple(sorted({segment for segment, rule in self._segments if id(rule) in testing}))


def _tests(node: Predicate, event: str) -> Iterator[tuple[str, Predicate]]:
    """Every test of a rule itself that reads a field, once for each, with the attribute's or metadata key's address.

    `event` is the one whose metadata the test is about, empty outside of a `where`.
    """
    if isinstance(node, InSegment):
        return
    own_event = node.event if isinstance(node, EVENT_TESTS) else event
    for field in own_fields(node):
        yield metadata_address(own_event, field.name) if field.owner == "event" else field.address, node
    if isinstance(node, EventSequence):
        for name, where in ((node.event, node.where), (node.then, node.then_where)):
            if where is not None:
                yield from _tests(where, name)
        return
    for child in children(node):
        yield from _tests(child, own_event)


def _names(test: Predicate, option: str) -> bool:
    """Whether a test speaks of an option: by name, or as a text that it matches."""
    match test:
        case Equals(value=value):
            return value == option
        case OneOf(values=values):
            return option in values
        case Matches(operator=operator, text=text):
            return matches(operator, option, text)
        case _:
            return False
