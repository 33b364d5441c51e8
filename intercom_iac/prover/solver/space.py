"""The variables that rules are about, each with its cells, and rules as formulas over them."""

from __future__ import annotations

from collections.abc import Iterable

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import Field
from intercom_iac.model.folding import fold
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    And,
    FieldTest,
    InIntercomSegment,
    InSegment,
    Matches,
    Not,
    OnDay,
    Or,
    Predicate,
    SomeCompany,
    Tagged,
)
from intercom_iac.model.world import World

from ..domains.cells import NO_VALUE, Mask
from ..domains.choices import Choices
from ..domains.days import Distances
from .clauses import Clause, Literal, Variable
from .fields import (
    DateCells,
    compared_field,
    cut_fields,
    day_ranges,
    distance_of,
    fixed_today,
    in_order,
    key_of,
)
from .formulas import EITHER, TRUE, UNTRUE, Clauses, Formula, all_of, any_of, literal, negated

# What has a field: the contact, or the company that stands in for a test of companies, by that test's variable.
Slot = int
CONTACT: Slot = -1


@dataclass(frozen=True, slots=True)
class Subject:
    """What a variable says something of: a field of the contact or of a company.

    `part` is `value`, of a date the distance from `today` or in the `calendar`, or the `difference` to another field.
    """

    slot: Slot
    field: Field
    part: str
    other: Field | None = None


