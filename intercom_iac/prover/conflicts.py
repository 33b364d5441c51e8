"""Why nobody satisfies a rule: as few of its tests as possible that already clash, and until when somebody could."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Occurrences, Or, SomeCompany, reads_days
from intercom_iac.model.world import World
from intercom_iac.rules.normal import chain, normal_form

from .solver.clauses import Budget
from .solver.formulas import Clauses, Formula, all_of, any_of
from .solver.models import Model
from .solver.procedure import Refutation, find_model, find_model_or_refutation
from .solver.space import Space

# Rounds in which a later day is looked for on which a rule could hold.
_ROUNDS = 40
# Of so few tests a conflict is looked for twice, from either end, and the smaller one taken.
_FEW = 40


class Outline:
    """A rule as parts that have to hold together, with its tests in the order in which they are written."""

    def __init__(self, rule: Predicate, space: Space) -> None:
        self.tests: list[Predicate] = []
        self._space = space
        self._formulas: list[Formula] = []
        self._parts = _parts_of(self._outline(normal_form(rule)), And)
        self._clauses: dict[tuple[int, frozenset[int]], Clauses] = {}

    def _outline(self, rule: Predicate) -> _Outlined:
        if isinstance(rule, And | Or):
            inside = tuple(map(self._outline, rule.parts))
            return _Outlined(frozenset[int]().union(*(part.places for part in inside)), type(rule), inside)
        self.tests.append(rule)
        self._formulas.append(self._space.formula(rule))
        return _Outlined(frozenset((len(self.tests) - 1,)))

    def clauses(self) -> list[Clauses]:
        """The parts of the rule."""
        return [self._clauses_of(place, part.places) for place, part in enumerate(self._parts)]

    def conflict(self, refutation: Refutation, budget: Budget) -> tuple[Predicate, ...]:
        """Tests that nobody satisfies although all others are left out of the rule.

        None of them can be left out too, as far as the steps suffice to find that out. A test that is left out holds
        of everybody: in a rule where `not` stands before single tests only, that makes it weaker, so that what is
        found for the tests that remain is found for the rule. Of what is asked of a company or an occurrence, what
        clashes is kept.
        """
        found = self._minimal(self._places(refutation.parts), budget, from_last=False)
        if len(self.tests) <= _FEW and len(found) > 1:
            everything = frozenset(range(len(self.tests)))
            found = min(found, self._minimal(everything, budget, from_last=True), key=len)
        clashing = [self.tests[place] for place in sorted(found)]
        alone = {place for part in self._parts if part.kind is None for place in part.places}
        return tuple(_narrow_tests(clashing, self._space.world, budget) if found <= alone else clashing)

    def _minimal(self, kept: frozenset[int], budget: Budget, *, from_last: bool) -> frozenset[int]:
        """As few of the tests as clash: whole parts are left out first, then parts of these."""
        parts = self._parts
        while parts:
            for part in reversed(parts) if from_last else parts:
                if budget.left < 0:
                    return kept
                if not part.places.isdisjoint(kept):
                    kept = self._clash(kept - part.places, budget) or kept
            parts = [
                inner
                for part in parts
                if not part.places.isdisjoint(kept)
                for either in _parts_of(part, Or)
                for inner in (_parts_of(either, And) if either.kind is And else ())
            ]
        return kept

    def _clash(self, kept: frozenset[int], budget: Budget) -> frozenset[int] | None:
        """Those of the tests on which it rests that nobody satisfies all; None where somebody may."""
        places = [place for place, part in enumerate(self._parts) if not part.places.isdisjoint(kept)]
        budget.left -= len(kept)
        outcome = find_model_or_refutation(
            self._space,
            [self._clauses_of(place, self._parts[place].places & kept) for place in places],
            budget,
            makes_person=False,
        )
        if not isinstance(outcome, Refutation):
            return None
        return self._places(frozenset(places[place] for place in outcome.parts)) & kept

    def _places(self, parts: frozenset[int]) -> frozenset[int]:
        return frozenset[int]().union(*(self._parts[part].places for part in parts))

    def _clauses_of(self, place: int, kept: frozenset[int]) -> Clauses:
        """A part of the rule without the tests that are not kept."""
        known = self._clauses.get((place, kept))
        if known is None:
            known = self._space.clauses(self._formula(self._parts[place], kept))
            self._clauses[place, kept] = known
        return known

    def _formula(self, part: _Outlined, kept: frozenset[int]) -> Formula:
        if part.kind is And:
            return all_of([self._formula(inner, kept) for inner in part.inside])
        if part.kind is Or:
            return any_of([self._formula(inner, kept) for inner in part.inside], self._space.full)
        (place,) = part.places
        return self._formulas[place] if place in kept else True


@dataclass(frozen=True, slots=True)
class _Outlined:
    """A test, or a chain of others, with the places of all tests in it."""

    places: frozenset[int]
    kind: type[And | Or] | None = None
    inside: tuple[_Outlined, ...] = ()


def _parts_of(outlined: _Outlined, kind: type[And | Or]) -> list[_Outlined]:
    """The parts of a chain of this kind, those of chains in it too; of another, that one alone."""
    if outlined.kind is not kind:
        return [outlined]
    return [part for inner in outlined.inside for part in _parts_of(inner, kind)]


def _narrow_tests(clashing: Sequence[Predicate], world: World, budget: Budget) -> Iterator[Predicate]:
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
            return _is_refuted(space, [space.clauses(space.formula(whole))], budget)

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


def _is_refuted(space: Space, parts: Sequence[Clauses], budget: Budget) -> bool:
    return isinstance(find_model_or_refutation(space, parts, budget, makes_person=False), Refutation)


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
