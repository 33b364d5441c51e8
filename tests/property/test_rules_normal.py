"""What compilers share: the normal form, complements, ranges of days and what each target does not support."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from itertools import combinations_with_replacement, product
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given

from intercom_iac.compilers import to_audience, to_screen_steps, to_search
from intercom_iac.compilers.audience.limitations import UNSUPPORTED as NOT_IN_AUDIENCE
from intercom_iac.compilers.limitations import Limitations, unsupported
from intercom_iac.compilers.screen.form import UNSUPPORTED as NOT_ON_SCREEN
from intercom_iac.compilers.search.query import UNSUPPORTED as NOT_SEARCHED
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.days import DayRange, day_range, distance_range
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Aggregation,
    Amount,
    And,
    Away,
    Between,
    Calendar,
    ComparesFields,
    Comparison,
    CountComparison,
    DayName,
    DaysBetween,
    DaysFromField,
    Direction,
    FieldDayTest,
    IsKnown,
    NamedDay,
    Not,
    Occurrences,
    OnDay,
    Or,
    OrderComparison,
    PlainDayTest,
    SomeCompany,
    Within,
    complementary,
)
from intercom_iac.rules import normal_form, satisfies
from intercom_iac.rules.meaning import day_passes
from intercom_iac.rules.normal import complement, spell_out, split_list, split_range
from support.generators import Moment, World, examples, worlds

# To shrink a whole world takes minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def single_tests(rule: Predicate) -> Iterator[Predicate]:
    """The single tests that a rule in normal form is made of, each with its `not`."""
    if isinstance(rule, And | Or):
        for part in rule.parts:
            yield from single_tests(part)
    else:
        yield rule


def members(world: World, rule: Predicate) -> list[bool]:
    return [satisfies(person, rule, today=world.at.today, zone=world.at.zone) for person in world.people]


@examples(40, phases=UNSHRUNK)
@given(worlds(4, 8))
def test_the_normal_form_means_the_same_and_negates_single_tests_only(world: World) -> None:
    for rule in world.rules:
        meant = members(world, rule)
        normal = normal_form(rule)
        assert all(
            not isinstance(test.part, And | Or | Not)
            for test in single_tests(normal)
            if isinstance(test, Not)
        )
        others = normal_form(rule, holds=False)
        assert [members(world, form) for form in (normal, spell_out(normal))] == [meant] * 2
        assert members(world, others) == [not member for member in meant]


@examples(40, phases=UNSHRUNK)
@given(worlds(4, 8))
def test_a_complement_holds_where_the_test_does_not(world: World) -> None:
    for rule in world.rules:
        for test in single_tests(normal_form(rule)):
            if isinstance(test, Not):
                test = test.part
            meant = members(world, test)
            assert members(world, complement(test)) == [not member for member in meant]
            assert members(world, split_list(test)) == members(world, split_range(test)) == meant


NUMBER, OTHER = (
    Field("contact", name, DataType.FLOAT, f"custom_attributes.{name}", None) for name in ("n", "m")
)
KEY = Field("event", "k", DataType.FLOAT, "metadata.k", None, custom=False)
COMPLEMENTS_WITHOUT_NOT: list[Predicate] = [
    Between(NUMBER, 1, 2),
    Between(NUMBER, 2, 1),
    *(ComparesFields(NUMBER, sign, OTHER) for sign in get_args(Comparison)),
    *(ActiveDays("e", sign, 1) for sign in get_args(CountComparison)),
    *(Occurrences("e", None, sign, 1) for sign in get_args(CountComparison)),
    *(Aggregate("e", "sum", KEY, sign, 1) for sign in get_args(Comparison)),
]
COMPLEMENTS_WITH_NOT: list[Predicate] = [
    ComparesFields(NUMBER, "=", OTHER),
    Aggregate("e", "sum", KEY, "=", 1),
    *(Aggregate("e", function, KEY, ">", 1) for function in get_args(Aggregation) if function != "sum"),
]


@pytest.mark.parametrize("test", [*COMPLEMENTS_WITHOUT_NOT, *COMPLEMENTS_WITH_NOT], ids=repr)
def test_complements_that_can_be_said_without_not_are(test: Predicate) -> None:
    values = (None, 0, 1, 1.5, 2, 3)
    for one, other in product(values, values):
        events = [{"event_name": "e", "created_at": 0, "metadata": {"k": value}} for value in (one, other)]
        for count in range(3):
            person = Person({"custom_attributes": {"n": one, "m": other}}, (), events[:count])
            meant, same, others, same_others = (
                satisfies(person, rule, today=TODAY, zone=UTC)
                for rule in (test, split_range(test), complement(test), split_range(Not(test)))
            )
            assert (same, others, same_others) == (meant, not meant, not meant)
    negated = [part.part for part in single_tests(complement(test)) if isinstance(part, Not)]
    assert all(isinstance(part, IsKnown) for part in negated) is (test in COMPLEMENTS_WITHOUT_NOT)


def test_a_complementary_comparison_is_the_other_one_of_two() -> None:
    for comparison in get_args(CountComparison):
        assert complementary(comparison) != comparison
        assert complementary(complementary(comparison)) == comparison


TODAY = date(2026, 3, 29)
NEVER = [Away("less than", 0, direction) for direction in get_args(Direction)]
NEVER += [DaysBetween(1, 0), DaysBetween(-1, -2), DaysBetween(TODAY, TODAY - timedelta(1))]
CALENDAR = (TODAY, date.min, date.max, TODAY + timedelta(2))
DAY_TESTS: list[PlainDayTest] = [
    *(Within(direction, days) for direction, days in product(("next", "last"), range(4))),
    *(
        Away(amount, days, to)
        for amount, days, to in product(get_args(Amount), range(4), get_args(Direction))
    ),
    *(Calendar(sign, day) for sign, day in product(get_args(OrderComparison), CALENDAR)),
    *(NamedDay(sign, day) for sign, day in product(get_args(OrderComparison), get_args(DayName))),
    *(DaysBetween(*days) for days in combinations_with_replacement((-4_000_000, -3, -1, 0, 2, 4_000_000), 2)),
    *(DaysBetween(day, 1) for day in CALENDAR),
    *(DaysBetween(-1, day) for day in CALENDAR),
    *(DaysBetween(*days) for days in combinations_with_replacement(sorted(CALENDAR), 2)),
    *NEVER,
]


def lies_in(day: date, days: DayRange) -> bool:
    first, last = days.on(TODAY)
    return (first is None or first <= day) and (last is None or day <= last)


@pytest.mark.parametrize("test", dict.fromkeys(DAY_TESTS), ids=repr)
def test_a_range_holds_the_days_that_pass_and_its_complement_the_others(test: PlainDayTest) -> None:
    days = day_range(test)
    for day in (date.min, date.max, *(TODAY + timedelta(away) for away in range(-6, 7))):
        assert lies_in(day, days) is day_passes(test, day, TODAY), day
        assert any(lies_in(day, others) for others in days.complement()) is not day_passes(
            test, day, TODAY
        ), day
    assert days.is_empty is (test in NEVER)


DATE, OTHER_DATE = (Field("contact", name, DataType.DATE, name, None, custom=False) for name in ("d", "e"))
FIELD_DAY_TESTS: list[FieldDayTest] = [
    *(AgainstField(sign, OTHER_DATE) for sign in get_args(OrderComparison)),
    *(
        DaysFromField("within", days, side, OTHER_DATE)
        for days, side in product(range(3), ("before", "after", "of"))
    ),
    *(
        DaysFromField(amount, days, side, OTHER_DATE)
        for amount, days, side in product(get_args(Amount), range(3), ("before", "after"))
    ),
]


@pytest.mark.parametrize("test", FIELD_DAY_TESTS, ids=repr)
def test_a_range_of_distances_holds_the_days_that_pass(test: FieldDayTest) -> None:
    first, last = distance_range(test)
    at = Moment(TODAY, ZoneInfo("Europe/Dublin"))  # clocks change on this day
    for days, late in product(range(-4, 5), (0, 82_799)):
        person = Person({"d": at.seconds(days) + late, "e": at.seconds(0)})
        lies = (first is None or first <= days) and (last is None or days <= last)
        assert satisfies(person, OnDay(DATE, test), today=at.today, zone=at.zone) is lies, days


# --- what a target does not support -------------------------------------------------------------------------


def lacks(rule: Predicate, limitations: Limitations) -> bool:
    return any(unsupported(test, limitations) is not None for test in single_tests(rule))


@examples(40, phases=UNSHRUNK)
@given(worlds(1, 12))
def test_a_target_says_no_exactly_where_its_limitations_do(world: World) -> None:
    for rule in world.rules:
        normal = normal_form(rule)
        parts = normal.parts if isinstance(normal, And) else (normal,)
        audience = to_audience(rule)
        if any(unsupported(part, NOT_IN_AUDIENCE) is not None for part in parts):
            assert audience.filters is None
        else:
            assert audience.filters is not None or "the role once" in audience.diagnostics[0].message
        search = to_search(rule, today=world.at.today, zone=world.at.zone)
        fits = all("more than fits" not in diagnostic.message for diagnostic in search.diagnostics)
        assert search.exact is (fits and not lacks(normal, NOT_SEARCHED))
        for test in single_tests(normal):
            if isinstance(test.part if isinstance(test, Not) else test, SomeCompany):
                continue  # as a whole, it lacks what some part of it does
            lacking = unsupported(test, NOT_ON_SCREEN)
            steps = " ".join(to_screen_steps(test))
            assert ("cannot express" in steps) is (lacking is not None), test
            assert lacking is None or lacking.reason in steps


@pytest.mark.parametrize("table", [NOT_IN_AUDIENCE, NOT_ON_SCREEN, NOT_SEARCHED])
def test_the_reason_of_a_limitation_completes_a_message(table: Limitations) -> None:
    for limitation in (row for rows in table.values() for row in rows):
        assert limitation.reason[0].islower()
        assert not limitation.reason.endswith(".")
