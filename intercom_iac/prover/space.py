"""The variables that rules are about, each with its cells, and rules as formulas over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.days import day_range, distance_range
from intercom_iac.model.folding import fold
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    And,
    ComparesFields,
    Equals,
    FieldTest,
    InIntercomSegment,
    InSegment,
    Matches,
    Not,
    OnDay,
    OneOf,
    Or,
    PlainDayTest,
    Predicate,
    SomeCompany,
    Tagged,
    day_test_of,
    walk,
)
from intercom_iac.model.standard import is_count, is_never_future
from intercom_iac.model.world import Assumption, World

from .domains.cells import NO_VALUE, Mask
from .domains.choices import Choices, cells_of_options, options_of
from .domains.days import FIRST_DAY, LAST_DAY, Distances, Range
from .domains.numbers import Numbers, constants_of
from .search.clauses import Clause, Literal, Variable
from .search.formulas import EITHER, TRUE, UNTRUE, Clauses, Formula, all_of, any_of, literal, negated

# What has a field: the contact, or the company that stands in for a test of companies, by that test's variable.
Slot = int
CONTACT: Slot = -1
Key = tuple[str, str, str]


def key_of(field: Field) -> Key:
    """Which field it is. One that had another type before is another, since no value fits both types."""
    kind = "text" if field.type.is_text else "number" if field.type.is_number else field.type.value
    return field.owner, field.name, kind


@dataclass(frozen=True, slots=True)
class DateCells:
    """A date's distances from today and from the calendar's beginning, each where a test asks for it."""

    from_today: Distances | None
    in_calendar: Distances | None
    is_past: bool


FieldCells = Choices | Numbers | DateCells
# Two numbers or two dates of one subject, in the order of their keys.
Pair = tuple[Key, Key]


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
        self.fields: dict[Key, FieldCells] = {}
        self.pairs: dict[Pair, Distances] = {}
        self._cut(rules)

    @property
    def fixed_today(self) -> int | None:
        """Today, where the world has one day only."""
        return self.world.first.toordinal() if self.world.first == self.world.last else None

    # --- cells ----------------------------------------------------------------------------------------------

    def _cut(self, rules: Iterable[Predicate]) -> None:
        tests: dict[Key, list[FieldTest]] = {}
        read: dict[Key, list[Field]] = {}
        pairs: dict[Pair, list[Range]] = {}
        for rule in rules:
            for test in _field_tests(rule):
                other = compared_field(test)
                for field in (test.field, *(() if other is None else (other,))):
                    known = read.setdefault(key_of(field), [])
                    if field not in known:
                        known.append(field)
                    tests.setdefault(key_of(field), [])
                tests[key_of(test.field)].append(test)
                if other is not None and key_of(other) != key_of(test.field):
                    first, second, distance = _ordered(test.field, other, _distance(test))
                    pairs.setdefault((key_of(first), key_of(second)), []).append(distance)
            for field in window_dates(rule):
                read.setdefault(key_of(field), [field])
                tests.setdefault(key_of(field), [])
        for key, fields in read.items():
            self.fields[key] = self._cells_of(fields, tests[key])
        self.pairs = {pair: Distances(ranges) for pair, ranges in pairs.items()}

    def _cells_of(self, fields: Sequence[Field], tests: Sequence[FieldTest]) -> FieldCells:
        world, first = self.world, fields[0]
        if first.type is DataType.BOOLEAN:
            return Choices((True, False))
        if first.type.is_number:
            whole = all(field.type is DataType.INTEGER for field in fields) and world.assumes(
                Assumption.WHOLE_NUMBERS
            )
            is_natural = is_count(first) and world.assumes(Assumption.COUNTS_NOT_NEGATIVE)
            return Numbers(
                (number for test in tests for number in constants_of(test)),
                whole=whole,
                least=0 if is_natural else None,
            )
        if first.type is DataType.DATE:
            return self._date_cells(first, tests)
        is_role = first.owner == "contact" and first.name == "role" and not first.custom
        has_role = is_role and world.assumes(Assumption.KNOWN_ROLE)
        declared = all(field.type is DataType.OPTIONS for field in fields)
        if declared and (has_role or world.assumes(Assumption.DECLARED_OPTIONS)):
            return cells_of_options(options_of(fields), may_be_missing=not has_role)
        named = (value for test in tests for value in _texts_of(test))
        if world.assumes(Assumption.SHORT_TEXTS):
            named = (text for text in named if len(text) <= MAX_TEXT_LENGTH)
        return Choices(named, others=True)

    def _date_cells(self, date: Field, tests: Sequence[FieldTest]) -> DateCells:
        is_past = is_never_future(date) and self.world.assumes(Assumption.PAST_TIMESTAMPS)
        ranges: dict[str, list[tuple[int | None, int | None]]] = {"today": [], "calendar": []}
        for test in tests:
            if isinstance(test, OnDay) and not isinstance(test.test, FIELD_DAY_TESTS):
                for origin, low, high in self.day_ranges(test.test):
                    ranges[origin].append((low, high))
        today = self.fixed_today
        if today is not None:
            last = today if is_past else LAST_DAY
            return DateCells(None, Distances(ranges["calendar"], FIRST_DAY, last), is_past)
        from_today = Distances(ranges["today"], None, 0 if is_past else None) if ranges["today"] else None
        in_calendar = (
            Distances(ranges["calendar"], FIRST_DAY, LAST_DAY)
            if ranges["calendar"] or from_today is None
            else None
        )
        return DateCells(from_today, in_calendar, is_past)

    def day_ranges(self, test: PlainDayTest) -> list[tuple[str, int | None, int | None]]:
        """The ranges of days in all of which a day lies that passes: from today or in the calendar."""
        days, today = day_range(test), self.fixed_today
        bounds: dict[str, list[int | None]] = {}
        for at, bound in enumerate((days.first, days.last)):
            if bound is None:
                continue
            origin, number = bound.origin, bound.number
            if origin == "today" and today is not None:
                origin, number = "calendar", number + today
            both = bounds.setdefault(origin, [None, None])
            both[at] = number
        return [(origin, low, high) for origin, (low, high) in bounds.items()]

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
            low, high = _distance(test)
            holds = (low is None or low <= 0) and (high is None or high >= 0)
            return literal(*self.known_literal(slot, test.field), self.full) if holds else False
        first, second, (low, high) = _ordered(test.field, other, _distance(test))
        variable = self._difference_variable(slot, first, second)
        mask = self.pairs[key_of(first), key_of(second)].within(low, high)
        return literal(variable, mask, self.full)

    def _date_formula(self, test: FieldTest, cells: DateCells, slot: Slot) -> Formula:
        ranges = (
            self.day_ranges(test.test)
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


def compared_field(test: FieldTest) -> Field | None:
    """The field that a test compares its own field with."""
    if isinstance(test, ComparesFields):
        return test.other
    if isinstance(test, OnDay) and isinstance(test.test, FIELD_DAY_TESTS):
        return test.test.other
    return None


# Of numbers the sign of the difference alone is asked for: it stands as -1, 0 or 1.
_SIGNS: dict[str, Range] = {"<": (None, -1), "<=": (None, 0), "=": (0, 0), ">=": (0, None), ">": (1, None)}


def _distance(test: FieldTest) -> Range:
    """How far a field lies from the one it is compared with, where the test holds."""
    if isinstance(test, ComparesFields):
        return _SIGNS[test.comparison]
    assert isinstance(test, OnDay)
    assert isinstance(test.test, FIELD_DAY_TESTS)
    return distance_range(test.test)


def _ordered(first: Field, second: Field, distance: Range) -> tuple[Field, Field, Range]:
    """Two fields in the order of their keys, and the distance of the one from the other in that order."""
    if key_of(first) <= key_of(second):
        return first, second, distance
    low, high = distance
    return second, first, (None if high is None else -high, None if low is None else -low)


def _field_tests(rule: Predicate) -> Iterator[FieldTest]:
    """The tests of fields of the contact and of companies."""
    match rule:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _field_tests(part)
        case Not(part=inner) | InSegment(rule=inner) | SomeCompany(rule=inner):
            yield from _field_tests(inner)
        case _ if isinstance(rule, FIELD_TESTS):
            yield rule
        case _:
            pass


def window_dates(rule: Predicate) -> Iterator[Field]:
    """The contact's dates that the days of events are compared with."""
    for part in walk(rule):
        if isinstance(part, EVENT_TESTS) and isinstance(test := day_test_of(part), FIELD_DAY_TESTS):
            yield test.other


def _texts_of(test: FieldTest) -> tuple[str, ...]:
    match test:
        case Equals(value=value):
            return (value,) if isinstance(value, str) else ()
        case OneOf(values=values):
            return tuple(value for value in values if isinstance(value, str))
        case _:
            return ()
