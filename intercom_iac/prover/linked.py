"""What is left of fields that are compared with each other, as bounds of differences, and values within these."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from intercom_iac.model.attribute import DataType
from intercom_iac.model.predicate import Away, Calendar, DaysFromField, IsKnown, Not, OnDay, Predicate

from .domains.cells import NO_VALUE
from .domains.days import FIRST_DAY, LAST_DAY, Distances
from .domains.numbers import Number, Numbers, number_between
from .search.clauses import Literal, Search, Variable
from .search.differences import Bound, Differences, Most, Node
from .space import CONTACT, DateCells, Key, Slot, Space, Subject, key_of
from .witnesses.believable_values import believable_day, believable_number

TODAY, ZERO = "today", "zero"
FieldNode = tuple[Slot, Key]


def linking_variables(space: Space, search: Search, *, of_dates: bool) -> list[Variable]:
    """The variables of two dates, or of two numbers, of which something is known."""
    return [
        variable
        for variable, mask in search.cells.items()
        if mask != NO_VALUE
        and (subject := space.subjects.get(variable)) is not None
        and subject.part == "difference"
        and (subject.field.type is DataType.DATE) is of_dates
    ]


# --- dates --------------------------------------------------------------------------------------------------


def date_variables(space: Space, search: Search) -> list[Variable]:
    """The variables of all dates of which something is known, and of their differences."""
    return [
        variable
        for variable in search.cells
        if (subject := space.subjects.get(variable)) is not None and subject.field.type is DataType.DATE
    ]


def dates_by_node(space: Space, search: Search) -> dict[FieldNode, dict[str, Variable]]:
    """The variables of dates that have a day, by whose date it is: that of `today`, and that of the `calendar`."""
    dates: dict[FieldNode, dict[str, Variable]] = {}
    for variable, mask in search.cells.items():
        subject = space.subjects.get(variable)
        if subject is not None and subject.part in ("today", "calendar") and mask != NO_VALUE:
            dates.setdefault((subject.slot, key_of(subject.field)), {})[subject.part] = variable
    return dates


def date_bounds(space: Space, search: Search, variables: Iterable[Variable]) -> Iterator[Bound]:
    """What is known of today and of the dates whose variables these are; each of them is left side by side cells."""
    world = space.world
    last = LAST_DAY if world.last is None else world.last.toordinal()
    yield Bound(TODAY, ZERO, Most(last))
    yield Bound(ZERO, TODAY, Most(-world.first.toordinal()))
    for variable in variables:
        if search.left(variable) == NO_VALUE:
            continue
        subject = space.subjects[variable]
        node = subject.slot, key_of(subject.field)
        cells = space.fields[node[1]]
        assert isinstance(cells, DateCells)
        yield Bound(node, ZERO, Most(LAST_DAY))
        yield Bound(ZERO, node, Most(-FIRST_DAY))
        if cells.is_past:
            yield Bound(node, TODAY, Most(0))
        other: Node = TODAY if subject.part == "today" else ZERO
        if subject.other is not None:
            other = subject.slot, key_of(subject.other)
        distances = space.distances(variable)
        low, high = distances.hull(search.left(variable))
        yield Bound(node, other, Most(high), unless_until(variable, distances, high))
        yield Bound(other, node, Most(-low), unless_from(variable, distances, low))


def unless_from(variable: Variable, distances: Distances, low: int) -> tuple[Literal, ...]:
    """That the distance is not known to be `low` or more."""
    return ((variable, distances.below(low) | NO_VALUE),)


def unless_until(variable: Variable, distances: Distances, high: int) -> tuple[Literal, ...]:
    """That the distance is not known to be `high` or less."""
    return ((variable, distances.above(high) | NO_VALUE),)


def contact_dates(
    space: Space, search: Search, variables: Iterable[Variable]
) -> Iterator[tuple[Predicate, tuple[Literal, ...]]]:
    """What is known of the contact's dates as tests, each with the literals of which one holds where it does not."""
    for variable in variables:
        subject = space.subjects[variable]
        if subject.slot != CONTACT:
            continue
        field, mask = subject.field, search.left(variable)
        if mask == NO_VALUE:
            yield Not(IsKnown(field)), ((variable, space.full[variable] & ~NO_VALUE),)
            continue
        yield IsKnown(field), ((variable, NO_VALUE),)
        distances = space.distances(variable)
        low, high = distances.hull(mask)
        if low != distances.starts[0]:
            yield _from(subject, low), unless_from(variable, distances, low)
        if high != distances.ends[-1]:
            yield _until(subject, high), unless_until(variable, distances, high)


