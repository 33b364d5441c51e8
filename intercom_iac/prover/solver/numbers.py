"""Numbers that are compared with each other: a number for each, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from ..domains.cells import NO_VALUE
from ..domains.numbers import Number, Numbers, number_between
from ..witnesses.believable_values import believable_number
from .bounds import ZERO, FieldNode, fix_value, linking_variables, unless_from, unless_until
from .clauses import Budget, Search, Variable, clause_of
from .dates import one_run
from .differences import Bound, Differences, Most
from .fields import key_of
from .space import Space
from .steps import Clash, Decision, Undecided

# Steps that a comparison of two numbers counts as, each time that these are held to their bounds.
_LINK_STEPS = 10


def find_numbers(
    space: Space, search: Search, budget: Budget, *, makes_person: bool
) -> Mapping[Variable, Number] | Decision | Clash:
    """A number for each variable of a number that is compared with another; none where no person is to be made."""
    links = linking_variables(space, search, of_dates=False)
    if not links:
        return {}
    nodes: dict[FieldNode, Variable] = {}
    for link in links:
        subject = space.subjects[link]
        assert subject.other is not None
        for number in (subject.field, subject.other):
            nodes[subject.slot, key_of(number)] = space.field_variable(subject.slot, number)
    variables = (*links, *nodes.values())
    decision = one_run(search, variables)
    if decision is not None:
        return decision
    differences = Differences(number_bounds(space, search, links), budget)
    budget.spend(_LINK_STEPS * len(links))
    bounds = differences.circle() or no_whole_number(space, differences, nodes)
    if bounds:
        return Clash(clause_of(literal for bound in bounds for literal in bound.unless))
    if not makes_person:
        return {}
    numbers = choose_numbers(space, differences, nodes)
    if numbers is not None:
        return {nodes[node]: number for node, number in numbers.items()}
    return Clash(
        clause_of((variable, space.full[variable] & ~search.left(variable)) for variable in variables),
        Undecided("no numbers were found that stand so to each other"),
    )


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
        fix_value(differences, node, number)
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
