"""Conversions between the six types: what a value becomes, and what has no counterpart."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.model import DataType
from intercom_iac.model.conversions import (
    CONVERSIONS,
    Converted,
    NotConvertible,
    conversion_rule,
    convert,
    lost_values,
    read_value,
    value_text,
    written_value,
)
from support.generators import examples

STRING, INTEGER, FLOAT, BOOLEAN, DATE, LIST = (
    DataType.STRING, DataType.INTEGER, DataType.FLOAT, DataType.BOOLEAN, DataType.DATE, DataType.OPTIONS,
)  # fmt: skip
DAY = 1_769_817_600
OPTIONS = ("free", "3", "2.5", "true", "2026-01-31")


@pytest.mark.parametrize(
    ("value", "was", "now", "expected"),
    [
        ("x", STRING, STRING, "x"),
        ("42", STRING, INTEGER, 42),
        ("-7", STRING, INTEGER, -7),
        ("042", STRING, INTEGER, None),
        ("7.5", STRING, INTEGER, None),
        ("1,000", STRING, INTEGER, None),
        ("٣", STRING, INTEGER, None),
        ("9" * 30, STRING, INTEGER, None),
        ("7.5", STRING, FLOAT, 7.5),
        ("1e999", STRING, FLOAT, None),
        ("nan", STRING, FLOAT, None),
        ("TRUE", STRING, BOOLEAN, True),
        ("yes", STRING, BOOLEAN, None),
        ("2026-01-31", STRING, DATE, DAY),
        ("2026-01-31T01:00:00+01:00", STRING, DATE, DAY),
        ("2026-02-30", STRING, DATE, None),
        ("31/01/2026", STRING, DATE, None),
        ("1969-12-31", STRING, DATE, None),
        ("free", STRING, LIST, "free"),
        ("Free", STRING, LIST, None),
        (42, INTEGER, STRING, "42"),
        (3, INTEGER, LIST, "3"),
        (4, INTEGER, LIST, None),
        (3, INTEGER, FLOAT, 3.0),
        (2**53 + 1, INTEGER, FLOAT, None),
        (1, INTEGER, BOOLEAN, True),
        (2, INTEGER, BOOLEAN, None),
        (DAY, INTEGER, DATE, DAY),
        (DAY * 1000, INTEGER, DATE, None),
        (2.5, FLOAT, STRING, "2.5"),
        (3.0, FLOAT, STRING, "3"),
        (3.0, FLOAT, INTEGER, 3),
        (2.5, FLOAT, INTEGER, None),
        (2.5, FLOAT, LIST, "2.5"),
        (0.0, FLOAT, BOOLEAN, False),
        (0.5, FLOAT, BOOLEAN, None),
        (float(DAY), FLOAT, DATE, DAY),
        (0.5, FLOAT, DATE, None),
        (True, BOOLEAN, STRING, "true"),
        (False, BOOLEAN, INTEGER, 0),
        (True, BOOLEAN, FLOAT, 1.0),
        (True, BOOLEAN, DATE, None),
        (True, BOOLEAN, LIST, "true"),
        (False, BOOLEAN, LIST, None),
        (DAY, DATE, STRING, "2026-01-31"),
        (DAY + 3600, DATE, STRING, "2026-01-31T01:00:00Z"),
        (DAY, DATE, INTEGER, DAY),
        (DAY, DATE, FLOAT, float(DAY)),
        (DAY, DATE, BOOLEAN, None),
        (DAY, DATE, LIST, "2026-01-31"),
        ("free", LIST, STRING, "free"),
        ("3", LIST, INTEGER, 3),
        ("free", LIST, LIST, "free"),
        ("gone", LIST, LIST, None),
        # What is no value of the old type, such as text that the Messenger sent for a number.
        ("42", INTEGER, STRING, None),
        (True, INTEGER, FLOAT, None),
    ],
)
def test_by_the_types_alone(value: Any, was: DataType, now: DataType, expected: Any) -> None:
    found = convert(value, was, now, options=OPTIONS if now is LIST else ())
    if expected is None:
        assert isinstance(found, NotConvertible)
        assert found.reason
    else:
        assert found == Converted(expected)
        assert isinstance(found, Converted)
        assert type(found.value) is type(expected)


def test_every_pair_has_its_rule_in_words() -> None:
    assert set(CONVERSIONS) == set(product(DataType, DataType))
    for (was, now), rule in CONVERSIONS.items():
        assert (rule.was, rule.now) == (was, now)
        assert rule.how
    assert [pair for pair, rule in CONVERSIONS.items() if rule.how.startswith("nothing")] == [
        (BOOLEAN, DATE),
        (DATE, BOOLEAN),
    ]


VALUES: dict[DataType, st.SearchStrategy[Any]] = {
    STRING: st.text(max_size=8) | st.from_regex(r"-?[0-9]{1,4}(\.[0-9]+)?", fullmatch=True),
    INTEGER: st.integers(-(2**60), 2**60) | st.integers(0, 2),
    FLOAT: st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, 1.0, 2.5]),
    BOOLEAN: st.booleans(),
    DATE: st.integers(0, 4_102_444_800),
    LIST: st.sampled_from(OPTIONS),
}


@pytest.mark.parametrize(("was", "now"), [*product(DataType, DataType)])
def test_what_comes_of_a_value_is_of_the_new_type_and_the_rule_says_when_none_does(
    was: DataType, now: DataType
) -> None:
    options = OPTIONS if now is LIST else ()
    rule = conversion_rule(was, now)

    @examples(25)
    @given(VALUES[was], VALUES[was])
    def holds(value: Any, other: Any) -> None:
        found = convert(value, was, now, options=options)
        if isinstance(found, NotConvertible):
            assert rule.lost is not None
            return
        assert isinstance(convert(found.value, now, now, options=options), Converted)
        if rule.distinct and value != other:
            assert convert(other, was, now, options=options) != found

    holds()


def test_convert_comes_before_the_rule() -> None:
    mapping = {"true": "yes", "false": "no"}
    assert convert(True, BOOLEAN, LIST, mapping, ("yes", "no")) == Converted("yes")
    assert convert("trial", LIST, LIST, {"trial": "none"}, ("free", "none")) == Converted("none")
    assert convert("x", STRING, DATE, {"x": "2026-01-31"}) == Converted(DAY)
    assert convert(3, INTEGER, FLOAT, {"3": 1}) == Converted(1.0)
    assert isinstance(convert("x", STRING, LIST, {"x": "gone"}, ("free",)), NotConvertible)


def test_the_values_that_are_lost_are_told_each_once() -> None:
    lost = lost_values(["free", "beta", "beta", "gold"], STRING, LIST, {"gold": "pro"}, ("free", "pro"))
    assert lost == {"beta": "is none of the new options"}


@pytest.mark.parametrize("was", DataType)
def test_a_key_of_convert_is_read_as_the_value_that_it_is_written_for(was: DataType) -> None:
    @examples(25)
    @given(VALUES[was])
    def holds(value: Any) -> None:
        written = value_text(value, was)
        read = read_value(written, was, OPTIONS if was is LIST else ())
        # A number of great length is written with an exponent, which no one writes as a key.
        assert read == value or (was is FLOAT and "e" in written)

    holds()


@pytest.mark.parametrize(
    ("written", "was"), [("yes", BOOLEAN), ("True", BOOLEAN), ("3.5", INTEGER), ("x", FLOAT), ("2026", DATE)]
)
def test_a_key_that_stands_for_no_value_is_none(written: str, was: DataType) -> None:
    assert read_value(written, was) is None


def test_the_values_that_specs_write() -> None:
    assert written_value("2026-01-31", DATE) == Converted(DAY)
    assert written_value(3, FLOAT) == Converted(3.0)
    assert written_value("a", LIST, ("a",)) == Converted("a")
    for value, now in [
        (True, INTEGER),
        ("3", INTEGER),
        (1, BOOLEAN),
        (2.5, INTEGER),
        (1, STRING),
        ("b", LIST),
    ]:
        assert isinstance(written_value(value, now, ("a",)), NotConvertible)
