"""One value of a contact, a company or an occurrence as terms: whether it is known, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, isinf, nextafter
from typing import Protocol, assert_never

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field
from intercom_iac.model.days import DayBound, DayRange, day_range, distance_range
from intercom_iac.model.folding import fold, matches
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    Between,
    Compares,
    ComparesFields,
    DayTest,
    Equals,
    FieldTest,
    IsKnown,
    IsTrue,
    Matches,
    OnDay,
    OneOf,
    OrderComparison,
    Value,
)
from intercom_iac.model.standard import is_count, is_never_future
from intercom_iac.model.world import Assumption, World

from .logic import Formula, Logic, Model, Term
from .texts import Impossible, TextLiteral, TextTest, find_text, spell_otherwise
from .vocabulary import Asked, Place, text_test

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
# Steps of the search for one text.
TEXT_BUDGET = 60_000


class Variable(Protocol):
    """A value that is looked for. `known` says that there is one."""

    @property
    def known(self) -> Formula: ...

    @property
    def axioms(self) -> Sequence[Formula]:
        """What holds of it whatever a rule says."""
        ...

    def holds(self, test: FieldTest) -> Formula:
        """Whether the value is known and passes a test that no other value stands in."""
        ...

    def value(self, model: Model) -> Value | date | None:
        """What it is; None where there is none."""
        ...


def new_variable(name: str, place: Place, asked: Asked, logic: Logic, world: World, today: Term) -> Variable:
    """The variable of a value, and in `logic` nothing yet: `axioms_of` says what holds of it."""
    match place.kind:
        case "text":
            return _new_text(name, asked, logic, world)
        case "number":
            whole = asked.is_whole and world.assumes(Assumption.WHOLE_NUMBERS)
            term = logic.integer(name) if whole else logic.real(name)
            natural = any(map(is_count, asked.fields)) and world.assumes(Assumption.COUNTS_NOT_NEGATIVE)
            return NumberVariable(
                logic=logic,
                known=logic.boolean(f"{name}?"),
                term=term,
                whole=whole,
                is_natural=natural,
                asked=asked,
            )
        case DataType.DATE:
            past = any(map(is_never_future, asked.fields)) and world.assumes(Assumption.PAST_TIMESTAMPS)
            return DayVariable(
                logic=logic,
                known=logic.boolean(f"{name}?"),
                day=logic.integer(name),
                today=today,
                is_past=past,
            )
        case _:
            return BooleanVariable(logic=logic, known=logic.boolean(f"{name}?"), truth=logic.boolean(name))


# --- numbers ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberVariable:
    """A number: an integer where all of them are whole, else any that JSON can say."""

    logic: Logic
    known: Formula
    term: Term
    whole: bool
    is_natural: bool
    asked: Asked

    @property
    def axioms(self) -> Sequence[Formula]:
        """No number of JSON's lies between two floats that follow each other; a count is not negative."""
        least = [compare(self.term, ">=", self.logic.constant(Fraction(0)))] if self.is_natural else []
        if self.whole:
            return least
        numbers = sorted(set(map(self.asked.exact, self.asked.numbers)))
        return least + [
            self.logic.no(
                self.logic.all_of(
                    (self.term > self.logic.constant(one), self.term < self.logic.constant(next_one))
                )
            )
            for one, next_one in pairwise(numbers)
            if number_between(one, next_one) is None
        ]

    def compares(self, comparison: OrderComparison, number: Fraction) -> Formula:
        if self.whole and number.denominator != 1:
            match comparison:
                case "=":
                    return False
                case "<" | "<=":
                    return self.term <= floor(number)
                case ">" | ">=":
                    return self.term >= ceil(number)
                case _:
                    assert_never(comparison)
        return compare(self.term, comparison, self.logic.constant(number))

    def holds(self, test: FieldTest) -> Formula:
        match test:
            case Equals(value=int() | float() as number):
                passes = self.compares("=", self.asked.exact(number))
            case OneOf(values=values):
                passes = self.logic.any_of(
                    self.compares("=", self.asked.exact(number))
                    for number in values
                    if isinstance(number, int | float)
                )
            case Compares(comparison=comparison, value=number):
                passes = self.compares(comparison, self.asked.exact(number))
            case Between(first=first, last=last):
                passes = self.logic.all_of(
                    (
                        self.compares(">=", self.asked.exact(first)),
                        self.compares("<=", self.asked.exact(last)),
                    )
                )
            case IsKnown():
                passes = True
            case _:
                passes = False
        return self.logic.all_of((self.known, passes))

    def value(self, model: Model) -> int | float | None:
        if not model.holds(self.known):
            return None
        exact = model.number(self.term)
        numbers = sorted(set(map(self.asked.exact, self.asked.numbers)))
        below = max((number for number in numbers if number < exact), default=None)
        above = min((number for number in numbers if number > exact), default=None)
        if exact.denominator == 1:
            return exact.numerator
        near = float(exact)
        if exact in (self.asked.exact(near), *numbers) or below is None or above is None:
            return near
        between = number_between(below, above)
        return near if below < Fraction(near) < above or between is None else between


