"""Typed rule -> a formula of z3: a person, the day that is today, and what the world guarantees, as variables.

The rule is read in normal form, in which a test stands on its own or behind one `not`. So a test that holds of more
people than it should only lets more people satisfy the rule, and what is refuted then is refuted; which is how a test
that nothing but Intercom decides is read, and how the tests are found that a refutation needs.

A contact may have any number of companies. As many as there are tests `company(...)` that stand without `not` are
enough: whoever satisfies the rule does so by one company for each of these tests, and loses nothing by leaving the
others, since a test behind `not` says something of all companies. Each of these has variables of its own, which
meet in the day that is today and in nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    Aggregate,
    And,
    InIntercomSegment,
    Not,
    Or,
    SomeCompany,
)
from intercom_iac.model.world import World
from intercom_iac.rules.normal import normal_form

from ..limitations import Limitation, by_form
from .assignment import Assignment
from .logic import Formula, Logic, Model
from .occurrences import MOST_GROUPS, EventTests, event_literals, is_sum
from .subjects import Setting, SubjectVariables
from .values import LAST_DAY
from .vocabulary import vocabulary_of

# What is not expressed at all.
UNSUPPORTED = by_form(Limitation((InIntercomSegment,), "only Intercom knows who is in the segment `{name}`"))
# What is expressed of a few occurrences only: somebody may be found, and nobody is said without it.
BOUNDED = by_form(
    Limitation(
        (Aggregate,),
        "sums and averages are tried of a few occurrences only",
        when=lambda node: is_sum(split_not(node)[0]),
    ),
    Limitation(EVENT_TESTS, f"no more than {MOST_GROUPS} different occurrences of an event are tried"),
)


class RuleFormula:
    """The variables of a rule, and what its tests say of them."""

    def __init__(
        self, rule: Predicate, world: World, *, days: tuple[date, date | None], logic: Logic | None = None
    ) -> None:
        self.logic = Logic() if logic is None else logic
        self.rule = normal_form(rule)
        first, last = days
        self.today = self.logic.integer("today")
        self.days = (first.toordinal(), LAST_DAY if last is None else last.toordinal())
        setting = Setting(self.logic, world, self.today, vocabulary_of(self.rule))
        self.contact = SubjectVariables("contact", setting)
        self.leaves = tuple(dict.fromkeys(leaves_of(self.rule)))
        self.companies: Mapping[Predicate, SubjectVariables] = {
            leaf: SubjectVariables(f"company{number}", setting)
            for number, leaf in enumerate(self.leaves)
            if isinstance(leaf, SomeCompany)
        }
        self._used = {leaf: self.logic.boolean(company.name) for leaf, company in self.companies.items()}
        self._events = EventTests(event_literals(map(split_not, self.leaves)), self.contact, setting)
        self.undecided_hold = self.logic.boolean("undecided")
        self._undecided: dict[Predicate, Formula] = {}
        self._meanings = {leaf: self._meaning(leaf) for leaf in self.leaves}

    # --- formulas -------------------------------------------------------------------------------------------

    def axioms(self) -> Iterator[Formula]:
        """What the world guarantees, and what each company that is there for a test satisfies."""
        yield self.today >= self.days[0]
        yield self.today <= self.days[1]
        for leaf, company in self.companies.items():
            assert isinstance(leaf, SomeCompany)
            yield self.logic.implies(self._used[leaf], company.holds(leaf.rule))
        for subject in (self.contact, *self.companies.values()):
            yield from subject.axioms()
        yield from self._events.axioms()

    def holds(self, guards: Mapping[Predicate, Formula] | None = None) -> Formula:
        """The rule; where there are guards, each test is asked for where its guard holds."""
        if guards is None:
            return self.part_holds(self.rule)
        guarded = {
            leaf: self.logic.implies(guards[leaf], meaning) for leaf, meaning in self._meanings.items()
        }
        return self._formula(self.rule, guarded)

    def part_holds(self, part: Predicate) -> Formula:
        """A part of the rule, in normal form."""
        return self._formula(part, self._meanings)

    def _formula(self, part: Predicate, meanings: Mapping[Predicate, Formula]) -> Formula:
        match part:
            case And(parts=parts):
                return self.logic.all_of(self._formula(inner, meanings) for inner in parts)
            case Or(parts=parts):
                return self.logic.any_of(self._formula(inner, meanings) for inner in parts)
            case _:
                return meanings[part]

    def _meaning(self, leaf: Predicate) -> Formula:
        test, holds = split_not(leaf)
        if isinstance(test, SomeCompany):
            return self._used[test] if holds else self._no_company(test)
        if isinstance(test, InIntercomSegment):
            return self._may_hold(test, holds)
        if not isinstance(test, EVENT_TESTS):
            formula = self.contact.holds(test)
            return formula if holds else self.logic.no(formula)
        formula = self._events.holds(test)
        formula = formula if holds else self.logic.no(formula)
        if not self._events.is_bounded(test):
            return formula
        may = self.logic.all_of(
            (self._may_hold(test, holds), self._events.needs_occurrence(test) if holds else True)
        )
        return self.logic.any_of((formula, may))

    def _may_hold(self, test: Predicate, holds: bool) -> Formula:
        """That a test which is not decided is true, or false, as it may be where such tests hold."""
        if test not in self._undecided:
            self._undecided[test] = self.logic.boolean(f"undecided{len(self._undecided)}")
        truth = self._undecided[test]
        return self.logic.all_of((self.undecided_hold, truth if holds else self.logic.no(truth)))

    def _no_company(self, test: SomeCompany) -> Formula:
        return self.logic.all_of(
            self.logic.no(self.logic.all_of((self._used[leaf], company.holds(test.rule))))
            for leaf, company in self.companies.items()
        )

    @property
    def undecided(self) -> tuple[Predicate, ...]:
        """The tests that nothing here decides."""
        return tuple(self._undecided)

    # --- models ---------------------------------------------------------------------------------------------

    def subjects(self) -> Iterator[SubjectVariables]:
        yield self.contact
        yield from self.companies.values()
        yield from self._events.subjects()

    def text_conflicts(self, model: Model) -> list[Formula]:
        """What no text can be, of that which a model takes for granted; said of all texts of the same place."""
        found = [
            (place, conflict)
            for subject in self.subjects()
            for place, conflict in subject.text_conflicts(model)
        ]
        return [subject.excludes(place, conflict) for place, conflict in found for subject in self.subjects()]

    def has_open_text(self, model: Model) -> bool:
        """Whether it was not decided of some text if there is one as the model has it."""
        return any(subject.has_open_text(model) for subject in self.subjects())

    def assignment(self, model: Model) -> Assignment:
        return Assignment(
            today=date.fromordinal(int(model.number(self.today))),
            contact=self.contact.assignment(model),
            companies=tuple(
                company.assignment(model)
                for leaf, company in self.companies.items()
                if model.holds(self._used[leaf])
            ),
            events=tuple(self._events.assignment(model)),
        )


def split_not(leaf: Predicate) -> tuple[Predicate, bool]:
    """A single test without its `not`, and whether it is to hold."""
    return (leaf.part, False) if isinstance(leaf, Not) else (leaf, True)


def leaves_of(rule: Predicate) -> Iterator[Predicate]:
    """The single tests of a rule in normal form, each with its `not`, in the order they were written."""
    if isinstance(rule, And | Or):
        for part in rule.parts:
            yield from leaves_of(part)
    else:
        yield rule
