"""Which segments, of the old or the new specs, depend on what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.model import Predicate, Schema, children, matches
from intercom_iac.model.address import metadata_address
from intercom_iac.model.predicate import Equals, FieldTest, Matches, OccurrenceDay, Occurrences, OneOf


class Dependents:
    """The segments that read an entry or test a field; archived ones select nobody and do not count."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._direct = [schema.needed_by() for schema in (new, old)]
        self._tests: list[tuple[str, list[tuple[str, FieldTest]]]] = [
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


def _tests(node: Predicate, event: str) -> Iterator[tuple[str, FieldTest]]:
    """Every test on a field, with the address of the attribute or metadata key that it is on."""
    match node:
        case Occurrences(event=name, where=where) | OccurrenceDay(event=name, where=where):
            if where is not None:
                yield from _tests(where, name)
        case _ if isinstance(node, FieldTest):
            yield metadata_address(event, node.field.name) if event else node.field.address, node
        case _:
            for child in children(node):
                yield from _tests(child, event)


def _names(test: FieldTest, option: str) -> bool:
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