def number_between(low: Fraction, high: Fraction) -> int | float | None:
    """A number of JSON's between the two; None where there is none."""
    if floor(low) + 1 < high:
        return floor(low) + 1
    nearest = float(low)
    above = nearest if Fraction(nearest) > low else nextafter(nearest, float("inf"))
    return above if not isinf(above) and low < Fraction(above) < high else None


def compare(this: Term, comparison: OrderComparison, other: Term) -> Formula:
    match comparison:
        case "<":
            return this < other
        case "<=":
            return this <= other
        case "=":
            return this == other
        case ">=":
            return this >= other
        case ">":
            return this > other


# --- days ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DayVariable:
    """A date, by its calendar day: days are counted as Python's ordinals."""

    logic: Logic
    known: Formula
    day: Term
    today: Term
    is_past: bool

    @property
    def axioms(self) -> Sequence[Formula]:
        bounds = [self.day >= FIRST_DAY, self.day <= LAST_DAY]
        return [*bounds, self.day <= self.today] if self.is_past else bounds

    def holds(self, test: FieldTest) -> Formula:
        if isinstance(test, OnDay) and not isinstance(test.test, FIELD_DAY_TESTS):
            return self.logic.all_of(
                (self.known, lies_in(self.day, day_range(test.test), self.today, self.logic))
            )
        return self.known if isinstance(test, IsKnown) else False

    def value(self, model: Model) -> date | None:
        return date.fromordinal(int(model.number(self.day))) if model.holds(self.known) else None


def lies_in(day: Term, days: DayRange, today: Term, logic: Logic) -> Formula:
    """Whether a day lies in a range."""

    def bound(at: DayBound) -> Term:
        return today + at.number if at.origin == "today" else at.number

    first = True if days.first is None else day >= bound(days.first)
    last = True if days.last is None else day <= bound(days.last)
    return logic.all_of((first, last))


def is_apart(test: DayTest, day: Term, other: Term, logic: Logic) -> Formula:
    """Whether a day lies so to another one, that of another date."""
    assert isinstance(test, FIELD_DAY_TESTS)
    first, last = distance_range(test)
    return logic.all_of(
        (
            True if first is None else day - other >= first,
            True if last is None else day - other <= last,
        )
    )


# --- booleans -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BooleanVariable:
    logic: Logic
    known: Formula
    truth: Formula

    @property
    def axioms(self) -> Sequence[Formula]:
        return ()

    def holds(self, test: FieldTest) -> Formula:
        match test:
            case IsTrue() | Equals(value=True):
                return self.logic.all_of((self.known, self.truth))
            case Equals(value=False):
                return self.logic.all_of((self.known, self.logic.no(self.truth)))
            case IsKnown():
                return self.known
            case _:
                return False

    def value(self, model: Model) -> bool | None:
        return model.holds(self.truth) if model.holds(self.known) else None


