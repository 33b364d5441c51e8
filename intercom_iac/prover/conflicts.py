"""Why nobody satisfies a rule: as few of its tests as possible that already clash, and until when somebody could."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Occurrences, Or, SomeCompany, reads_days
from intercom_iac.model.world import World
from intercom_iac.rules.normal import chain, normal_form

from .solver.clauses import Budget
from .solver.formulas import Formula, all_of, any_of
from .solver.models import Model
from .solver.procedure import find_model, is_refuted
from .solver.space import Space

# Rounds in which a later day is looked for on which a rule could hold.
_ROUNDS = 40
# Of so few tests a conflict is looked for twice, from either end, and the smaller one taken.
_FEW = 40


def conflict(rule: Predicate, space: Space, steps: int) -> tuple[Predicate, ...]:
    """Tests of a rule that nobody satisfies, which nobody satisfies although all others are left out of the rule.

    None of them can be left out too, as far as the steps suffice to find that out. A test that is left out holds of
    everybody: in a rule where `not` stands before single tests only, that makes it weaker, so that what is found for
    the tests that remain is found for the rule. Of what is asked of a company or an occurrence, what clashes is kept.
    """
    form = normal_form(rule)
    outline = _Outline(form, space)
    budget = Budget(steps)

    def clash(kept: frozenset[int]) -> bool:
        return is_refuted(space, [space.clauses(outline.formula(kept))], budget)

    everything = range(len(outline.tests))
    found = [_minimal(everything, clash)]
    if len(everything) <= _FEW:
        found.append(_minimal(everything[::-1], clash))
    clashing = [outline.tests[place] for place in sorted(min(found, key=len))]
    conjuncts = form.parts if isinstance(form, And) else (form,)
    if all(any(test is part for part in conjuncts) for test in clashing):
        return tuple(_narrowed(clashing, space.world, budget))
    return tuple(clashing)


def _narrowed(clashing: Sequence[Predicate], world: World, budget: Budget) -> Iterator[Predicate]:
    """Tests that clash together, those of a company or of an occurrence with no more clauses than it takes."""
    tests = list(clashing)
    for place, test in enumerate(clashing):
        inside = _inside(test)
        if inside is None or not isinstance(inner := normal_form(inside), And):
            yield test
            continue

        def clash(
            kept: frozenset[int], place: int = place, parts: tuple[Predicate, ...] = inner.parts
        ) -> bool:
            if not kept:
                return False
            tests[place] = _with_inside(
                clashing[place], chain(And, [parts[number] for number in sorted(kept)])
            )
            space = Space([whole := chain(And, tests)], world)
            return is_refuted(space, [space.clauses(space.formula(whole))], budget)

        kept = _minimal(range(len(inner.parts)), clash)
        found = _with_inside(test, chain(And, [inner.parts[number] for number in sorted(kept)]))
        tests[place] = found
        # A single clause stands where it is written.
        yield replace(found, span=inner.parts[min(kept)].span) if len(kept) == 1 else found


def _inside(test: Predicate) -> Predicate | None:
    """What a test asks of a company or of an occurrence."""
    match test:
        case SomeCompany(rule=inner):
            return inner
        case Occurrences(where=where):
            return where
        case _:
            return None


def _with_inside(test: Predicate, inner: Predicate) -> Predicate:
    match test:
        case SomeCompany():
            return replace(test, rule=inner)
        case Occurrences():
            return replace(test, where=inner)
        case _:
            return test


def _minimal(places: Sequence[int], clash: Callable[[frozenset[int]], bool]) -> frozenset[int]:
    """As few of the places as clash; those that come first are left out first, many at once while that goes."""
    kept = list(places)
    size = len(kept)
    while size:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            if clash(frozenset(fewer)):
                kept = fewer
            else:
                at += size
        size = 1 if size == 2 else (size + 1) // 2 if size > 1 else 0
    return frozenset(kept)


class _Outline:
    """A rule in normal form with its tests in the order in which they are written."""

    def __init__(self, rule: Predicate, space: Space) -> None:
        self.tests: list[Predicate] = []
        self._space = space
        self._formulas: list[Formula] = []
        self._root = self._outline(rule)

    def _outline(self, rule: Predicate) -> Callable[[frozenset[int]], Formula]:
        match rule:
            case And(parts=parts):
                inside = [self._outline(part) for part in parts]
                return lambda kept: all_of([part(kept) for part in inside])
            case Or(parts=parts):
                inside = [self._outline(part) for part in parts]
                return lambda kept: any_of([part(kept) for part in inside], self._space.full)
            case _:
                place = len(self.tests)
                self.tests.append(rule)
                self._formulas.append(self._space.formula(rule))
                return lambda kept: self._formulas[place] if place in kept else True

    def formula(self, kept: frozenset[int]) -> Formula:
        """The rule without the tests that are not kept."""
        return self._root(kept)


def last_day(rule: Predicate, world: World, steps: int) -> date | None:
    """The last day before the world's first on which somebody could satisfy the rule; None where there was none, or
    where it was not decided."""
    latest: date | None = None
    if world.first == date.min or not reads_days(rule):
        return None
    end = world.first - timedelta(days=1)
    begin, budget = date.min, Budget(steps)
    for _ in range(_ROUNDS):
        space = Space([rule], replace(world, first=begin, last=end))
        outcome = find_model(space, [space.clauses(space.formula(rule))], budget, latest=True)
        if not isinstance(outcome, Model):
            return latest if outcome is None else None
        latest = outcome.today
        if latest == end:
            return latest
        begin = latest + timedelta(days=1)
    return None
