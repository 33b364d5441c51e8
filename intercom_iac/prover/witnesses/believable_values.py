"""Numbers and days within bounds, such as a person would have: round, and near the day that is today."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from intercom_iac.model.days import add_days

_USUAL = 10
# How far from its only bound a number or a day is looked for.
_REACH, _DAYS_BEYOND = 10, 5
_FAR = timedelta(days=30 * 365)
_STEPS = tuple(Fraction(factor) * Fraction(10) ** power for power in range(6, -7, -1) for factor in (5, 2, 1))


# Rules of one project ask for the same few bounds. A float gives a float, and an integer that it equals an integer.
@lru_cache(maxsize=1_000, typed=True)
def believable_number(
    low: float | None, high: float | None, *, whole: bool, excluded: frozenset[float] = frozenset()
) -> float | None:
    """A round number from `low` to `high`, both included, None where there is no bound; none of those excluded.

    A `whole` one is an integer. None where there is no number.
    """
    for first, last in (*_reaches(low, high), (low, high)):
        for number in _round_numbers(first, last, whole):
            inside = (low is None or number >= low) and (high is None or number <= high)
            if inside and number not in excluded:
                return number
    return None


def _reaches(low: float | None, high: float | None) -> Iterator[tuple[float, float]]:
    """Bounds near the ones there are: of numbers of which something is counted, so above zero where that can be."""
    if low is None and high is None:
        yield _USUAL, _USUAL
        yield 1, 10 * _USUAL
    elif low is None:
        assert high is not None
        yield (max(1.0, high - _REACH) if high >= 1 else high - _REACH), high
    elif high is None:
        if low <= _USUAL:
            yield _USUAL, _USUAL
        yield max(low, 1.0), max(low, 1.0) + max(_REACH, abs(low) / 5)
    else:
        yield (1.0 if low <= 0 and high >= 1 else low), high


def _round_numbers(low: float | None, high: float | None, whole: bool) -> Iterator[float]:
    """The multiples of rounder and rounder steps between the bounds, the roundest first, then the bounds."""
    # `math.isfinite` takes no integer beyond the largest float.
    first = Fraction(low) if low is not None and abs(low) != math.inf else None
    last = Fraction(high) if high is not None and abs(high) != math.inf else None
    for step in _STEPS:
        if whole and step < 1:
            break
        if first is not None:
            multiple = math.ceil(first / step) * step
        elif last is not None:
            multiple = math.floor(last / step) * step
        else:
            multiple = step
        for number in (multiple, multiple + step, multiple + 2 * step):
            if (first is None or number >= first) and (last is None or number <= last):
                yield int(number) if whole or abs(number) > sys.float_info.max else float(number)
    for bound in (low, high):
        if bound is not None and abs(bound) != math.inf and (not whole or bound == int(bound)):
            yield int(bound) if whole else bound


def believable_day(first: date | None, last: date | None, today: date) -> date:
    """A day from `first` to `last`, both included, None where there is no bound: near today and within them.

    Between two near days it is the middle; beyond a single one, some days beyond. A day that is decades away bounds
    nothing that a person would write, as the ends of the calendar do.
    """
    near_first, near_last = _bound_near_today(first, today), _bound_near_today(last, today)
    day = _day_near(near_first, near_last, today)
    if first is not None and day < first:
        day = first
    if last is not None and day > last:
        day = last
    return day


def _bound_near_today(bound: date | None, today: date) -> date | None:
    return None if bound is None or abs(bound - today) > _FAR else bound


def _day_near(first: date | None, last: date | None, today: date) -> date:
    if first is not None and last is not None:
        middle = first + timedelta(days=((last - first).days + 1) // 2)
        near = min(max(today, first), last)
        return middle if (last - first).days <= 2 * _DAYS_BEYOND else near
    if first is not None:
        return add_days(first, _DAYS_BEYOND)
    if last is not None:
        return add_days(last, -_DAYS_BEYOND)
    return add_days(today, -_USUAL)