# --- texts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVariable:
    """A text: none (-1), one of `choices` by its number, or behind these another one.

    Of another one it is a boolean for each test in any case whether it holds; which of these can hold together is
    found out when a model asks for it (`refute`). `open_ended` says that there is another one.
    """

    logic: Logic
    name: str
    number: Term
    choices: tuple[str, ...]
    open_ended: bool
    optional: bool
    tests: tuple[TextTest, ...]
    longest: int | None
    truths: dict[TextTest, Formula] = field(default_factory=dict[TextTest, Formula])

    @property
    def known(self) -> Formula:
        return self.number >= 0 if self.optional else True

    @property
    def is_other(self) -> Formula:
        return self.number == len(self.choices) if self.open_ended else False

    @property
    def axioms(self) -> Sequence[Formula]:
        last = len(self.choices) - (0 if self.open_ended else 1)
        return [self.number >= (-1 if self.optional else 0), self.number <= last]

    def holds(self, test: FieldTest) -> Formula:
        match test:
            case Equals(value=str(text)):
                return self._is(frozenset((text,)))
            case OneOf(values=values):
                return self._is(frozenset(value for value in values if isinstance(value, str)))
            case Matches(operator=operator, text=part):
                known = [text for text in self.choices if matches(operator, text, part)]
                other = self.logic.all_of((self.is_other, self._truth(text_test(test))))
                return self.logic.any_of((self._is(frozenset(known)), other))
            case IsKnown():
                return self.known
            case _:
                return False

    def _is(self, texts: frozenset[str]) -> Formula:
        return self.logic.any_of(
            self.number == number for number, choice in enumerate(self.choices) if choice in texts
        )

    def _truth(self, test: TextTest) -> Formula:
        if test not in self.truths:
            self.truths[test] = self.logic.boolean(f"{self.name}~{len(self.truths)}")
        return self.truths[test]

    def _literals(self, model: Model) -> list[TextLiteral]:
        """The tests that the model settles, and that no choice is met which has no other spelling."""
        settled = [
            (test, model.holds(truth)) for test, truth in self.truths.items() if not model.is_open(truth)
        ]
        taken = frozenset(self.choices)
        return settled + [
            (TextTest("is", folded), False)
            for folded in dict.fromkeys(map(fold, self.choices))
            if spell_otherwise(folded, taken) is None
        ]

    def _search(self, model: Model) -> str | Impossible | None:
        return find_text(self._literals(model), self.longest, TEXT_BUDGET)

    def conflict(self, model: Model) -> Impossible | None:
        """Tests that no text passes as the model has it; None where some text does, or may."""
        if not self.truths or not model.holds(self.is_other):
            return None
        found = self._search(model)
        return found if isinstance(found, Impossible) else None

    def excludes(self, literals: Sequence[TextLiteral]) -> Formula:
        """That another text does not pass the tests together, as was found out."""
        return self.logic.no(
            self.logic.all_of(
                (
                    self.is_other,
                    *(
                        self._truth(test) if holds else self.logic.no(self._truth(test))
                        for test, holds in literals
                        if test.operator != "is"
                    ),
                )
            )
        )

    def value(self, model: Model) -> str | None:
        if not model.holds(self.known):
            return None
        number = int(model.number(self.number))
        if number < len(self.choices):
            return self.choices[number]
        found = self._search(model)
        return spell_otherwise(found, frozenset(self.choices)) if isinstance(found, str) else None

    def is_open(self, model: Model) -> bool:
        """Whether it was not decided if there is a text as the model has it."""
        return bool(self.truths) and model.holds(self.is_other) and self._search(model) is None


def _new_text(name: str, asked: Asked, logic: Logic, world: World) -> TextVariable:
    options = asked.options
    role = options is not None and any(is_role(field) for field in asked.fields)
    required = role and world.assumes(Assumption.KNOWN_ROLE)
    closed = options is not None and (required or world.assumes(Assumption.DECLARED_OPTIONS))
    return TextVariable(
        logic=logic,
        name=name,
        number=logic.integer(name),
        choices=options if options is not None and closed else asked.texts,
        open_ended=not closed,
        optional=not required,
        tests=asked.tests,
        longest=MAX_TEXT_LENGTH if world.assumes(Assumption.SHORT_TEXTS) else None,
    )


def is_role(field: Field) -> bool:
    return (field.owner, field.name, field.custom) == ("contact", "role", False)


def compares_values(this: Variable, test: ComparesFields, other: Variable, logic: Logic) -> Formula:
    """Whether two numbers are known and stand so to each other."""
    if not isinstance(this, NumberVariable) or not isinstance(other, NumberVariable):
        return False
    return logic.all_of((this.known, other.known, compare(this.term, test.comparison, other.term)))
