"""What sums and averages cannot be: numbers within limits, of which there are so many, add up within limits.

Limits come from the condition of a total itself (`where seats > 2`), and from what never happens (`minimum of seats
>= 5` is "none below 5"). All of it is about one conjunction of conditions; each step is true of all occurrences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.predicate import (
    And,
    Between,
    Compares,
    Comparison,
    Equals,
    IsKnown,
    Not,
    Predicate,
    complementary,
)

from .cells import covers
from .conditions import Happens, HappensOn, Selection
from .totals import Group, GroupTotals, Interval

# Numbers of occurrences beyond the least that are gone through one by one.
_MOST_COUNTS = 40
# Up to here a float is the decimal that it is written as, or no whole number lies between the two.
_LARGEST = 2**53


def no_totals(
    groups: Mapping[Group, GroupTotals], numbers: Sequence[Happens | HappensOn], *, whole_numbers: bool
) -> bool:
    """Whether no numbers of occurrences add up as is asked of the groups. False proves nothing."""
    values = {(selection, key): _values(selection, key, numbers, whole_numbers) for selection, key in groups}
    if any(
        _none_adds_up(group, asked, values[group], numbers, _is_whole(group[1], whole_numbers))
        for group, asked in groups.items()
    ):
        return True
    return any(
        _part_exceeds(part_asked.sum, asked.sum, values[group])
        for group, asked in groups.items()
        for part, part_asked in groups.items()
        if part != group and part[1] == group[1] and _is_part(part[0], group[0])
    )


def _is_whole(key: Field, whole_numbers: bool) -> bool:
    return whole_numbers and key.type is DataType.INTEGER


def _none_adds_up(
    group: Group, asked: GroupTotals, values: Interval, numbers: Sequence[Happens | HappensOn], whole: bool
) -> bool:
    """Whether no number of occurrences, of those that there can be, has a mean and a sum that are asked for."""
    least, most = _count(group[0], numbers)
    if least == 0 and 0 in asked.sum and asked.average == Interval():
        return False
    mean = values.both(asked.average)
    if mean.is_empty:
        return True
    least = max(least, 1)
    beyond = least + _MOST_COUNTS if most is None else min(most + 1, least + _MOST_COUNTS)
    for count in range(least, beyond):
        possible = mean.times(count).both(asked.sum)
        if not (possible.whole_numbers() if whole else possible).is_empty:
            return False
    if most is not None and beyond > most:
        return True
    # More occurrences lead further away from the sum.
    low, high, sums = mean.low, mean.high, asked.sum
    rises = low is not None and low >= 0 and sums.high is not None and sums.high <= beyond * low
    falls = high is not None and high <= 0 and sums.low is not None and sums.low >= beyond * high
    return (rises or falls) and mean.times(beyond).both(sums).is_empty


def _part_exceeds(part: Interval, whole: Interval, values: Interval) -> bool:
    """Whether some of the occurrences add up to more than all of them, of which none is negative; or the reverse."""
    not_negative = values.low is not None and values.low >= 0
    not_positive = values.high is not None and values.high <= 0
    return (not_negative and Interval(low=part.low, open_low=part.open_low).both(whole).is_empty) or (
        not_positive and Interval(high=part.high, open_high=part.open_high).both(whole).is_empty
    )


def _count(selection: Selection, numbers: Sequence[Happens | HappensOn]) -> tuple[int, int | None]:
    """How many occurrences are selected at least, and at most."""
    least, most = 0, None
    for number in numbers:
        if _is_part(number.selection, selection):
            least = max(least, number.low)
        if isinstance(number, Happens) and number.high is not None and _is_part(selection, number.selection):
            most = number.high if most is None else min(most, number.high)
    return least, most


def _values(
    selection: Selection, key: Field, numbers: Sequence[Happens | HappensOn], whole_numbers: bool
) -> Interval:
    """The numbers that the key can have in the occurrences that are selected, all of which have one."""
    parts = _parts(selection.where)
    found = Interval()
    for part in parts:
        found = found.both(_passing(part, key))
    for number in numbers:
        if number.high != 0:
            continue
        excluded = number.selection
        # None has all of these: where every other one holds of what is selected, the last does not.
        others = [part for part in _parts(excluded.where) if part not in parts]
        if len(others) == 1 and _is_part(selection, excluded._replace(where=selection.where)):
            found = found.both(_passing(Not(others[0]), key))
    return found.whole_numbers() if _is_whole(key, whole_numbers) else found


def _passing(rule: Predicate, key: Field) -> Interval:
    """The numbers that pass a test of the key; all where it says nothing of them."""
    match rule:
        case Compares(field=field, comparison=comparison, value=value) if field == key:
            return _comparing(comparison, value)
        case Not(part=Compares(field=field, comparison=comparison, value=value)) if field == key:
            return _comparing(complementary(comparison), value)
        case Between(field=field, first=first, last=last) if field == key:
            return _comparing(">=", first).both(_comparing("<=", last))
        case Equals(field=field, value=int() | float() as value) if field == key:
            return _comparing(">=", value).both(_comparing("<=", value))
        case _:
            return Interval()


def _comparing(comparison: Comparison, value: float) -> Interval:
    if not -_LARGEST < value < _LARGEST:
        return Interval()
    bound = Fraction(value if isinstance(value, int) else str(value))
    if comparison in (">", ">="):
        return Interval(low=bound, open_low=comparison == ">")
    return Interval(high=bound, open_high=comparison == "<")


def _is_part(selection: Selection, other: Selection) -> bool:
    """Whether whatever the one selects is selected by the other."""
    held = _parts(selection.where)
    return (
        selection.event == other.event
        and covers(other.days, selection.days)
        and all(part in held or _holds_of_known(part, held) for part in _parts(other.where))
    )


def _holds_of_known(part: Predicate, held: Sequence[Predicate]) -> bool:
    """Whether a test of whether there is a number follows from another test of it."""
    return isinstance(part, IsKnown) and any(
        isinstance(test, Compares | Between | Equals) and test.field == part.field for test in held
    )


def _parts(rule: Predicate | None) -> tuple[Predicate, ...]:
    if rule is None:
        return ()
    return rule.parts if isinstance(rule, And) else (rule,)
