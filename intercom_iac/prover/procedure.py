"""The procedure: clauses are searched, and what they leave is held to what they do not say of days, texts, companies.

Each step either finds nothing to say, or says a clause that is true of everybody and does not hold of what is left,
or decides for a part of what is left. So "nobody" rests on clauses alone that are true of everybody, and what remains
at the end are values for one person.

A company that a test of companies asks for is one of its own, with variables of its own. It satisfies the test, and
none of the tests that no company of the contact satisfies. That suffices: a contact may be in any number of
companies, so that two tests which one company could meet can as well be met by two, and a company which no test asks
for can be left out. Companies say nothing of each other, nor of the contact; they share today alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from intercom_iac.model import Field
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import FIELD_DAY_TESTS, IsKnown, Not, Predicate, day_test_of
from intercom_iac.model.world import Assumption, World

from .domains.cells import NO_VALUE, Mask, first_run
from .domains.choices import Choices
from .domains.days import FIRST_DAY, LAST_DAY
from .domains.numbers import Number
from .domains.texts import Texts, TextTest
from .events import EventsHappen, decide_events
from .linked import (
    FieldNode,
    choose_days,
    choose_numbers,
    contact_dates,
    date_bounds,
    date_variables,
    dates_by_node,
    linking_variables,
    no_whole_number,
    number_bounds,
    today_range,
    unless_from,
    unless_until,
)
from .models import Choice, Model, read_model
from .search.clauses import Budget, BudgetSpent, Clause, Literal, Search, Variable
from .search.differences import Differences
from .search.formulas import EITHER, TRUE, UNTRUE, Clauses
from .space import CONTACT, DateCells, Space, key_of
from .verdicts import Unknown, Unsatisfiable
from .witnesses.building import noon

# Steps that the metadata of an occurrence may take.
METADATA_STEPS = 20_000
# Steps that a test of events counts as, each time that events are decided.
_EVENT_STEPS = 100
# And a comparison of two numbers, each time that these are held to their bounds.
_LINK_STEPS = 10


@dataclass(frozen=True, slots=True)
class Undecided:
    reason: str
    clause: Predicate | None = None


Outcome = Model | Undecided | None


def find_model(space: Space, parts: Sequence[Clauses], budget: Budget, *, latest: bool = False) -> Outcome:
    """Values that satisfy all the parts; None where there are none.

    Today is the first day on which they do, or where `latest`, the last.
    """
    if any(part.clash for part in parts):
        return None
    try:
        return _Procedure(space, budget, latest=latest).model(parts)
    except BudgetSpent:
        return Undecided("it takes too many steps to decide")


def can_hold(space: Space, parts: Sequence[Clauses], budget: Budget) -> bool | None:
    """Whether somebody satisfies all the parts, without a person; None where that was not decided."""
    if any(part.clash for part in parts):
        return False
    try:
        outcome = _Procedure(space, budget, makes_person=False).model(parts)
    except BudgetSpent:
        return None
    return False if outcome is None else True if outcome is _SOMEBODY else None


def is_refuted(space: Space, parts: Sequence[Clauses], budget: Budget) -> bool:
    """Whether it is proved that nobody satisfies all the parts. No person is made where somebody may."""
    return can_hold(space, parts, budget) is False


_SOMEBODY = Undecided("somebody satisfies it")
_PERHAPS = Undecided("somebody may satisfy it")


class _Procedure:
    def __init__(
        self, space: Space, budget: Budget, *, latest: bool = False, makes_person: bool = True
    ) -> None:
        self.space = space
        self.latest = latest
        self.makes_person = makes_person
        self.budget = budget
        self.search = Search(space.full, budget)
        self._defined: set[Variable] = set()
        self._grounded: set[tuple[Variable, Variable | None]] = set()
        self._today = (FIRST_DAY, FIRST_DAY)
        self._text_samples: dict[Variable, str] = {}
        self._bounds: Differences | None = None
        self._reasons: tuple[tuple[Literal, ...], tuple[Literal, ...]] = ((), ())
        self._happening: EventsHappen | None = None
        self._numbers: dict[Variable, Number] = {}
        self._undecided: Undecided | None = None

    def model(self, parts: Sequence[Clauses]) -> Outcome:
        for part in parts:
            if not self._add(part, is_asked=True):
                return self._nobody()
        while True:
            if not self.search.run():
                return self._nobody()
            if not (step := self._next_step()):
                if step is None:
                    return self._nobody()
                return self._model() if self.makes_person else self._somebody()

    def _nobody(self) -> Undecided | None:
        """That nobody satisfies the clauses, unless that rests on what was not decided."""
        if self.search.core is not None:
            self.space.remember(self.search.core)
        return self._undecided

    def _somebody(self) -> Undecided:
        """That somebody satisfies the clauses, unless that rests on numbers that were not chosen, or on segments of
        Intercom's."""
        if self.space.intercom_segments.keys() & self.search.cells.keys():
            return _PERHAPS
        return _PERHAPS if linking_variables(self.space, self.search, of_dates=False) else _SOMEBODY

    def _model(self) -> Model:
        day, days, occurrences = self._today[1 if self.latest else 0], dict[FieldNode, int | None](), ()
        event_dates: Mapping[Field, date | None] = {}
        if self._happening is not None:
            day, occurrences = self._happening.today.toordinal(), self._happening.occurrences
            event_dates = self._happening.dates
            for date_field, chosen in self._happening.dates.items():
                days[CONTACT, key_of(date_field)] = None if chosen is None else chosen.toordinal()
        if self._bounds is not None:
            days |= choose_days(self._bounds, self._dates(), day, days)
        choice = Choice(day, days, self._numbers, self._text_samples, occurrences, event_dates)
        return read_model(self.space, self.search, choice)

    def _add(self, clauses: Clauses, *, is_asked: bool) -> bool:
        """Adds clauses, and those that define the variables which stand in them."""
        if clauses.clash:
            return False
        units = tuple((literal,) for literal in clauses.units.items())
        variables = {*clauses.units, *(variable for clause in clauses.longer for variable, _ in clause)}
        return self.search.add((*units, *clauses.longer), assumed=is_asked) and self.search.add(
            self._definitions(variables)
        )

    def _definitions(self, variables: set[Variable]) -> list[Clause]:
        """The clauses that define variables, and those that define the variables in these."""
        definitions: list[Clause] = []
        asked = [variable for variable in variables if variable not in self._defined]
        self._defined.update(asked)
        while asked:
            for clause in self.space.definitions.get(asked.pop(), ()):
                definitions.append(clause)
                for variable, _ in clause:
                    if variable not in self._defined:
                        self._defined.add(variable)
                        asked.append(variable)
        return definitions

    # --- steps ----------------------------------------------------------------------------------------------

    def _next_step(self) -> bool | None:
        """Whether there was something to say or to decide; None where what was said cannot be."""
        for step in (
            self._companies_step,
            self._presence_step,
            self._days_step,
            self._numbers_step,
            self._texts_step,
            self._events_step,
        ):
            outcome = step()
            if outcome is not False:
                return outcome
        return False

    def _learn(self, literals: Iterable[Literal], *, is_true: bool = True) -> bool | None:
        """Goes back from what cannot be. A clause that is not known to be true is one that was not decided."""
        clause = _clause(literals)
        if is_true:
            self.space.remember(clause)
        return True if self.search.learn(clause, assumed=not is_true) else None

    def _decide(self, literal: Literal) -> bool:
        self.search.decide(literal)
        return True

    def _companies_step(self) -> bool | None:
        companies = self.space.companies
        asked = [variable for variable in self.search.cells if variable in companies]
        chosen = [variable for variable in asked if self.search.left(variable) == TRUE]
        excluded = [variable for variable in asked if self.search.left(variable) == UNTRUE]
        news = [
            pair
            for slot in chosen
            for pair in ((slot, None), *((slot, other) for other in excluded))
            if pair not in self._grounded
        ]
        if not news:
            return False
        self._grounded.update(news)
        for pair in news:
            if not self._add(self.space.company_clauses(*pair), is_asked=False):
                return None
        return True

    def _presence_step(self) -> bool | None:
        """Of a field that may have a value or none it is decided that it has one."""
        for variable, mask in self.search.cells.items():
            if variable in self.space.subjects and mask & NO_VALUE and mask != NO_VALUE:
                return self._decide((variable, mask & ~NO_VALUE))
        return False

    # --- days -----------------------------------------------------------------------------------------------

    def _dates(self) -> dict[FieldNode, dict[str, Variable]]:
        return dates_by_node(self.space, self.search)

    def _days_step(self) -> bool | None:
        """Finds the days that can be today, and where dates are compared with each other, a day for each."""
        self._bounds = None
        if linking_variables(self.space, self.search, of_dates=True):
            return self._linked_days()
        world = self.space.world
        first, last = world.first.toordinal(), LAST_DAY if world.last is None else world.last.toordinal()
        first_reasons: tuple[Literal, ...] = ()
        last_reasons: tuple[Literal, ...] = ()
        dates = {} if self.space.fixed_today is not None else self._dates()
        for (_, key), variables in dates.items():
            from_today, calendar = variables.get("today"), variables.get("calendar")
            for variable in variables.values() if from_today is not None and calendar is not None else ():
                if (run := first_run(mask := self.search.left(variable))) != mask:
                    return self._decide((variable, run))
            cells = self.space.fields[key]
            assert isinstance(cells, DateCells)
            earliest, latest = self._hull(calendar) or (FIRST_DAY, LAST_DAY)
            nearest, farthest = self._hull(from_today) or (-LAST_DAY, 0 if cells.is_past else LAST_DAY)
            if earliest - farthest > first:
                first = earliest - farthest
                first_reasons = (
                    *self._unless_from(calendar, earliest),
                    *self._unless_until(from_today, farthest),
                )
            if latest - nearest < last:
                last = latest - nearest
                last_reasons = (
                    *self._unless_until(calendar, latest),
                    *self._unless_from(from_today, nearest),
                )
        if first > last:
            return self._learn(first_reasons + last_reasons)
        self._today = first, last
        self._reasons = first_reasons, last_reasons
        return False

    def _hull(self, variable: Variable | None) -> tuple[int, int] | None:
        if variable is None:
            return None
        return self.space.distances(variable).hull(self.search.left(variable))

    def _unless_from(self, variable: Variable | None, low: int) -> tuple[Literal, ...]:
        return () if variable is None else unless_from(variable, self.space.distances(variable), low)

    def _unless_until(self, variable: Variable | None, high: int) -> tuple[Literal, ...]:
        return () if variable is None else unless_until(variable, self.space.distances(variable), high)

    def _linked_days(self) -> bool | None:
        variables = date_variables(self.space, self.search)
        for variable in variables:
            if (run := first_run(mask := self.search.left(variable))) != mask:
                return self._decide((variable, run))
        differences = Differences(date_bounds(self.space, self.search, variables), self.budget)
        if (circle := differences.circle()) is not None:
            return self._learn(literal for bound in circle for literal in bound.unless)
        first, last, first_bounds, last_bounds = today_range(differences)
        self._today, self._bounds = (first, last), differences
        self._reasons = (
            tuple(literal for bound in first_bounds for literal in bound.unless),
            tuple(literal for bound in last_bounds for literal in bound.unless),
        )
        return False

    # --- numbers --------------------------------------------------------------------------------------------

    def _numbers_step(self) -> bool | None:
        """Where numbers are compared with each other, finds one for each."""
        self._numbers = {}
        links = linking_variables(self.space, self.search, of_dates=False)
        if not links:
            return False
        nodes: dict[FieldNode, Variable] = {}
        for link in links:
            subject = self.space.subjects[link]
            assert subject.other is not None
            for number in (subject.field, subject.other):
                nodes[subject.slot, key_of(number)] = self.space.field_variable(subject.slot, number)
        for variable in (*links, *nodes.values()):
            if (run := first_run(mask := self.search.left(variable))) != mask:
                return self._decide((variable, run))
        differences = Differences(number_bounds(self.space, self.search, links), self.budget)
        self.budget.spend(_LINK_STEPS * len(links))
        bounds = differences.circle() or no_whole_number(self.space, differences, nodes)
        if not bounds and not self.makes_person:
            return False
        if not bounds:
            numbers = choose_numbers(self.space, differences, nodes)
            if numbers is not None:
                self._numbers = {nodes[node]: number for node, number in numbers.items()}
                return False
            self._undecided = self._undecided or Undecided(
                "no numbers were found that stand so to each other"
            )
            return self._learn(
                (
                    (variable, self.space.full[variable] & ~self.search.left(variable))
                    for variable in (*links, *nodes.values())
                ),
                is_true=False,
            )
        return self._learn(literal for bound in bounds for literal in bound.unless)

    # --- texts ----------------------------------------------------------------------------------------------

    def _texts_step(self) -> bool | None:
        """Finds a text for each field that has none of the texts which rules name, or says which tests clash."""
        self._text_samples = {}
        asked: dict[Variable, list[Variable]] = {}
        for variable in self.search.cells:
            if variable in self.space.matches:
                asked.setdefault(self.space.matches[variable][0], []).append(variable)
        for text, mask in list(self.search.cells.items()):
            subject = self.space.subjects.get(text)
            if subject is None:
                continue
            cells = self.space.fields[key_of(subject.field)]
            if not isinstance(cells, Choices) or mask != cells.others or not mask:
                continue
            longest = MAX_TEXT_LENGTH if self.space.world.assumes(Assumption.SHORT_TEXTS) else None
            tests = asked.get(text, [])
            texts = Texts(
                (
                    TextTest(IsKnown(subject.field), True),
                    *(
                        TextTest(self.space.matches[test][1], self.search.left(test) == TRUE)
                        for test in tests
                    ),
                ),
                longest,
            )
            sample = texts.sample()
            if sample is not None and sample in cells.values:
                sample = next(
                    (
                        other
                        for other in _variations(sample)
                        if texts.holds(other) and other not in cells.values
                    ),
                    None,
                )
            if sample is not None:
                self._text_samples[text] = sample
                continue
            clash = [(text, cells.full & ~cells.others)]
            is_empty = texts.is_empty() is True
            if is_empty:
                involved = [tests[place - 1] for place in texts.conflict() if place]
            else:
                involved = tests
                first = self.space.matches[tests[0]][1] if tests else None
                self._undecided = self._undecided or Undecided(
                    "it is not decided whether a text passes these tests", first
                )
            clash += [(test, EITHER & ~self.search.left(test)) for test in involved]
            return self._learn(clash, is_true=is_empty)
        return False

    # --- events ---------------------------------------------------------------------------------------------

    def _events_step(self) -> bool | None:
        """Finds occurrences that pass the tests of events, or says which of these tests clash."""
        self._happening = None
        events = self.space.events
        asked = [variable for variable in self.search.cells if variable in events]
        if not asked:
            return False
        tests: list[Predicate] = []
        unless: dict[int, tuple[Literal, ...]] = {}
        for variable in asked:
            test, holds = events[variable], self.search.left(variable) == TRUE
            tests.append(test if holds else Not(test))
            unless[id(tests[-1])] = ((variable, UNTRUE if holds else TRUE),)
        dates: list[Predicate] = []
        if any(isinstance(day_test_of(events[variable]), FIELD_DAY_TESTS) for variable in asked):
            variables = date_variables(self.space, self.search)
            for variable in variables:
                if (run := first_run(mask := self.search.left(variable))) != mask:
                    return self._decide((variable, run))
            for date_test, literals in contact_dates(self.space, self.search, variables):
                dates.append(date_test)
                unless[id(date_test)] = literals
        first, last = self._today
        self.budget.spend(_EVENT_STEPS * len(tests))
        verdict = self._decide_events(tests, dates, last if self.latest else first, last)
        if self.latest and not isinstance(verdict, EventsHappen):
            verdict = self._decide_events(tests, dates, first, last)
        if isinstance(verdict, EventsHappen):
            self._happening = verdict
            return False
        clash: list[Literal] = [*self._reasons[0], *self._reasons[1]]
        if isinstance(verdict, Unknown):
            self._undecided = self._undecided or Undecided(verdict.reason, verdict.clause)
            involved: Iterable[Predicate] = (*tests, *dates)
        else:
            involved = verdict.conflict or (*tests, *dates)
        for part in involved:
            clash += unless[id(part)]
        return self._learn(clash, is_true=not isinstance(verdict, Unknown))

    def _decide_events(
        self, tests: Sequence[Predicate], dates: Sequence[Predicate], first: int, last: int
    ) -> EventsHappen | Unsatisfiable | Unknown:
        return decide_events(
            tests,
            dates,
            first=date.fromordinal(first),
            last=None if last == LAST_DAY else date.fromordinal(last),
            world=self.space.world,
            metadata=self._metadata,
        )

    def _metadata(self, rule: Predicate, today: date) -> Mapping[str, object] | Unknown | None:
        return metadata_values(rule, today, self.space.world)


def _variations(text: str) -> Iterable[str]:
    yield text.swapcase()
    yield text.upper()
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        yield letter + text
        yield text + letter


def _clause(literals: Iterable[Literal]) -> Clause:
    merged: dict[Variable, Mask] = {}
    for variable, mask in literals:
        merged[variable] = merged.get(variable, 0) | mask
    return tuple(merged.items())


@lru_cache(maxsize=4_096)
def metadata_values(rule: Predicate, today: date, world: World) -> Mapping[str, object] | Unknown | None:
    """Metadata of an occurrence that satisfy a rule about them on a day, as JSON has them; None where none can."""
    space = Space([rule], replace(world, first=today, last=today))
    outcome = find_model(space, [space.clauses(space.formula(rule))], Budget(METADATA_STEPS))
    if outcome is None:
        return None
    if isinstance(outcome, Undecided):
        return Unknown(outcome.reason, outcome.clause)
    zone = ZoneInfo(world.zone)
    return {
        key.name: noon(value, zone) if isinstance(value, date) else value
        for key, value in outcome.person.contact.values.items()
        if value is not None
    }
