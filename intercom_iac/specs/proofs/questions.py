"""What is asked of the prover, in the world of a project. Rules repeat each other's clauses: each is asked once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.model import Person, Predicate
from intercom_iac.model.predicate import Not
from intercom_iac.model.world import World
from intercom_iac.prover import Unknown, Unsatisfiable, Verdict, decide
from intercom_iac.rules.meaning import satisfies

from .examples import blank_person, example_of


class Questions:
    """Asks the prover, and remembers what needs no explanation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._zone = ZoneInfo(world.zone)
        self._blank = blank_person()
        self._possible: dict[Predicate, bool | None] = {}

    def decide(self, rule: Predicate) -> Verdict:
        """Whether anybody satisfies a rule; where nobody does, with the tests that clash."""
        return decide(rule, self.world)

    def can_hold(self, rule: Predicate) -> bool | None:
        """Whether somebody satisfies a rule; None where that was not decided."""
        if rule not in self._possible:
            self._possible[rule] = True if self._has_example(rule) else self._is_possible(rule)
        return self._possible[rule]

    def can_fail(self, rule: Predicate) -> bool | None:
        """Whether somebody does not satisfy a rule; None where that was not decided."""
        return self.can_hold(rule.part if isinstance(rule, Not) else Not(rule))

    def _has_example(self, rule: Predicate) -> bool:
        """Whether somebody who is easily made up satisfies the rule: then nothing is left to decide."""
        if self._satisfies(self._blank, rule):
            return True
        example = example_of(rule, self.world.first, self._zone)
        return example is not None and self._satisfies(example, rule)

    def _satisfies(self, person: Person, rule: Predicate) -> bool:
        try:
            return satisfies(person, rule, today=self.world.first, zone=self._zone)
        except UndecidedRule:
            return False

    def _is_possible(self, rule: Predicate) -> bool | None:
        match decide(rule, self.world, explain=False):
            case Unsatisfiable():
                return False
            case Unknown():
                return None
            case _:
                return True
