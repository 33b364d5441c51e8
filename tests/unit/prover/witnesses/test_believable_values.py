"""Numbers are round and days near, and both within their bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.prover.witnesses.believable_values import believable_day, believable_number

TODAY = date(2026, 3, 14)
bounds = st.none() | st.integers(-50, 5_000) | st.floats(-1e9, 1e9) | st.just(2**53 + 1)


@pytest.mark.parametrize(
    ("low", "high", "whole", "number"),
    [
        (None, None, True, 10),
        (51, None, True, 60),
        (50, None, True, 50),
        (1, None, True, 10),
        (None, 4, True, 2),
        (None, 99, True, 90),
        (None, 0, True, 0),
        (3, 7, True, 5),
        (0, 0, True, 0),
        (7, 7, True, 7),
        (0.1, 0.3, False, 0.2),
        (2**53 + 1, 2**53 + 1, True, 2**53 + 1),
        (8, 3, True, None),
        (0.2, 0.8, True, None),
    ],
)
def test_numbers_are_round_where_they_may_be(low, high, whole, number):
    assert believable_number(low, high, whole=whole) == number


@given(bounds, bounds, st.booleans())
@settings(max_examples=100, deadline=None)
def test_numbers_are_within_their_bounds(low, high, whole):
    number = believable_number(low, high, whole=whole)
    if number is not None:
        assert low is None or low <= number
        assert high is None or number <= high
        assert not whole or isinstance(number, int)
    elif not whole:
        assert low is not None
        assert high is not None
        assert low > high


def test_a_number_that_is_excluded_is_not_taken():
    assert believable_number(None, None, whole=True, excluded=frozenset((10,))) not in (10, None)
    assert believable_number(3, 5, whole=True, excluded=frozenset((3, 5))) == 4
    assert believable_number(10, None, whole=False, excluded=frozenset((10,))) == 20


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        (0, 3, 2),
        (None, -31, -36),
        (31, None, 36),
        (None, None, -10),
        (-300, 300, 0),
        (-7, -7, -7),
    ],
)
def test_days_are_near(first, last, day):
    days = [None if days is None else TODAY + timedelta(days=days) for days in (first, last)]
    assert believable_day(*days, TODAY) == TODAY + timedelta(days=day)


def test_days_stay_in_the_calendar():
    assert believable_day(date.max, None, TODAY) == date.max
    assert believable_day(date.min, date.max, TODAY) == TODAY - timedelta(days=10)
    assert believable_day(date(1, 1, 16), None, TODAY) == TODAY - timedelta(days=10)
    assert believable_day(None, date.min, TODAY) == date.min
