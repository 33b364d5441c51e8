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

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.predicate import Predicate
from intercom_iac.model.world import World

from ..domains.cells import NO_VALUE
from ..domains.numbers import Number
from ..events import EventsHappen
from ..verdicts import Unknown
from ..witnesses.building import noon
from .bounds import FieldNode, linking_variables
from .clauses import Budget, BudgetSpent, Clause, Search, Variable
from .dates import Days, choose_days, dates_by_node, find_days
from .fields import key_of
from .formulas import TRUE, UNTRUE, Clauses
from .models import Choice, Model, read_model
from .numbers import find_numbers
from .occurrences import find_occurrences
from .space import CONTACT, Space
from .steps import Clash, Decision, Undecided
from .texts import find_texts

# Steps that the metadata of an occurrence may take.
METADATA_STEPS = 20_000

Outcome = Model | Undecided | None


@dataclass(frozen=True, slots=True)
class Refutation:
    """Nobody satisfies all of these parts, by their places."""

    parts: frozenset[int]


def find_model(space: Space, parts: Sequence[Clauses], budget: Budget, *, latest: bool = False) -> Outcome:
    """Values that satisfy all the parts; None where there are none.

    Today is the first day on which they do, or where `latest`, the last.
    """
    if any(part.clash for part in parts):
        return None
    try:
        return _Procedure(space, budget, latest=latest).model(parts)
    except BudgetSpent:
        return _TOO_MANY_STEPS


def find_model_or_refutation(
    space: Space, parts: Sequence[Clauses], budget: Budget, *, makes_person: bool = True
) -> Model | Undecided | Refutation:
    """The same, with the parts that already clash where nobody satisfies all; these are few, not the fewest.

    Without `makes_person` it stays undecided whether there is a person where it is not refuted.
    """
    for place, part in enumerate(parts):
        if part.clash:
            return Refutation(frozenset((place,)))
    procedure = _Procedure(space, budget, makes_person=makes_person, tells_parts=True)
    try:
        outcome = procedure.model(parts)
    except BudgetSpent:
        return _TOO_MANY_STEPS
    if outcome is not None:
        return outcome
    clashing = procedure.search.core_groups
    return Refutation(frozenset(place for place in range(len(parts)) if clashing >> place & 1))


def can_hold(space: Space, parts: Sequence[Clauses], budget: Budget) -> bool | None:
    """Whether somebody satisfies all the parts, without a person; None where that was not decided."""
    if any(part.clash for part in parts):
        return False
    try:
        outcome = _Procedure(space, budget, makes_person=False).model(parts)
    except BudgetSpent:
        return None
    return False if outcome is None else True if outcome is _SOMEBODY else None


_TOO_MANY_STEPS = Undecided("it takes too many steps to decide")
_SOMEBODY = Undecided("somebody satisfies it")
_PERHAPS = Undecided("somebody may satisfy it")


@dataclass(frozen=True, slots=True)
class _Values:
    """What cells do not say, where all of it was found."""

    days: Days
    numbers: Mapping[Variable, Number]
    texts: Mapping[Variable, str]
    occurrences: EventsHappen | None


class _Procedure:
    def __init__(
        self,
        space: Space,
        budget: Budget,
        *,
        latest: bool = False,
        makes_person: bool = True,
        tells_parts: bool = False,
    ) -> None:
        self.space = space
        self.latest = latest
        self.makes_person = makes_person
        self.tells_parts = tells_parts
        self.budget = budget
        self.search = Search(space.full, budget)
        self._defined: set[Variable] = set()
        self._grounded: set[tuple[Variable, Variable | None]] = set()
        self._values: _Values | None = None
        self._undecided: Undecided | None = None

    def model(self, parts: Sequence[Clauses]) -> Outcome:
        variables: set[Variable] = set()
        for place, part in enumerate(parts):
            units = [(literal,) for literal in part.units.items()]
            group = 1 << place if self.tells_parts else 0
            if not self.search.add((*units, *part.longer), assumed=True, group=group):
                return self._nobody()
            variables.update(part.units, (variable for clause in part.longer for variable, _ in clause))
        if not self.search.add(self._definitions(variables)):
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
        values = self._values
        assert values is not None
        day = values.days.last if self.latest else values.days.first
        days: dict[FieldNode, int | None] = {}
        if values.occurrences is not None:
            day = values.occurrences.today.toordinal()
            for date_field, chosen in values.occurrences.dates.items():
                days[CONTACT, key_of(date_field)] = None if chosen is None else chosen.toordinal()
        if values.days.bounds is not None:
            days |= choose_days(values.days.bounds, dates_by_node(self.space, self.search), day, days)
        choice = Choice(
            today=day,
            days=days,
            numbers=values.numbers,
            texts=values.texts,
            occurrences=() if values.occurrences is None else values.occurrences.occurrences,
            event_dates={} if values.occurrences is None else values.occurrences.dates,
        )
        return read_model(self.space, self.search, choice)

    def _add(self, clauses: Clauses) -> bool:
        """Adds clauses that are true of everybody, and those that define the variables which stand in them."""
        units = [(literal,) for literal in clauses.units.items()]
        variables = {*clauses.units, *(variable for clause in clauses.longer for variable, _ in clause)}
        return self.search.add((*units, *clauses.longer)) and self.search.add(self._definitions(variables))

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
        for step in (self._companies_step, self._presence_step, self._values_step):
            outcome = step()
            if outcome is not False:
                return outcome
        return False

    def _follow(self, step: Decision | Clash) -> bool | None:
        if isinstance(step, Decision):
            self.search.decide(step.literal)
            return True
        if step.undecided is None:
            self.space.remember(step.clause)
        else:
            self._undecided = self._undecided or step.undecided
        return True if self.search.learn(step.clause, assumed=step.undecided is not None) else None

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
            if not self._add(self.space.company_clauses(*pair)):
                return None
        return True

    def _presence_step(self) -> bool | None:
        """Of a field that may have a value or none it is decided that it has one."""
        for variable, mask in self.search.cells.items():
            if variable in self.space.subjects and mask & NO_VALUE and mask != NO_VALUE:
                return self._follow(Decision((variable, mask & ~NO_VALUE)))
        return False

    def _values_step(self) -> bool | None:
        """Finds what cells do not say: days, numbers and texts, and occurrences of events."""
        space, search, budget = self.space, self.search, self.budget
        days = find_days(space, search, budget)
        if isinstance(days, Decision | Clash):
            return self._follow(days)
        numbers = find_numbers(space, search, budget, makes_person=self.makes_person)
        if isinstance(numbers, Decision | Clash):
            return self._follow(numbers)
        texts = find_texts(space, search, budget)
        if isinstance(texts, Clash):
            return self._follow(texts)
        occurrences = find_occurrences(
            space, search, days, budget, metadata=self._metadata, latest=self.latest
        )
        if isinstance(occurrences, Decision | Clash):
            return self._follow(occurrences)
        self._values = _Values(days, numbers, texts, occurrences)
        return False

    def _metadata(self, rule: Predicate, today: date) -> Mapping[str, object] | Unknown | None:
        return metadata_values(rule, today, self.space.world)


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
