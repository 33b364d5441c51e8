"""Numbers in the metadata of occurrences, so that sums and averages over them compare as tests say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import DataType, Field

from .conditions import Selection, Totals

# A selection and the number in it that is added up.
Group = tuple[Selection, Field]


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two bounds; None for no bound. `open_low` and `open_high` leave the bound itself out."""

    low: Fraction | None = None
    high: Fraction | None = None
    open_low: bool = False
    open_high: bool = False

    def meet(self, total: Totals) -> Interval:
        """The numbers of it that compare so."""
        low, high, open_low, open_high = self.low, self.high, self.open_low, self.open_high
        value, comparison = total.value, total.comparison
        if comparison in (">", ">=", "=") and (
            low is None or value > low or (value == low and comparison == ">")
        ):
            low, open_low = value, comparison == ">"
        if comparison in ("<", "<=", "=") and (
            high is None or value < high or (value == high and comparison == "<")
        ):
            high, open_high = value, comparison == "<"
        return Interval(low, high, open_low, open_high)

    def both(self, other: Interval) -> Interval:
        """The numbers that are in it and in another."""
        met = self
        if other.low is not None and (
            met.low is None or (other.low, other.open_low) > (met.low, met.open_low)
        ):
            met = replace(met, low=other.low, open_low=other.open_low)
        if other.high is not None and (
            met.high is None or (other.high, not other.open_high) < (met.high, not met.open_high)
        ):
            met = replace(met, high=other.high, open_high=other.open_high)
        return met

    def times(self, count: int) -> Interval:
        """The sums of so many numbers of it, at least one."""
        low = None if self.low is None else self.low * count
        high = None if self.high is None else self.high * count
        return replace(self, low=low, high=high)

    def whole_numbers(self) -> Interval:
        """The whole numbers of it."""
        low, high = self.low, self.high
        if low is not None:
            low = Fraction(low.__floor__() + 1 if self.open_low or low.denominator > 1 else low)
        if high is not None:
            high = Fraction(high.__ceil__() - 1 if self.open_high or high.denominator > 1 else high)
        return Interval(low, high)

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))

    def __contains__(self, number: Fraction | int) -> bool:
        return not (
            (self.low is not None and (number < self.low or (self.open_low and number == self.low)))
            or (self.high is not None and (number > self.high or (self.open_high and number == self.high)))
        )

    def samples(self) -> Iterator[Fraction]:
        """Some numbers of it, those that a person would write first."""
        low, high = self.low, self.high
        near = [Fraction(0)]
        if low is not None:
            near += [low, Fraction(low.__floor__() + 1), low + 10]
        if high is not None:
            near += [high, Fraction(high.__ceil__() - 1), high - 10]
        if low is not None and high is not None:
            near.append((low + high) / 2)
        for number in dict.fromkeys(near):
            if number in self:
                yield number


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """What the sum and the average of a group have to be."""

    sum: Interval
    average: Interval


def group_totals(totals: Sequence[Totals], *, whole_numbers: bool) -> Mapping[Group, GroupTotals] | None:
    """What is asked of each group; None where no number is it.

    Sums of whole numbers are whole. `whole_numbers`: a key of type integer has no others.
    """
    groups: dict[Group, GroupTotals] = {}
    for total in totals:
        group = total.selection, total.key
        asked = groups.get(group, GroupTotals(Interval(), Interval()))
        groups[group] = (
            GroupTotals(asked.sum, asked.average.meet(total))
            if total.average
            else GroupTotals(asked.sum.meet(total), asked.average)
        )
    for (selection, key), asked in groups.items():
        if whole_numbers and key.type is DataType.INTEGER:
            groups[selection, key] = GroupTotals(asked.sum.whole_numbers(), asked.average)
    if any(asked.sum.is_empty or asked.average.is_empty for asked in groups.values()):
        return None
    return groups


def written(number: Fraction, key: Field) -> int | float:
    """A number as the value of a key."""
    return float(number) if key.type is DataType.FLOAT or number.denominator > 1 else int(number)


def assign_numbers(
    members: Sequence[Sequence[int]], asked: Sequence[GroupTotals], whole: bool
) -> Iterator[dict[int, Fraction]]:
    """Numbers for the members of groups, inner groups first; none for a member that is in no group.

    Some ways that are likely, not all: what they come to is checked. Members are named by numbers.
    """
    yield from _assign(
        sorted(range(len(members)), key=lambda group: len(members[group])), members, asked, whole, {}
    )


def _assign(
    groups: Sequence[int],
    members: Sequence[Sequence[int]],
    asked: Sequence[GroupTotals],
    whole: bool,
    numbers: dict[int, Fraction],
) -> Iterator[dict[int, Fraction]]:
    if not groups:
        yield numbers
        return
    group, *others = groups
    fixed = sum((numbers[member] for member in members[group] if member in numbers), Fraction())
    free = [member for member in members[group] if member not in numbers]
    count = len(members[group])
    for total in _sums(asked[group], count):
        if not free:
            if fixed == total or _fits(asked[group], fixed, count):
                yield from _assign(others, members, asked, whole, numbers)
            return
        share = (total - fixed) / len(free)
        part = Fraction(share.__floor__()) if whole else share
        chosen = dict.fromkeys(free, part)
        chosen[free[-1]] = total - fixed - part * (len(free) - 1)
        yield from _assign(others, members, asked, whole, numbers | chosen)


def _fits(asked: GroupTotals, total: Fraction, count: int) -> bool:
    return total in asked.sum and (
        asked.average == Interval() or (count > 0 and total / count in asked.average)
    )


def _sums(asked: GroupTotals, count: int) -> Iterator[Fraction]:
    """Sums of so many numbers that would do."""
    if not count:
        yield Fraction()
        return
    candidates = [*asked.sum.samples(), *(average * count for average in asked.average.samples())]
    for total in dict.fromkeys(candidates):
        if _fits(asked, total, count):
            yield total