def _from(subject: Subject, low: int) -> Predicate:
    """That a date lies so far from today, from the calendar's beginning or from another date, or farther."""
    field, other = subject.field, subject.other
    if subject.part == "calendar":
        return OnDay(field, Calendar(">=", date.fromordinal(low)))
    if low >= 0:
        test = (
            Away("at least", low, "from now")
            if other is None
            else DaysFromField("at least", low, "after", other)
        )
        return OnDay(field, test)
    before = (
        Away("more than", -low, "ago") if other is None else DaysFromField("more than", -low, "before", other)
    )
    return Not(OnDay(field, before))


def _until(subject: Subject, high: int) -> Predicate:
    field, other = subject.field, subject.other
    if subject.part == "calendar":
        return OnDay(field, Calendar("<=", date.fromordinal(high)))
    if high <= 0:
        test = (
            Away("at least", -high, "ago")
            if other is None
            else DaysFromField("at least", -high, "before", other)
        )
        return OnDay(field, test)
    behind = (
        Away("more than", high, "from now")
        if other is None
        else DaysFromField("more than", high, "after", other)
    )
    return Not(OnDay(field, behind))


def today_range(differences: Differences) -> tuple[int, int, list[Bound], list[Bound]]:
    """The first and the last day that can be today, and the bounds from which the one and the other follow."""
    first, last = differences.most(ZERO, TODAY), differences.most(TODAY, ZERO)
    assert first is not None
    assert last is not None
    return -math.floor(first[0].number), math.floor(last[0].number), first[1], last[1]


def choose_days(
    differences: Differences, nodes: Iterable[FieldNode], today: int, chosen: Mapping[FieldNode, int | None]
) -> dict[FieldNode, int]:
    """A day for each date, all within the bounds, on a day that can be today; some are chosen already."""
    _fix(differences, TODAY, today)
    days = {node: day for node, day in chosen.items() if day is not None}
    for node, day in days.items():
        _fix(differences, node, day)
    for node in nodes:
        if node not in days:
            low = -_most(differences, ZERO, node, -FIRST_DAY)
            high = _most(differences, node, ZERO, LAST_DAY)
            days[node] = day_between(low, high, today)
            _fix(differences, node, days[node])
    return days


def day_between(low: int, high: int, today: int) -> int:
    """A day from `low` to `high`, such as a person would write."""
    first = None if low <= FIRST_DAY else date.fromordinal(low)
    last = None if high >= LAST_DAY else date.fromordinal(high)
    day = believable_day(first, last, date.fromordinal(today)).toordinal()
    return min(max(day, low), high)


def _most(differences: Differences, left: Node, right: Node, none: int) -> int:
    found = differences.most(left, right)
    return none if found is None else math.floor(found[0].number)


def _fix(differences: Differences, node: Node, value: Number | Fraction) -> None:
    differences.add(Bound(node, ZERO, Most(Fraction(value))))
    differences.add(Bound(ZERO, node, Most(-Fraction(value))))


# --- numbers ------------------------------------------------------------------------------------------------


def number_bounds(space: Space, search: Search, links: Iterable[Variable]) -> Iterator[Bound]:
    """What is known of numbers that are compared with each other."""
    for variable in links:
        subject = space.subjects[variable]
        assert subject.other is not None
        first, second = (subject.slot, key_of(subject.field)), (subject.slot, key_of(subject.other))
        distances = space.distances(variable)
        low, high = distances.hull(search.left(variable))
        both_whole = _is_whole(space, first) and _is_whole(space, second)
        if high <= 0:
            yield Bound(first, second, _strict(high, both_whole), unless_until(variable, distances, high))
        if low >= 0:
            yield Bound(second, first, _strict(-low, both_whole), unless_from(variable, distances, low))
        for node, field in ((first, subject.field), (second, subject.other)):
            value = space.field_variable(subject.slot, field)
            yield from _value_bounds(space, search, node, value)


