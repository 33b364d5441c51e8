"""What is asked of the prover, in the world of a project. Rules repeat each other's clauses: each is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Person, Predicate
from intercom_iac.model.predicate import And, negation
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Verdict
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import chain

from .examples import blank_person, examples_of

if TYPE_CHECKING:
    from intercom_iac.prover.conjunctions import Conjunctions


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody, on a day."""

    person: Person
    today: date


class Questions:
    """Asks the prover, and remembers what needs no explanation."""

    def __init__(self, world: World, rules: Iterable[Predicate] = ()) -> None:
        """`rules` are those of whose tests it is asked whether they can hold together."""
        self.world = world
        self._rules = tuple(rules)
        self._zone = ZoneInfo(world.zone)
        self._blank = Example(blank_person(), world.first)
        # Who satisfies a rule, nobody where nobody does; None where that was not decided.
        self._examples: dict[Predicate, tuple[Example, ...] | None] = {}

    def decide(self, rule: Predicate, *, explain: bool = True, tells_last_day: bool = True) -> Verdict:
        """Whether anybody satisfies a rule; where nobody does, `explain` says with the tests that clash."""
        return self._ask(rule, explain=explain, tells_last_day=tells_last_day)

    def can_hold(self, rule: Predicate) -> bool | None:
        """Whether somebody satisfies a rule; None where that was not decided."""
        if self.holds_of_blank(rule):
            return True
        examples = self.examples(rule)
        return None if examples is None else bool(examples)

    def can_hold_together(self, rules: Sequence[Predicate]) -> bool | None:
        """Whether somebody satisfies all of some rules, which are made of tests that are known; None where that was
        not decided."""
        found = self.conjunctions.can_hold_by_parts(rules)
        return self.search_together(rules) if found is None else found

    def search_together(self, rules: Sequence[Predicate]) -> bool | None:
        """The same, where single tests do not say it."""
        found = self.conjunctions.can_hold(rules)
        return self.can_hold(chain(And, rules)) if found is None else found

    @cached_property
    def conjunctions(self) -> Conjunctions:
        """What is known of the tests of the rules."""
        from intercom_iac.prover.conjunctions import Conjunctions

        return Conjunctions(self._rules, self.world, self._is_shown)

    def holds_of_blank(self, rule: Predicate) -> bool:
        """Whether a contact of whom nothing is known satisfies a rule."""
        return self.is_satisfied(rule, self._blank)

    def can_fail(self, rule: Predicate) -> bool | None:
        """Whether somebody does not satisfy a rule; None where that was not decided."""
        return self.can_hold(negation(rule))

    def examples(self, rule: Predicate) -> tuple[Example, ...] | None:
        """Some of those who satisfy a rule, nobody where nobody does; None where that was not decided."""
        if rule not in self._examples:
            self._examples[rule] = self._easy_examples(rule) or self._decided_examples(rule)
        return self._examples[rule]

    def is_satisfied(self, rule: Predicate, example: Example) -> bool:
        """Whether an example satisfies a rule; not where that hangs on a segment that was built in Intercom."""
        try:
            return satisfies(example.person, rule, today=example.today, zone=self._zone)
        except UndecidedRule:
            return False

    def _is_shown(self, rule: Predicate) -> bool:
        """Whether somebody who satisfies a rule is easily made up."""
        if self.holds_of_blank(rule):
            return True
        today = self.world.first
        made_up = (Example(person, today) for person in examples_of(rule, today, self._zone))
        return any(self.is_satisfied(rule, example) for example in made_up)

    def _easy_examples(self, rule: Predicate) -> tuple[Example, ...]:
        """Those who are easily made up: where there are some, nothing is left to decide."""
        today = self.world.first
        made_up = (Example(person, today) for person in examples_of(rule, today, self._zone))
        easy = tuple(example for example in made_up if self.is_satisfied(rule, example))
        return easy or ((self._blank,) if self.is_satisfied(rule, self._blank) else ())

    def _decided_examples(self, rule: Predicate) -> tuple[Example, ...] | None:
        match self._ask(rule, explain=False):
            case Satisfiable(witness=witness):
                return (Example(witness.person, witness.today),)
            case Unsatisfiable():
                return ()
            case Unknown():
                return None

    def _ask(self, rule: Predicate, *, explain: bool, tells_last_day: bool = True) -> Verdict:
        # Here, since examples answer all there is to ask of many projects.
        from intercom_iac.prover import decide

        return decide(rule, self.world, explain=explain, tells_last_day=tells_last_day)
