"""Numbers, cut where the tests of a field cut them: whole ones, or all that JSON can say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from intercom_iac.model.predicate import Between, Compares, Equals, FieldTest, IsKnown, OneOf

from ..witnesses.believable_values import believable_number
from .cells import NO_VALUE, Mask, bits, first_run, mask_of

Number = int | float


def constants_of(test: FieldTest) -> tuple[Number, ...]:
    """The numbers that a test names."""
    match test:
        case Compares(value=value):
            return (value,)
        case Equals(value=value):
            return (value,) if isinstance(value, int | float) else ()
        case OneOf(values=values):
            return tuple(value for value in values if isinstance(value, int | float))
        case Between(first=first, last=last):
            return (first, last)
        case _:
            return ()


class Numbers:
    """The cells of a number: no value; each constant; what lies between two of them, if any number does."""

    def __init__(self, constants: Iterable[Number], *, whole: bool, least: Number | None = None) -> None:
        """`least` is the least number that the world allows, if it has one."""
        self.whole = whole
        if least is not None:
            constants = (*constants, least)
        cuts = sorted(dict.fromkeys(constants))
        # Each cell as the numbers between which it lies, both of them the same where it is one number.
        self.cells: list[tuple[Number, Number, bool]] = []
        # Places rather than masks, which are as long as there are cells: how many lie below a cut, and its own.
        self._counts_below: dict[Number, int] = {}
        self._places: dict[Number, int] = {}
        self._samples: dict[Mask, Number] = {}
        below: Number = -math.inf
        for cut in cuts:
            self._add_between(below, cut)
            self._counts_below[cut] = len(self.cells)
            if not whole or cut == math.floor(cut):
                self.cells.append((cut, cut, True))
                self._places[cut] = len(self.cells)
            below = cut
        self._add_between(below, math.inf)
        self.known: Mask = (2 << len(self.cells)) - 2
        if least is not None:
            self.known &= ~self._below(least)
        self.full: Mask = self.known | NO_VALUE

    def _add_between(self, below: Number, above: Number) -> None:
        if _has_between(below, above, whole=self.whole):
            self.cells.append((below, above, False))

    def passing(self, test: FieldTest) -> Mask:
        """The cells on which the test holds."""
        match test:
            case IsKnown():
                return self.known
            case Equals(value=value):
                return self._at((value,))
            case OneOf(values=values):
                return self._at(values)
            case Compares(comparison="<", value=value):
                return self._below(value)
            case Compares(comparison="<=", value=value):
                return self._below(value) | self._at((value,))
            case Compares(comparison=">=", value=value):
                return self.known & ~self._below(value)
            case Compares(value=value):
                return self.known & ~self._below(value) & ~self._at((value,))
            case Between(first=first, last=last):
                return self.known & ~self._below(first) & (self._below(last) | self._at((last,)))
            case _:
                raise TypeError(f"no test of a number against constants: {test!r}")

    def _below(self, cut: Number) -> Mask:
        return (2 << self._counts_below[cut]) - 2

    def _at(self, values: Iterable[object]) -> Mask:
        places = self._places
        return mask_of(
            places[value] for value in values if isinstance(value, int | float) and value in places
        )

    def bounds(self, mask: Mask) -> tuple[Number, bool, Number, bool]:
        """The least and the greatest number of cells that stand side by side, and of each whether it is in them.

        Infinite where there is no bound.
        """
        below, _, has_least = self.cells[(mask & -mask).bit_length() - 2]
        _, above, has_greatest = self.cells[mask.bit_length() - 2]
        return below, has_least, above, has_greatest

    def holds(self, number: Number, mask: Mask) -> bool:
        """Whether a number lies in one of the cells."""
        return any(
            number == below if is_point else below < number < above
            for below, above, is_point in (self.cells[place - 1] for place in bits(mask & ~NO_VALUE))
        )

    def sample(self, mask: Mask) -> Number:
        """A number of the cells, such as a person would write."""
        known = self._samples.get(mask)
        if known is None:
            known = self._samples[mask] = self._sample(mask)
        return known

    def _sample(self, mask: Mask) -> Number:
        found: list[Number] = []
        mask &= ~NO_VALUE
        while mask:
            run = first_run(mask)
            mask &= ~run
            below, has_least, above, has_greatest = self.bounds(run)
            excluded = {end for end, is_in in ((below, has_least), (above, has_greatest)) if not is_in}
            low, high = (None if abs(end) == math.inf else end for end in (below, above))
            number = believable_number(low, high, whole=self.whole, excluded=frozenset(excluded))
            if number is None or not self.holds(number, run):
                number = self._in_cell((run & -run).bit_length() - 1)
            found.append(number)
        return min(found, key=_oddity)

    def _in_cell(self, place: int) -> Number:
        below, above, is_point = self.cells[place - 1]
        number = below if is_point else number_between(below, above, whole=self.whole)
        assert number is not None
        return number


def _oddity(number: Number) -> tuple[bool, int, Number]:
    """How far a number is from those that people have: below zero, zero, many digits."""
    return number < 0, len(str(number)) + (number == 0), abs(number)


def _has_between(below: Number, above: Number, *, whole: bool) -> bool:
    """Whether a number lies strictly between two."""
    if abs(below) == math.inf or abs(above) == math.inf or below + 2 < above:
        return True
    if whole:
        return math.floor(below) + 1 < above
    return number_between(below, above, whole=whole) is not None


def number_between(below: Number, above: Number, *, whole: bool) -> Number | None:
    """A number strictly between two, a round one where there is one; None where there is none.

    Not whole, it is an integer or a float: what JSON says is read as one of these.
    """
    if below >= above:
        return None
    for candidate in _candidates(below, above):
        if below < candidate < above and (not whole or candidate == math.floor(candidate)):
            return int(candidate) if whole else candidate
    return None


def _candidates(below: Number, above: Number) -> Sequence[Number]:
    if below == -math.inf and above == math.inf:
        return (10,)
    if below == -math.inf:
        return (above - 10 if -1e15 < above < 1e15 else above - abs(above), math.ceil(above) - 1)
    if above == math.inf:
        return (below + 10 if -1e15 < below < 1e15 else below + abs(below), math.floor(below) + 1)
    low, high = Fraction(below), Fraction(above)
    found: list[Number] = []
    for digits in range(-12, 4):  # the roundest number first
        scale = Fraction(10) ** -digits if digits < 0 else Fraction(1, 10**digits)
        step = math.floor(low / scale) + 1
        if step * scale < high:
            number = step * scale
            found.append(int(number) if number.denominator == 1 else float(number))
            break
    found.append(math.floor(low) + 1)
    middle = (low + high) / 2
    try:
        found += [
            float(middle),
            math.nextafter(float(below), math.inf),
            math.nextafter(float(above), -math.inf),
        ]
        found += [float(below), float(above)]
    except OverflowError:
        pass
    return found
