"""What a rule asks of each value: the types it is read as, and all that it is compared with.

A value is a place in an object of Intercom's: two fields with one path, such as an attribute before and after its
options changed, are one value.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.folding import fold
from intercom_iac.model.predicate import (
    Aggregate,
    Between,
    Compares,
    Equals,
    Matches,
    OneOf,
    own_fields,
    walk,
)

from .texts import TextTest


class Place(NamedTuple):
    """Where a value stands, and which of JSON's types it has."""

    owner: str
    path: tuple[str, ...]
    kind: str


def place_of(field: Field) -> Place:
    kind = "text" if field.type.is_text else "number" if field.type.is_number else str(field.type)
    return Place(field.owner, field.path, kind)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks of one value: `texts` and `numbers` that it is compared with, `tests` in any case."""

    fields: tuple[Field, ...]
    texts: tuple[str, ...]
    tests: tuple[TextTest, ...]
    numbers: tuple[int | float, ...]
    is_added: bool = False
    """Whether it is added up, for which a number is the decimal that it is written as."""

    def exact(self, number: float) -> Fraction:
        """A number as the rule compares it."""
        return as_written(number) if self.is_added else Fraction(number)

    @property
    def options(self) -> tuple[str, ...] | None:
        """The declared options, where it is nowhere read as any text."""
        if any(field.type is not DataType.OPTIONS for field in self.fields):
            return None
        return tuple(dict.fromkeys(option for field in self.fields for option in field.options)) or None

    @property
    def is_whole(self) -> bool:
        """Whether it is nowhere read as a number that is not whole."""
        return all(field.type is DataType.INTEGER for field in self.fields)


def as_written(number: float) -> Fraction:
    """The decimal that a number is written as; a float is not quite that."""
    return Fraction(number if isinstance(number, int) else str(number))


def text_test(test: Matches) -> TextTest:
    return TextTest(test.operator, fold(test.text))


def vocabulary_of(rule: Predicate) -> Mapping[Place, Asked]:
    """What the rule asks, by the place of the value."""
    fields: dict[Place, dict[Field, None]] = {}
    texts: dict[Place, dict[str, None]] = {}
    tests: dict[Place, dict[TextTest, None]] = {}
    numbers: dict[Place, dict[int | float, None]] = {}
    added: set[Place] = set()
    for node in walk(rule):
        for field in own_fields(node):
            fields.setdefault(place_of(field), {})[field] = None
        match node:
            case Equals(field=field, value=str(text)):
                texts.setdefault(place_of(field), {})[text] = None
            case OneOf(field=field, values=values):
                place = place_of(field)
                for value in values:
                    if isinstance(value, str):
                        texts.setdefault(place, {})[value] = None
                    else:
                        numbers.setdefault(place, {})[value] = None
            case Equals(field=field, value=int() | float() as number):
                numbers.setdefault(place_of(field), {})[number] = None
            case Compares(field=field, value=number):
                numbers.setdefault(place_of(field), {})[number] = None
            case Between(field=field, first=first, last=last):
                numbers.setdefault(place_of(field), {}).update({first: None, last: None})
            case Matches(field=field):
                tests.setdefault(place_of(field), {})[text_test(node)] = None
            case Aggregate(key=key):
                added.add(place_of(key))
            case _:
                pass
    return {
        place: Asked(
            fields=tuple(found),
            texts=tuple(texts.get(place, ())),
            tests=tuple(tests.get(place, ())),
            numbers=tuple(numbers.get(place, ())),
            is_added=place in added,
        )
        for place, found in fields.items()
    }
