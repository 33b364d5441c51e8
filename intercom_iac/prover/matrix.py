"""How many rules stand to each other, without a proof for each question.

The rules share their variables, and a crowd of people is kept, for each rule as the set of those who satisfy it: two
rules overlap where their sets do, and somebody is in one alone where the sets differ so. Whom two rules have not yet
is searched for, so that as many rules as possible are satisfied by each person who is added. What is left are mostly
pairs that exclude each other by a single field, or by what was learned of others: a clause that days, texts or events
have taught is true for all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from intercom_iac.compilers.python.evaluator import evaluator
from intercom_iac.model import Person, Predicate
from intercom_iac.model.predicate import And, Not, intercom_segments_of
from intercom_iac.model.world import World
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import chain

from .deciding import STEPS, decide, is_satisfied, witness_of
from .domains.cells import Mask
from .solver.clauses import Budget, Variable
from .solver.fields import window_dates
from .solver.formulas import Clauses, negated
from .solver.models import Model
from .solver.procedure import find_model
from .solver.space import Space
from .solver.steps import Undecided
from .verdicts import Matrix, PairRelation, RuleRelation, Satisfiable, Unsatisfiable, Verdict
from .witnesses.narrowing import narrow_witness

# Of so few rules each pair gets a person of its own.
_FEW_RULES = 100
# A rule by its place, and whether it is to hold.
Side = tuple[int, bool]


def relate_all(rules: Mapping[str, Predicate], world: World) -> Matrix:
    """How each of many rules stands to everybody and to each other. Conflicts are not explained."""
    crowd = _Crowd(list(rules.values()), world)
    keys = list(rules)
    relations = {key: crowd.relate_to_everybody(place) for place, key in enumerate(keys)}
    pairs = {
        (keys[first], keys[second]): crowd.relate(first, second)
        for first in range(len(keys))
        for second in range(first + 1, len(keys))
    }
    return Matrix(rules=relations, pairs=pairs)


class _Crowd:
    """People, and for each rule who of them satisfies it."""

    def __init__(self, rules: Sequence[Predicate], world: World) -> None:
        self.world = world
        self.zone = ZoneInfo(world.zone)
        self.rules = rules
        self.space = Space(rules, world)
        self.formulas = [self.space.formula(rule) for rule in rules]
        self._clauses: dict[Side, Clauses] = {}
        # Rules that ask for segments of Intercom's are asked one by one.
        self.alone = [bool(intercom_segments_of(rule)) for rule in rules]
        # Rules that take long to be decided with others: their windows of events are bounded by dates of the contact,
        # or what they ask of events was not decided beside what others ask.
        self._unsociable = [next(window_dates(rule), None) is not None for rule in rules]
        self._tests: list[Callable[[Person], bool] | None] = [None] * len(rules)
        self.people: list[Satisfiable] = []
        # Of each rule, a bit for each of the people: who satisfies it, and of whom `meaning` confirmed what.
        self.inside = [0] * len(rules)
        self.confirmed_inside = [0] * len(rules)
        self.confirmed_outside = [0] * len(rules)
        # Sides on which nobody is.
        self._empty: set[Side] = set()
        # Of each rule, a bit for each of the others that some person satisfies with it.
        self._met = [0] * len(rules)
        # And a bit for each of the others that nobody satisfies with it.
        self._apart = [0] * len(rules)

    # --- questions ------------------------------------------------------------------------------------------

    def relate_to_everybody(self, place: int) -> RuleRelation:
        """How a rule stands to everybody."""
        inside, outside = (self.ask((place, holds)) for holds in (True, False))
        if self.alone[place]:
            return RuleRelation(inside, outside)
        asked = (self.rules[place],)
        return RuleRelation(self._narrow(inside, asked), self._narrow(outside, asked))

    def relate(self, first: int, second: int) -> PairRelation:
        """How two rules stand to each other."""
        inside, outside = self.confirmed_inside, self.confirmed_outside
        both = self._first_person(inside[first] & inside[second])
        first_only = self._first_person(inside[first] & outside[second])
        second_only = self._first_person(outside[first] & inside[second])
        verdicts = (
            both or self.ask((first, True), (second, True)),
            first_only or self.ask((first, True), (second, False)),
            second_only or self.ask((first, False), (second, True)),
        )
        if len(self.rules) <= _FEW_RULES and not self.alone[first] and not self.alone[second]:
            asked = self.rules[first], self.rules[second]
            return PairRelation(*(self._narrow(verdict, asked) for verdict in verdicts))
        return PairRelation(*verdicts)

    def _narrow(self, verdict: Verdict, rules: Sequence[Predicate]) -> Verdict:
        """The person who was found, without what other rules ask for."""
        if isinstance(verdict, Satisfiable):
            return Satisfiable(narrow_witness(verdict.witness, rules, first=self.world.first))
        return verdict

    def _first_person(self, people: int) -> Satisfiable | None:
        """One of the people whose bits these are."""
        return self.people[(people & -people).bit_length() - 1] if people else None

    def ask(self, *sides: Side) -> Verdict:
        """Whether somebody is on all of these sides."""
        if any(self.alone[place] for place, _ in sides):
            return decide(self._rule(sides), self.world, explain=False)
        if any(side in self._empty for side in sides):
            return Unsatisfiable()
        known = self._known_person(sides)
        if known is not None:
            return known
        if self._exclude(sides):
            self._remember_empty(sides)
            return Unsatisfiable()
        verdict = self._search(sides)
        if isinstance(verdict, Unsatisfiable):
            self._remember_empty(sides)
        return verdict

    def _remember_empty(self, sides: Sequence[Side]) -> None:
        if len(sides) == 1:
            self._empty.add(sides[0])
        elif all(holds for _, holds in sides):
            (first, _), (second, _) = sides
            self._apart[first] |= 1 << second
            self._apart[second] |= 1 << first

    def _rule(self, sides: Sequence[Side]) -> Predicate:
        return chain(And, [self.rules[place] if holds else Not(self.rules[place]) for place, holds in sides])

    def _known_person(self, sides: Sequence[Side]) -> Satisfiable | None:
        """Somebody of the crowd who is on all sides, as `meaning` confirms."""
        found = confirmed = likely = (1 << len(self.people)) - 1
        for place, holds in sides:
            found &= self.inside[place] if holds else ~self.inside[place]
            confirmed = self.confirmed_inside[place] if holds else self.confirmed_outside[place]
            likely &= confirmed
        while found:
            best = found & likely or found & confirmed or found
            lowest = best & -best
            if all(self._is_confirmed(side, lowest) for side in sides):
                return self.people[lowest.bit_length() - 1]
            found ^= lowest
        return None

    def _is_confirmed(self, side: Side, bit: int) -> bool:
        place, holds = side
        confirmed = self.confirmed_inside if holds else self.confirmed_outside
        if not confirmed[place] & bit:
            witness = self.people[bit.bit_length() - 1].witness
            if is_satisfied(self.rules[place], witness) is not holds:
                return False
            confirmed[place] |= bit
        return True

    def clauses(self, side: Side) -> Clauses:
        known = self._clauses.get(side)
        if known is None:
            formula = self.formulas[side[0]]
            known = self.space.clauses(formula if side[1] else negated(formula, self.space.full))
            self._clauses[side] = known
        return known

    def _exclude(self, sides: Sequence[Side]) -> bool:
        """Whether what single variables have to be is already too much, by itself or for a clause."""
        parts = [self.clauses(side) for side in sides]
        units = _join_masks({}, [part.units for part in parts])
        if units is None or any(part.clash for part in parts):
            return True
        full = self.space.full
        return self._breaks_lemma(units, units) or any(
            all(not units.get(variable, full[variable]) & mask for variable, mask in clause)
            for part in parts
            for clause in part.longer
        )

    def _search(self, sides: Sequence[Side]) -> Verdict:
        outcome = find_model(self.space, [self.clauses(side) for side in sides], Budget(STEPS))
        if outcome is None:
            return Unsatisfiable()
        if isinstance(outcome, Model):
            if len(sides) == 2 and all(holds for _, holds in sides):
                self._add_sociable([place for place, _ in sides], outcome)
                known = self._known_person(sides)
                if known is not None:
                    return known
            self._add(outcome)
            known = self._known_person(sides)
            if known is not None:
                return known
        return decide(self._rule(sides), self.world, explain=False)

    # --- people ---------------------------------------------------------------------------------------------

    def _add_sociable(self, chosen: Sequence[int], alone: Model) -> None:
        """Adds somebody who satisfies these rules and as many others as go together with them, such as nobody yet
        satisfies with these before all. `alone` satisfies these rules."""
        if any(self._unsociable[place] for place in chosen):
            self._add(alone)
            return
        both = Clauses()
        for place in chosen:
            part = self.clauses((place, True))
            both.longer += part.longer
            both.units = _join_masks(both.units, [part.units]) or {}
        together = sum(1 << place for place in chosen)
        apart = together
        for place in chosen:
            apart |= self._apart[place]
        others = [
            place
            for place in range(len(self.rules))
            if not apart >> place & 1
            and not self.alone[place]
            and not self._unsociable[place]
            and (place, True) not in self._empty
        ]
        others.sort(
            key=lambda place: ((self._met[place] & together).bit_count(), self._met[place].bit_count())
        )
        self._add(self._sociable(both, others, alone))

    def _sociable(self, required: Clauses, others: Sequence[int], found: Model) -> Model:
        """Somebody who satisfies what is required and as many of the other rules as possible; `found` satisfies what
        is required. What is required is the more afterwards."""
        while True:
            units, joining = dict(required.units), False
            for place in others:
                joining = self._join(units, self.clauses((place, True))) or joining
            if not joining:
                return found
            known = len(self.space.lemmas)
            outcome = find_model(self.space, [Clauses(units, required.longer)], Budget(STEPS))
            if isinstance(outcome, Model):
                required.units = units
                return outcome
            if len(self.space.lemmas) == known:
                break
        if len(others) == 1 and isinstance(outcome, Undecided):
            self._unsociable[others[0]] = True
        if len(others) > 1:
            middle = len(others) // 2
            found = self._sociable(required, others[:middle], found)
            return self._sociable(required, others[middle:], found)
        return found

    def _join(self, units: dict[Variable, Mask], more: Clauses) -> bool:
        """Adds what single variables have to be, unless that is too much; whether it was added.

        Of a clause of several literals one is taken that goes together with the rest.
        """
        changed: dict[Variable, Mask] = {}
        for variable, mask in more.units.items():
            before = units.get(variable)
            after = mask if before is None else mask & before
            if not after:
                return False
            if after != before:
                changed[variable] = after
        full = self.space.full
        for clause in more.longer:
            chosen: tuple[Variable, Mask] | None = None
            for variable, mask in clause:
                left = changed.get(variable) or units.get(variable, full[variable])
                if not left & ~mask:
                    chosen = None
                    break
                if chosen is None and left & mask:
                    chosen = variable, left & mask
            else:
                if chosen is None:
                    return False
            if chosen is not None:
                changed[chosen[0]] = chosen[1]
        joined = units | changed
        if self._breaks_lemma(joined, changed):
            return False
        units.update(changed)
        return bool(changed)

    def _breaks_lemma(self, units: Mapping[Variable, Mask], changed: Iterable[Variable]) -> bool:
        """Whether a clause that is true of everybody does not hold of what these variables have to be."""
        full, lemmas = self.space.full, self.space.lemmas_of
        return any(
            all(not units.get(other, full[other]) & mask for other, mask in clause)
            for variable in changed
            for clause in lemmas.get(variable, ())
        )

    def _add(self, model: Model) -> None:
        witness = witness_of(model, self.world)
        bit = 1 << len(self.people)
        self.people.append(Satisfiable(witness))
        together = 0
        for place, rule in enumerate(self.rules):
            if self.alone[place]:
                continue
            if witness.today == self.world.first:
                test = self._tests[place]
                if test is None:
                    test = self._tests[place] = evaluator(rule, today=self.world.first, zone=self.zone)
                holds = test(witness.person)
            else:
                holds = satisfies(witness.person, rule, today=witness.today, zone=self.zone)
            if holds:
                self.inside[place] |= bit
                together |= 1 << place
        for place in range(len(self.rules)):
            if together >> place & 1:
                self._met[place] |= together


def _join_masks(
    units: Mapping[Variable, Mask], others: Iterable[Mapping[Variable, Mask]]
) -> dict[Variable, Mask] | None:
    """What single variables have to be; None where one cannot be so."""
    joined = dict(units)
    for other in others:
        for variable, mask in other.items():
            mask &= joined.get(variable, mask)
            if not mask:
                return None
            joined[variable] = mask
    return joined
