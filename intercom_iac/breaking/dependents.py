"""Which segments, of the old or the new specs, depend on what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.model import Predicate, Schema, children, matches
from intercom_iac.model.address import metadata_address
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    Equals,
    EventSequence,
    Matches,
    OneOf,
    own_fields,
)


class Dependents:
    """The segments that read an entry or test a field; archived ones select nobody and do not count."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._direct = [schema.needed_by() for schema in (new, old)]
        self._tests: list[tuple[str, list[tuple[str, Predicate]]]] = [
            (segment.address, list(_tests(segment.typed_rule, "")))
            for schema in (new, old)
            for segment in schema.segments.values()
            if segment.status != "archived"
        ]

    def segments_reading(self, address: str) -> tuple[str, ...]:
        """The segments whose rule reads it, themselves or through a segment they refer to."""
        found = {reader for schema in self._direct for reader in schema.get(address, ())}
        return tuple(sorted(found - {address}))

    def segments_testing(
        self, addresses: Sequence[str], options: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """The segments that test a field, at its old or new address; with `options`, those that name one of these."""
        found = {
            segment
            for segment, tests in self._tests
            for at, test in tests
            if at in addresses and (options is None or any(_names(test, option) for option in options))
        }
        return tuple(sorted(found))


def _tests(node: Predicate, event: str) -> Iterator[tuple[str, Predicate]]:
    """Every test that reads a field, with the address of the attribute or metadata key; once for each that it reads.

    `event` is the one whose metadata the test is about, empty outside of a `where`.
    """
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
