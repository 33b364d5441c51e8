"""The fields that rules read, each with the cells into which the tests of it cut its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.days import day_range, distance_range
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    ComparesFields,
    Equals,
    FieldTest,
    OnDay,
    OneOf,
    PlainDayTest,
    Predicate,
    children,
    day_test_of,
    walk,
)
from intercom_iac.model.standard import is_count, is_never_future
from intercom_iac.model.world import Assumption, World

from ..domains.choices import Choices, cells_of_options, options_of
from ..domains.days import FIRST_DAY, LAST_DAY, Distances, Range
from ..domains.numbers import Numbers, constants_of

Key = tuple[str, str, str]


def key_of(field: Field) -> Key:
    """Which field it is. One that had another type before is another, since no value fits both types."""
    kind = "text" if field.type.is_text else "number" if field.type.is_number else field.type.value
    return field.owner, field.name, kind


@dataclass(frozen=True, slots=True)
class DateCells:
    """A date's distances from today and from the calendar's beginning, each where a test asks for it."""

    from_today: Distances | None
    in_calendar: Distances | None
    is_past: bool


FieldCells = Choices | Numbers | DateCells
# Two numbers or two dates of one subject, in the order of their keys.
Pair = tuple[Key, Key]


def cut_fields(
    rules: Iterable[Predicate], world: World
) -> tuple[dict[Key, FieldCells], dict[Pair, Distances], frozenset[Key]]:
    """The cells of all fields that some rules read, those of the differences that they ask for, and the dates that
    days of events are compared with."""
    tests: dict[Key, list[FieldTest]] = {}
    read: dict[Key, list[Field]] = {}
    pairs: dict[Pair, list[Range]] = {}
    of_windows: set[Key] = set()
    for rule in rules:
        for test in _field_tests(rule):
            other = compared_field(test)
            for field in (test.field,) if other is None else (test.field, other):
                key = key_of(field)
                known = read.setdefault(key, [])
                if field not in known:
                    known.append(field)
                tests.setdefault(key, [])
            tests[key_of(test.field)].append(test)
            if other is not None and key_of(other) != key_of(test.field):
                first, second, distance = in_order(test.field, other, distance_of(test))
                pairs.setdefault((key_of(first), key_of(second)), []).append(distance)
        for field in window_dates(rule):
            of_windows.add(key_of(field))
            read.setdefault(key_of(field), [field])
            tests.setdefault(key_of(field), [])
    cells = {key: _cells_of(fields, tests[key], world) for key, fields in read.items()}
    return cells, {pair: Distances(ranges) for pair, ranges in pairs.items()}, frozenset(of_windows)


def _cells_of(fields: Sequence[Field], tests: Sequence[FieldTest], world: World) -> FieldCells:
    first = fields[0]
    if first.type is DataType.BOOLEAN:
        return Choices((True, False))
    if first.type.is_number:
        return _number_cells(fields, tests, world)
    if first.type is DataType.DATE:
        return _date_cells(first, tests, world)
    is_role = first.owner == "contact" and first.name == "role" and not first.custom
    has_role = is_role and world.assumes(Assumption.KNOWN_ROLE)
    declared = all(field.type is DataType.OPTIONS for field in fields)
    if declared and (has_role or world.assumes(Assumption.DECLARED_OPTIONS)):
        return cells_of_options(options_of(fields), may_be_missing=not has_role)
    named = (value for test in tests for value in _texts_of(test))
    if world.assumes(Assumption.SHORT_TEXTS):
        named = (text for text in named if len(text) <= MAX_TEXT_LENGTH)
    return Choices(named, others=True)


def _number_cells(fields: Sequence[Field], tests: Iterable[FieldTest], world: World) -> Numbers:
    whole = all(field.type is DataType.INTEGER for field in fields) and world.assumes(
        Assumption.WHOLE_NUMBERS
    )
    is_natural = is_count(fields[0]) and world.assumes(Assumption.COUNTS_NOT_NEGATIVE)
    return Numbers(
        (number for test in tests for number in constants_of(test)),
        whole=whole,
        least=0 if is_natural else None,
    )


def _date_cells(date: Field, tests: Iterable[FieldTest], world: World) -> DateCells:
    is_past = is_never_future(date) and world.assumes(Assumption.PAST_TIMESTAMPS)
    ranges: dict[str, list[Range]] = {"today": [], "calendar": []}
    today = fixed_today(world)
    for test in tests:
        if isinstance(test, OnDay) and not isinstance(test.test, FIELD_DAY_TESTS):
            for origin, low, high in day_ranges(test.test, today):
                ranges[origin].append((low, high))
    if today is not None:
        last = today if is_past else LAST_DAY
        return DateCells(None, Distances(ranges["calendar"], FIRST_DAY, last), is_past)
    from_today = Distances(ranges["today"], None, 0 if is_past else None) if ranges["today"] else None
    in_calendar = (
        Distances(ranges["calendar"], FIRST_DAY, LAST_DAY)
        if ranges["calendar"] or from_today is None
        else None
    )
    return DateCells(from_today, in_calendar, is_past)


def fixed_today(world: World) -> int | None:
    """Today, where the world has one day only."""
    return world.first.toordinal() if world.first == world.last else None


def day_ranges(test: PlainDayTest, today: int | None) -> list[tuple[str, int | None, int | None]]:
    """The ranges of days in all of which a day lies that passes: from today or in the calendar.

    `today` is None where it is not one day.
    """
    days = day_range(test)
    bounds: dict[str, list[int | None]] = {}
    for at, bound in enumerate((days.first, days.last)):
        if bound is None:
            continue
        origin, number = bound.origin, bound.number
        if origin == "today" and today is not None:
            origin, number = "calendar", number + today
        both = bounds.setdefault(origin, [None, None])
        both[at] = number
    return [(origin, low, high) for origin, (low, high) in bounds.items()]


def compared_field(test: FieldTest) -> Field | None:
    """The field that a test compares its own field with."""
    if isinstance(test, ComparesFields):
        return test.other
    if isinstance(test, OnDay) and isinstance(test.test, FIELD_DAY_TESTS):
        return test.test.other
    return None


# Of numbers the sign of the difference alone is asked for: it stands as -1, 0 or 1.
_SIGNS: dict[str, Range] = {"<": (None, -1), "<=": (None, 0), "=": (0, 0), ">=": (0, None), ">": (1, None)}


def distance_of(test: FieldTest) -> Range:
    """How far a field lies from the one it is compared with, where the test holds."""
    if isinstance(test, ComparesFields):
        return _SIGNS[test.comparison]
    assert isinstance(test, OnDay)
    assert isinstance(test.test, FIELD_DAY_TESTS)
    return distance_range(test.test)


def in_order(first: Field, second: Field, distance: Range) -> tuple[Field, Field, Range]:
    """Two fields in the order of their keys, and the distance of the one from the other in that order."""
    if key_of(first) <= key_of(second):
        return first, second, distance
    low, high = distance
    return second, first, (None if high is None else -high, None if low is None else -low)


def _field_tests(rule: Predicate) -> Iterator[FieldTest]:
    """The tests of fields of the contact and of companies."""
    waiting = [rule]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FIELD_TESTS):
            yield node
        elif not isinstance(node, EVENT_TESTS):
            waiting += reversed(children(node))


def window_dates(rule: Predicate) -> Iterator[Field]:
    """The contact's dates that the days of events are compared with."""
    for part in walk(rule):
        if isinstance(part, EVENT_TESTS) and isinstance(test := day_test_of(part), FIELD_DAY_TESTS):
            yield test.other


def _texts_of(test: FieldTest) -> tuple[str, ...]:
    match test:
        case Equals(value=value):
            return (value,) if isinstance(value, str) else ()
        case OneOf(values=values):
            return tuple(value for value in values if isinstance(value, str))
        case _:
            return ()
