"""The days that can be today, and a day for each date that is compared with another, or read by tests of events."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import DataType

from ..domains.cells import NO_VALUE, first_run
from ..domains.days import FIRST_DAY, LAST_DAY
from ..witnesses.believable_values import believable_day
from .bounds import TODAY, ZERO, FieldNode, fix_value, linking_variables, unless_from, unless_until
from .clauses import Budget, Literal, Search, Variable, clause_of
from .differences import Bound, Differences, Most, Node
from .fields import DateCells, key_of
from .space import Space
from .steps import Clash, Decision


@dataclass(frozen=True, slots=True)
class Days:
    """The days that can be today, and the literals of which one holds where an earlier or a later day could be.

    `bounds` are those of all dates, where some are compared with each other.
    """

    first: int
    last: int
    unless_first: tuple[Literal, ...]
    unless_last: tuple[Literal, ...]
    bounds: Differences | None = None


def find_days(space: Space, search: Search, budget: Budget) -> Days | Decision | Clash:
    """The days that can be today, of the dates on which the search has said something."""
    if linking_variables(space, search, of_dates=True):
        return _linked_days(space, search, budget)
    world = space.world
    first, last = world.first.toordinal(), LAST_DAY if world.last is None else world.last.toordinal()
    unless_first: tuple[Literal, ...] = ()
    unless_last: tuple[Literal, ...] = ()
    dates = {} if space.today is not None else dates_by_node(space, search)
    for (_, key), variables in dates.items():
        from_today, calendar = variables.get("today"), variables.get("calendar")
        if from_today is not None and calendar is not None:
            decision = one_run(search, variables.values())
            if decision is not None:
                return decision
        cells = space.fields[key]
        assert isinstance(cells, DateCells)
        earliest, latest = _hull(space, search, calendar) or (FIRST_DAY, LAST_DAY)
        nearest, farthest = _hull(space, search, from_today) or (-LAST_DAY, 0 if cells.is_past else LAST_DAY)
        if earliest - farthest > first:
            first = earliest - farthest
            unless_first = (
                *_unless_from(space, calendar, earliest),
                *_unless_until(space, from_today, farthest),
            )
        if latest - nearest < last:
            last = latest - nearest
            unless_last = (*_unless_until(space, calendar, latest), *_unless_from(space, from_today, nearest))
    if first > last:
        return Clash(clause_of(unless_first + unless_last))
    return Days(first, last, unless_first, unless_last)


def one_run(search: Search, variables: Iterable[Variable]) -> Decision | None:
    """What to decide where the cells that are left of a variable do not lie side by side."""
    for variable in variables:
        if (run := first_run(mask := search.left(variable))) != mask:
            return Decision((variable, run))
    return None


def _hull(space: Space, search: Search, variable: Variable | None) -> tuple[int, int] | None:
    return None if variable is None else space.distances(variable).hull(search.left(variable))


def _unless_from(space: Space, variable: Variable | None, low: int) -> tuple[Literal, ...]:
    return () if variable is None else unless_from(variable, space.distances(variable), low)


def _unless_until(space: Space, variable: Variable | None, high: int) -> tuple[Literal, ...]:
    return () if variable is None else unless_until(variable, space.distances(variable), high)


def _linked_days(space: Space, search: Search, budget: Budget) -> Days | Decision | Clash:
    variables = date_variables(space, search)
    decision = one_run(search, variables)
    if decision is not None:
        return decision
    differences = Differences(_date_bounds(space, search, variables), budget)
    if (circle := differences.circle()) is not None:
        return Clash(clause_of(literal for bound in circle for literal in bound.unless))
    first, last, first_bounds, last_bounds = _today_range(differences)
    return Days(
        first,
        last,
        tuple(literal for bound in first_bounds for literal in bound.unless),
        tuple(literal for bound in last_bounds for literal in bound.unless),
        differences,
    )


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


def _date_bounds(space: Space, search: Search, variables: Iterable[Variable]) -> Iterator[Bound]:
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


def _today_range(differences: Differences) -> tuple[int, int, list[Bound], list[Bound]]:
    """The first and the last day that can be today, and the bounds from which the one and the other follow."""
    first, last = differences.most(ZERO, TODAY), differences.most(TODAY, ZERO)
    assert first is not None
    assert last is not None
    return -math.floor(first[0].number), math.floor(last[0].number), first[1], last[1]


def choose_days(
    differences: Differences, nodes: Iterable[FieldNode], today: int, chosen: Mapping[FieldNode, int | None]
) -> dict[FieldNode, int]:
    """A day for each date, all within the bounds, on a day that can be today; some are chosen already."""
    fix_value(differences, TODAY, today)
    days = {node: day for node, day in chosen.items() if day is not None}
    for node, day in days.items():
        fix_value(differences, node, day)
    for node in nodes:
        if node not in days:
            low = -_largest_difference(differences, ZERO, node, -FIRST_DAY)
            high = _largest_difference(differences, node, ZERO, LAST_DAY)
            days[node] = day_between(low, high, today)
            fix_value(differences, node, days[node])
    return days


def day_between(low: int, high: int, today: int) -> int:
    """A day from `low` to `high`, such as a person would write."""
    first = None if low <= FIRST_DAY else date.fromordinal(low)
    last = None if high >= LAST_DAY else date.fromordinal(high)
    day = believable_day(first, last, date.fromordinal(today)).toordinal()
    return min(max(day, low), high)


def _largest_difference(differences: Differences, left: Node, right: Node, none: int) -> int:
    found = differences.most(left, right)
    return none if found is None else math.floor(found[0].number)
