"""The cells that windows and rules over metadata cut the occurrences of one event into, and how many lie in each.

A cell is a range of days together with which of the rules hold of the metadata. A count is a sum over cells. Where
different days are counted, too, what is counted in a cell are days on which occurrences of some patterns happen, and
further occurrences on such days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, islice

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.predicate import And, Predicate, negation
from intercom_iac.rules.normal import chain

from .conditions import Days, Happens, HappensOn, Selection
from .counting import Kind, Range, Steps, find_numbers

# Each of some rules over metadata, and whether it holds.
Pattern = tuple[tuple[Predicate, bool], ...]
# The patterns of some rules that some metadata have.
PatternsOf = Callable[[tuple[Predicate, ...]], Sequence[Pattern]]
_MOST_PATTERNS = 256
_MOST_PATTERNS_OF_DAYS = 4
# As long as no range of days has to be.
_LONG = 10**6


class Undecidable(Exception):
    """What is asked is more than the search takes on: the reason, and the clause where one is it."""

    def __init__(self, reason: str, clause: Predicate | None = None) -> None:
        super().__init__(reason)
        self.clause = clause


@dataclass(frozen=True, slots=True)
class Placed:
    """So many occurrences of an event on days of a range, whose metadata satisfy a rule.

    `on` is the day, where it matters that it is another than that of others.
    """

    event: str
    days: Days
    rule: Predicate | None
    number: int
    on: int | None = None


def place_occurrences(
    event: str,
    conditions: Sequence[Happens | HappensOn],
    today: int,
    late: int | None,
    patterns_of: PatternsOf,
    steps: Steps,
) -> list[Placed] | None:
    """Occurrences of one event that meet all conditions; None where none do.

    `late` is the last day on which one may happen. Raises `OutOfSteps` and `Undecidable`.
    """
    if all(condition.low == 0 for condition in conditions):
        return []
    selections = [condition.selection for condition in conditions]
    ranges = sorted(day_ranges(selections, late), key=lambda days: distance_from(days, today - 1))
    rules = tuple(dict.fromkeys(selection.where for selection in selections if selection.where is not None))
    needed = {condition.selection.where for condition in conditions if condition.low > 0}
    patterns = [
        pattern
        for pattern in patterns_of(rules)
        if None in needed or any(holds and rule in needed for rule, holds in pattern)
    ]
    steps.take(1 + len(patterns) * len(ranges) // 4)
    if any(isinstance(condition, HappensOn) for condition in conditions):
        return _place_days(event, conditions, ranges, patterns, today, steps)
    cells = [(days, pattern) for pattern in patterns for days in ranges]
    in_range = [[covers(selection.days, days) for selection in selections] for days in ranges]
    # A pattern says of each of the rules, in their order, whether it holds.
    rule_places = [
        None if selection.where is None else rules.index(selection.where) for selection in selections
    ]
    included = [[place is None or pattern[place][1] for place in rule_places] for pattern in patterns]
    kinds = [
        Kind({place: 1 for place in range(len(selections)) if covered[place] and chosen[place]})
        for chosen in included
        for covered in in_range
    ]
    bounds = [Range(condition.low, condition.high) for condition in conditions]
    numbers = find_numbers(kinds, bounds, steps)
    if numbers is None:
        return None
    return [
        Placed(event, cells[kind][0], _rule_of(cells[kind][1]), number) for kind, number in numbers.items()
    ]


# --- days ---------------------------------------------------------------------------------------------------


def day_ranges(selections: Iterable[Selection], late: int | None) -> list[Days]:
    """The ranges that the bounds of selections cut all days into, up to the last one."""
    starts: set[int] = set()
    for selection in selections:
        days = selection.days
        starts |= set() if days.first is None else {days.first}
        starts |= set() if days.last is None else {days.last + 1}
    inner = sorted(start for start in starts if late is None or start <= late)
    return [
        Days(first, last)
        for first, last in zip([None, *inner], [*(start - 1 for start in inner), late], strict=True)
    ]


def covers(days: Days, part: Days) -> bool:
    """Whether a range of days, one that the other was cut by, lies in the other."""
    return (days.first is None or (part.first is not None and part.first >= days.first)) and (
        days.last is None or (part.last is not None and part.last <= days.last)
    )


def nearest(days: Days, day: int) -> int:
    """The day of the range that is nearest to a day."""
    if days.first is not None and day < days.first:
        return days.first
    return days.last if days.last is not None and day > days.last else day


def distance_from(days: Days, day: int) -> int:
    return abs(nearest(days, day) - day)


def days_near(days: Days, day: int) -> Iterator[int]:
    """The days of the range, from the one nearest to a day on: first back in time, then forward."""
    start = nearest(days, day)
    earliest = start - _LONG if days.first is None else days.first
    latest = start + _LONG if days.last is None else days.last
    yield from range(start, earliest - 1, -1)
    yield from range(start + 1, latest + 1)


# --- metadata -----------------------------------------------------------------------------------------------


def possible_patterns(
    rules: Sequence[Predicate], is_possible: Callable[[Predicate], bool]
) -> Sequence[Pattern]:
    """The patterns that some metadata have, those with fewest rules that hold first. Raises `Undecidable`."""
    patterns: list[Pattern] = [()]
    for rule in rules:
        patterns = [
            extended
            for pattern in patterns
            for holds in (False, True)
            if is_possible(_required_rule(extended := (*pattern, (rule, holds))))
        ]
        if len(patterns) > _MOST_PATTERNS:
            raise Undecidable("its conditions on the metadata of one event can hold in too many combinations")
    return sorted(patterns, key=lambda pattern: sum(holds for _, holds in pattern))


def _includes(pattern: Pattern, rule: Predicate | None) -> bool:
    return rule is None or (rule, True) in pattern


def _required_rule(pattern: Pattern) -> Predicate:
    return chain(And, (rule if holds else negation(rule) for rule, holds in pattern))


def _rule_of(pattern: Pattern) -> Predicate | None:
    return _required_rule(pattern) if pattern else None


# --- different days -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _DayKind:
    """Days of a range with one occurrence of each of some patterns; or, `further`, one more occurrence of a pattern
    on a day that has one."""

    place: int
    patterns: tuple[int, ...]
    further: bool


def _place_days(
    event: str,
    conditions: Sequence[Happens | HappensOn],
    ranges: Sequence[Days],
    patterns: Sequence[Pattern],
    today: int,
    steps: Steps,
) -> list[Placed] | None:
    """Occurrences where different days are counted. A range has only so many days."""
    # Of many patterns, not all that can happen on one day are tried.
    complete = len(patterns) <= _MOST_PATTERNS_OF_DAYS
    sizes = range(1, len(patterns) + 1) if complete else (1, 2)
    together = [subset for size in sizes for subset in combinations(range(len(patterns)), size)]
    described = [
        _DayKind(place, subset, further)
        for place in range(len(ranges))
        for further in (False, True)
        for subset in together
        if not further or len(subset) == 1
    ]
    kinds = [
        Kind(_day_weights(kind, conditions, ranges, patterns), _days_beside(kind, described))
        for kind in described
    ]
    bounds = [Range(condition.low, condition.high) for condition in conditions]
    bounds += [Range(0, _length(days)) for days in ranges]
    numbers = find_numbers(kinds, bounds, steps)
    if numbers is None:
        if not complete:
            raise Undecidable("it counts different days under too many conditions on the metadata")
        return None
    placed: list[Placed] = []
    free = [days_near(days, today - 1) for days in ranges]
    day_of: dict[tuple[int, int], int] = {}
    # The days come first, then what else happens on them.
    for number in sorted(numbers, key=lambda number: described[number].further):
        kind = described[number]
        days, rules = (
            ranges[kind.place],
            [(pattern, _rule_of(patterns[pattern])) for pattern in kind.patterns],
        )
        if kind.further:
            on = day_of[kind.place, kind.patterns[0]]
            placed.append(Placed(event, days, rules[0][1], numbers[number], on))
            continue
        for on in islice(free[kind.place], numbers[number]):
            day_of |= {(kind.place, pattern): on for pattern in kind.patterns}
            placed += [Placed(event, days, rule, 1, on) for _, rule in rules]
    return placed


def _day_weights(
    kind: _DayKind,
    conditions: Sequence[Happens | HappensOn],
    ranges: Sequence[Days],
    patterns: Sequence[Pattern],
) -> dict[int, int]:
    """What one of the kind adds to each condition, and to the days of its range that are taken."""
    weights = {} if kind.further else {len(conditions) + kind.place: 1}
    for number, condition in enumerate(conditions):
        selection = condition.selection
        if covers(selection.days, ranges[kind.place]):
            selected = sum(_includes(patterns[pattern], selection.where) for pattern in kind.patterns)
            if selected and isinstance(condition, Happens):
                weights[number] = selected
            elif selected and not kind.further:
                weights[number] = 1
    return weights


def _days_beside(kind: _DayKind, kinds: Sequence[_DayKind]) -> tuple[int, ...]:
    """The kinds of days on which something further may happen."""
    if not kind.further:
        return ()
    return tuple(
        number
        for number, other in enumerate(kinds)
        if not other.further and other.place == kind.place and kind.patterns[0] in other.patterns
    )


def _length(days: Days) -> int | None:
    return None if days.first is None or days.last is None else days.last - days.first + 1
