"""Who comes into a segment with an option that is new: its rule says `not`, and nobody had the option before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Predicate, Schema, event_key, matches
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    And,
    Equals,
    EventSequence,
    EventTest,
    IsKnown,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OneOf,
    Or,
    SomeCompany,
)
from intercom_iac.rules.normal import chain, normal_form


@dataclass(frozen=True, slots=True)
class AddedOption:
    """A new option that passes a test which an old one does not pass; `rule` is the rule for those who have it."""

    field: Field
    option: str
    rule: Predicate


def added_options(old: Schema, rule: Predicate) -> Iterator[AddedOption]:
    """What the rule of the new specs has come to let pass, by options that the old ones did not have."""
    seen: set[tuple[str, str, str, str]] = set()
    for test, holds, event in _field_tests(normal_form(rule), True, ""):
        field = test.field
        before = _field_before(old, field, event)
        if before is None or (before.type, field.type) != (DataType.OPTIONS, DataType.OPTIONS):
            continue
        for option in field.options:
            place = (field.owner, event_key(event), field.name, option)
            if option in before.options or place in seen:
                continue
            if _passes(test, option) is holds and _stops_another(test, holds, before.options):
                seen.add(place)
                has_it = _has_option(Equals(field, option), event)
                yield AddedOption(field, option, chain(And, (rule, has_it)))


def _field_before(old: Schema, field: Field, event: str) -> Field | None:
    """The field as the old specs have it; of a metadata key, that of the event."""
    if field.owner != "event":
        return old.field(field.owner, field.name)
    declared = next(
        (known for name, known in old.events.items() if event_key(name) == event_key(event)), None
    )
    return None if declared is None else declared.field(field.name)


def _has_option(test: Equals, event: str) -> Predicate:
    """Who has the option: themselves, one of their companies, or an occurrence of the event."""
    match test.field.owner:
        case "company":
            return SomeCompany(test)
        case "event":
            return Occurrences(event, where=test)
        case _:
            return test


def _stops_another(test: _FieldTest, holds: bool, options: Sequence[str]) -> bool:
    return any(_passes(test, option) is not holds for option in options)


_FieldTest = Equals | OneOf | Matches | IsKnown


def _field_tests(node: Predicate, holds: bool, event: str) -> Iterator[tuple[_FieldTest, bool, str]]:
    """The tests of a rule that an option may pass, whether they hold for a member, and the event whose metadata they
    ask for. What a test asks of each occurrence holds for a member whom occurrences bring in, and does not for one
    whom they would put out."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _field_tests(part, holds, event)
        case Not(part=part):
            yield from _field_tests(part, not holds, event)
        case SomeCompany(rule=rule):
            yield from _field_tests(rule, holds, event)
        case Occurrences() | OccurrenceDay() | Aggregate() | ActiveDays() | EventSequence():
            wanted = holds is not _puts_out(node)
            for name, where in _conditions(node):
                yield from _field_tests(where, wanted, name)
        case Equals() | OneOf() | Matches() | IsKnown():
            yield node, holds, event
        case _:
            return


def _conditions(node: EventTest) -> Iterator[tuple[str, Predicate]]:
    """What a test asks of the metadata of occurrences, each with their event."""
    if node.where is not None:
        yield node.event, node.where
    if isinstance(node, EventSequence) and node.then_where is not None:
        yield node.then, node.then_where


def _puts_out(node: EventTest) -> bool:
    """Whether more occurrences can only take somebody out."""
    return isinstance(node, Occurrences) and (node.comparison in ("<", "<=") or node.count == 0)


def _passes(test: _FieldTest, option: str) -> bool:
    match test:
        case Equals(value=value):
            return option == value
        case OneOf(values=values):
            return option in values
        case Matches(operator=operator, text=text):
            return matches(operator, option, text)
        case IsKnown():
            return True
