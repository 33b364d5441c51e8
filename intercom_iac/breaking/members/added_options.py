"""Who comes into a segment with an option that is new: its rule says `not`, and nobody had the option before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intercom_iac.model import DataType, Field, Predicate, Schema, matches
from intercom_iac.model.predicate import And, Equals, IsKnown, Matches, Not, OneOf, Or, SomeCompany
from intercom_iac.rules.normal import chain, normal_form


@dataclass(frozen=True, slots=True)
class AddedOption:
    """A new option that passes a test which an old one does not pass; `rule` is the rule for those who have it."""

    field: Field
    option: str
    rule: Predicate


def added_options(old: Schema, rule: Predicate) -> Iterator[AddedOption]:
    """What the rule of the new specs has come to let pass, by options that the old ones did not have."""
    seen: set[tuple[str, str, str]] = set()
    for test, holds in _field_tests(normal_form(rule), True):
        field = test.field
        before = None if field.owner == "event" else old.field(field.owner, field.name)
        if before is None or (before.type, field.type) != (DataType.OPTIONS, DataType.OPTIONS):
            continue
        for option in field.options:
            if option in before.options or (field.owner, field.name, option) in seen:
                continue
            if _passes(test, option) is holds and _stops_another(test, holds, before.options):
                seen.add((field.owner, field.name, option))
                has_it: Predicate = Equals(field, option)
                if field.owner == "company":
                    has_it = SomeCompany(has_it)
                yield AddedOption(field, option, chain(And, (rule, has_it)))


def _stops_another(test: _FieldTest, holds: bool, options: Sequence[str]) -> bool:
    return any(_passes(test, option) is not holds for option in options)


_FieldTest = Equals | OneOf | Matches | IsKnown


def _field_tests(node: Predicate, holds: bool) -> Iterator[tuple[_FieldTest, bool]]:
    """The tests of a rule that an option may pass, and whether they hold for a member. What a rule asks of
    occurrences is left out."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _field_tests(part, holds)
        case Not(part=part):
            yield from _field_tests(part, not holds)
        case SomeCompany(rule=rule):
            yield from _field_tests(rule, holds)
        case Equals() | OneOf() | Matches() | IsKnown():
            yield node, holds
        case _:
            return


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