class Space:
    """The cells of all fields that some rules read, and the variables of these rules."""

    def __init__(self, rules: Iterable[Predicate], world: World) -> None:
        self.world = world
        self.full: list[Mask] = []
        self.definitions: dict[Variable, tuple[Clause, ...]] = {}
        self.subjects: dict[Variable, Subject] = {}
        self.companies: dict[Variable, SomeCompany] = {}
        self.events: dict[Variable, Predicate] = {}
        self.tags: dict[Variable, tuple[Slot, str]] = {}
        self.intercom_segments: dict[Variable, InIntercomSegment] = {}
        self.matches: dict[Variable, tuple[Variable, Matches]] = {}
        # Clauses that are true of everybody, which a search has found; and those that a variable stands in.
        self.lemmas: set[Clause] = set()
        self.lemmas_of: dict[Variable, list[Clause]] = {}
        self._variables: dict[object, Variable] = {}
        self._grounded: dict[tuple[Variable, Variable | None], Clauses] = {}
        self.today = fixed_today(world)
        self.fields, self.pairs, window_dates = cut_fields(rules, world)
        # The fields that tests compare with other fields or with the days of events.
        self.compared = window_dates.union(*self.pairs)

    # --- variables ------------------------------------------------------------------------------------------

    def new_variable(self, full: Mask = EITHER) -> Variable:
        self.full.append(full)
        return len(self.full) - 1

    def _variable(self, key: object, full: Mask = EITHER) -> tuple[Variable, bool]:
        """The variable of a key, and whether it is new."""
        variable = self._variables.get(key)
        if variable is not None:
            return variable, False
        variable = self._variables[key] = self.new_variable(full)
        return variable, True

    def field_variable(self, slot: Slot, field: Field, part: str = "value") -> Variable:
        """The variable of a field's value, or of one of a date's distances: `today` or `calendar`."""
        key = key_of(field)
        cells = self.fields[key]
        if isinstance(cells, DateCells):
            distances = cells.from_today if part == "today" else cells.in_calendar
            assert distances is not None
            variable, is_new = self._variable((slot, key, part), distances.full)
            if is_new:
                self.subjects[variable] = Subject(slot, field, part)
                if cells.from_today is not None and cells.in_calendar is not None:
                    self._same_presence(slot, field)
            return variable
        variable, is_new = self._variable((slot, key, part), cells.full)
        if is_new:
            self.subjects[variable] = Subject(slot, field, part)
        return variable

    def known_literal(self, slot: Slot, field: Field) -> Literal:
        """That the field has a value."""
        cells = self.fields[key_of(field)]
        part = "value"
        if isinstance(cells, DateCells):
            part = "calendar" if cells.from_today is None else "today"
        variable = self.field_variable(slot, field, part)
        return variable, self.full[variable] & ~NO_VALUE

    def _difference_variable(self, slot: Slot, first: Field, second: Field) -> Variable:
        """The variable of the difference of two fields, which has none where either field has no value."""
        pair = key_of(first), key_of(second)
        variable, is_new = self._variable((slot, pair), self.pairs[pair].full)
        if is_new:
            self.subjects[variable] = Subject(slot, first, "difference", second)
            known, missing = (variable, self.full[variable] & ~NO_VALUE), (variable, NO_VALUE)
            both = [self.known_literal(slot, field) for field in (first, second)]
            self.definitions[variable] = (
                *((missing, literal) for literal in both),
                (known, *((field, self.full[field] & ~mask) for field, mask in both)),
            )
        return variable

    def _same_presence(self, slot: Slot, field: Field) -> None:
        """A date has both distances or none."""
        first = self.field_variable(slot, field, "today")
        second = self.field_variable(slot, field, "calendar")
        clauses = self._both_known(first, second)
        self.definitions[first] = self.definitions[second] = clauses

    def _both_known(self, first: Variable, second: Variable) -> tuple[Clause, ...]:
        return (
            ((first, NO_VALUE), (second, self.full[second] & ~NO_VALUE)),
            ((second, NO_VALUE), (first, self.full[first] & ~NO_VALUE)),
        )

    def distances(self, variable: Variable) -> Distances:
        """The cells of a variable of a date's, or of a difference."""
        subject = self.subjects[variable]
        if subject.other is not None:
            return self.pairs[key_of(subject.field), key_of(subject.other)]
        cells = self.fields[key_of(subject.field)]
        assert isinstance(cells, DateCells)
        distances = cells.from_today if subject.part == "today" else cells.in_calendar
        assert distances is not None
        return distances

    # --- formulas -------------------------------------------------------------------------------------------

    def formula(self, rule: Predicate, slot: Slot = CONTACT) -> Formula:
        """The rule, about the contact or about a company."""
        match rule:
            case And(parts=parts):
                return all_of([self.formula(part, slot) for part in parts])
            case Or(parts=parts):
                return any_of([self.formula(part, slot) for part in parts], self.full)
            case Not(part=part):
                return negated(self.formula(part, slot), self.full)
            case InSegment(rule=inner):
                return self.formula(inner, slot)
            case SomeCompany(rule=inner):
                variable, _ = self._variable(("company", inner))
                self.companies[variable] = rule
                return variable, TRUE
            case Tagged(tag=tag):
                variable, _ = self._variable(("tag", slot, tag))
                self.tags[variable] = slot, tag
                return variable, TRUE
            case InIntercomSegment(name=name):
                variable, _ = self._variable(("segment", name))
                self.intercom_segments[variable] = rule
                return variable, TRUE
            case _ if isinstance(rule, FIELD_TESTS):
                return self._field_formula(rule, slot)
            case _:
                variable, _ = self._variable(("event", rule))
                self.events[variable] = rule
                return variable, TRUE

    def _field_formula(self, test: FieldTest, slot: Slot) -> Formula:
        other = compared_field(test)
        if other is not None:
            return self._comparison_formula(test, other, slot)
        cells = self.fields[key_of(test.field)]
        if isinstance(cells, DateCells):
            return self._date_formula(test, cells, slot)
        variable = self.field_variable(slot, test.field)
        if isinstance(test, Matches) and isinstance(cells, Choices) and cells.others:
            return self._match_formula(test, cells, variable)
        return literal(variable, cells.passing(test), self.full)

    def _comparison_formula(self, test: FieldTest, other: Field, slot: Slot) -> Formula:
        if key_of(other) == key_of(test.field):
            low, high = distance_of(test)
            holds = (low is None or low <= 0) and (high is None or high >= 0)
            return literal(*self.known_literal(slot, test.field), self.full) if holds else False
        first, second, (low, high) = in_order(test.field, other, distance_of(test))
        variable = self._difference_variable(slot, first, second)
        mask = self.pairs[key_of(first), key_of(second)].within(low, high)
        return literal(variable, mask, self.full)

    def _date_formula(self, test: FieldTest, cells: DateCells, slot: Slot) -> Formula:
        ranges = (
            day_ranges(test.test, self.today)
            if isinstance(test, OnDay) and not isinstance(test.test, FIELD_DAY_TESTS)
            else []
        )
        if not ranges:
            part = "today" if cells.from_today is not None else "calendar"
            variable = self.field_variable(slot, test.field, part)
            return literal(variable, self.full[variable] & ~NO_VALUE, self.full)
        formulas: list[Formula] = []
        for part, low, high in ranges:
            distances = cells.from_today if part == "today" else cells.in_calendar
            assert distances is not None
            variable = self.field_variable(slot, test.field, part)
            formulas.append(literal(variable, distances.within(low, high), self.full))
        return all_of(formulas)

    def _match_formula(self, test: Matches, cells: Choices, text: Variable) -> Formula:
        """Whether a text holds a part: known of those that are listed, a variable of its own for the others."""
        variable, is_new = self._variable((text, test.operator, fold(test.text)))
        if is_new:
            self.matches[variable] = text, test
            passing = cells.passing(test)
            self.definitions[variable] = (
                ((variable, UNTRUE), (text, passing | cells.others)),
                ((variable, TRUE), (text, cells.full & ~passing)),
            )
        return variable, TRUE

    # --- clauses --------------------------------------------------------------------------------------------

    def clauses(self, formula: Formula) -> Clauses:
        clauses = Clauses()
        clauses.require(formula, self.new_variable)
        return clauses

    def remember(self, lemma: Clause) -> None:
        """Keeps a clause that is true of everybody in this world."""
        if lemma not in self.lemmas:
            self.lemmas.add(lemma)
            for variable, _ in lemma:
                self.lemmas_of.setdefault(variable, []).append(lemma)

    def company_clauses(self, chosen: Variable, excluded: Variable | None) -> Clauses:
        """What a company has to be like that stands in for a test that holds, once for each test that does not."""
        known = self._grounded.get((chosen, excluded))
        if known is None:
            known = self._grounded[chosen, excluded] = Clauses()
            if excluded is None:
                inside = self.formula(self.companies[chosen].rule, chosen)
                known.require(inside, self.new_variable, ((chosen, UNTRUE),))
            else:
                inside = negated(self.formula(self.companies[excluded].rule, chosen), self.full)
                known.require(inside, self.new_variable, ((chosen, UNTRUE), (excluded, TRUE)))
        return known