def _strict(distance: int, both_whole: bool) -> Most:
    """0, or less than 0: by 1 where both numbers are whole."""
    if distance >= 0:
        return Most(0)
    return Most(-1) if both_whole else Most(0, 1)


def _value_bounds(space: Space, search: Search, node: FieldNode, variable: Variable) -> Iterator[Bound]:
    cells = space.fields[node[1]]
    assert isinstance(cells, Numbers)
    mask = search.left(variable) & ~NO_VALUE
    below, has_least, above, has_greatest = cells.bounds(mask)
    low_bits, high_bit = mask & -mask, 1 << (mask.bit_length() - 1)
    if below != -math.inf:
        most = Most(-Fraction(below), 0 if has_least else 1)
        if cells.whole:
            most = Most(-(math.floor(below) + (0 if has_least else 1)))
        yield Bound(ZERO, node, most, ((variable, (low_bits - 1) | NO_VALUE),))
    if above != math.inf:
        most = Most(Fraction(above), 0 if has_greatest else 1)
        if cells.whole:
            most = Most(math.ceil(above) - (0 if has_greatest else 1))
        beyond = cells.full & ~((high_bit << 1) - 1)
        yield Bound(node, ZERO, most, ((variable, beyond | NO_VALUE),))


def _is_whole(space: Space, node: FieldNode) -> bool:
    cells = space.fields[node[1]]
    return isinstance(cells, Numbers) and cells.whole


def no_whole_number(space: Space, differences: Differences, nodes: Iterable[FieldNode]) -> list[Bound]:
    """Bounds that leave no whole number to a field; none where no field is left without one."""
    for node in nodes:
        if _is_whole(space, node):
            least, greatest = differences.most(ZERO, node), differences.most(node, ZERO)
            low, high = _end(least, True, -1)[0], _end(greatest, True, 1)[0]
            if (
                least is not None
                and greatest is not None
                and low is not None
                and high is not None
                and low > high
            ):
                return [*least[1], *greatest[1]]
    return []


def choose_numbers(
    space: Space, differences: Differences, nodes: Iterable[FieldNode]
) -> dict[FieldNode, Number] | None:
    """A number for each field, all within the bounds; None where none was found."""
    numbers: dict[FieldNode, Number] = {}
    for node in sorted(nodes, key=lambda node: not _is_whole(space, node)):
        whole = _is_whole(space, node)
        low, low_excluded = _end(differences.most(ZERO, node), whole, -1)
        high, high_excluded = _end(differences.most(node, ZERO), whole, 1)
        number = _number_within(low, high, {*low_excluded, *high_excluded}, whole=whole)
        if number is None:
            return None
        numbers[node] = number
        _fix(differences, node, number)
        if differences.circle() is not None:
            return None
    return numbers


def _end(most: tuple[Most, list[Bound]] | None, whole: bool, sign: int) -> tuple[Number | None, set[Number]]:
    """The least or greatest number that a bound leaves, and whether that one is out."""
    if most is None:
        return None, set()
    number, less = most[0]
    if whole:
        bound = math.floor(number)
        return sign * (bound - (1 if less and bound == number else 0)), set()
    end = sign * number
    as_written = int(end) if end == math.floor(end) else float(end)
    return as_written, {as_written} if less or as_written != end else set()


def _number_within(
    low: Number | None, high: Number | None, excluded: set[Number], *, whole: bool
) -> Number | None:
    number = believable_number(low, high, whole=whole, excluded=frozenset(excluded))
    if number is not None:
        return number
    if low is not None and low == high:
        return None if low in excluded else low
    return number_between(-math.inf if low is None else low, math.inf if high is None else high, whole=whole)
