"""Values of which there are few: options, booleans, and the texts that rules name letter by letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from intercom_iac.model.attribute import Field
from intercom_iac.model.folding import any_matches, matches
from intercom_iac.model.predicate import Equals, FieldTest, IsKnown, IsTrue, Matches, OneOf, TextOperator

from .cells import NO_VALUE, Mask, mask_of


class Choices:
    """The cells of a field whose values can be listed: one each, behind the one of no value.

    `others`: there are more values than are listed; they share the last cell. A test of a part of a text does not
    hold on the whole of that cell or nowhere in it, so `passing` is not asked about one where there is such a cell.
    """

    def __init__(
        self, values: Iterable[object], *, may_be_missing: bool = True, others: bool = False
    ) -> None:
        self.values = tuple(dict.fromkeys(values))
        self.others: Mask = 2 << len(self.values) if others else 0
        self.known: Mask = ((2 << len(self.values)) - 2) | self.others
        self.full: Mask = self.known | (NO_VALUE if may_be_missing else 0)
        # Places rather than masks, which are as long as there are values.
        self._places = {value: at for at, value in enumerate(self.values, 1)}
        self._texts = tuple(value for value in self.values if isinstance(value, str))
        self._matching: dict[tuple[str, str], Mask] = {}

    def passing(self, test: FieldTest) -> Mask:
        """The cells on which the test holds."""
        match test:
            case IsKnown():
                return self.known
            case IsTrue():
                return self._union((True,))
            case Equals(value=value):
                return self._union((value,))
            case OneOf(values=values):
                return self._union(values)
            case Matches(operator=operator, text=part):
                return self._matching_mask(operator, part)
            case _:
                raise TypeError(f"no test of listed values: {test!r}")

    def _matching_mask(self, operator: TextOperator, part: str) -> Mask:
        """The listed texts that a part is in; most parts are in none."""
        mask = self._matching.get((operator, part))
        if mask is None:
            mask = 0
            if any_matches(operator, self._texts, part):
                mask = self._union(text for text in self._texts if matches(operator, text, part))
            self._matching[operator, part] = mask
        return mask

    def _union(self, values: Iterable[object]) -> Mask:
        places = self._places
        return mask_of(places[value] for value in values if value in places)

    def at(self, place: int) -> object:
        """The value of a cell that is neither that of no value nor that of the others."""
        return self.values[place - 1]


@lru_cache(maxsize=256)
def cells_of_options(options: tuple[str, ...], *, may_be_missing: bool) -> Choices:
    """The cells of an attribute with options, the same for all rules that read it."""
    return Choices(options, may_be_missing=may_be_missing)


def options_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """The options that any of the fields declares; they are one attribute, as it is and as it was."""
    if len(fields) == 1:
        return fields[0].options
    return tuple(dict.fromkeys(option for field in fields for option in field.options))
