"""Typed rule -> a condition over one row of `contacts` and the facts joined to it.

What a rule asks of companies, events and tags becomes facts: one row a contact, made in one pass over each of those
tables, however many rules ask. Facts that two rules share are made once. What takes a long expression, such as the
calendar day of a date, becomes a column of the table, and rules share it too.

A condition may be null where a rule does not hold; whoever uses it takes null for false, as `where` and `case when`
do. Only below `not` the difference would show, and there null is made false first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Literal

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.model import DataType, Field, Predicate, event_key
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    ActiveDays,
    Aggregate,
    And,
    Between,
    Compares,
    ComparesFields,
    DayTest,
    Equals,
    EventSequence,
    EventTest,
    FieldTest,
    InIntercomSegment,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    PlainDayTest,
    SomeCompany,
    Tagged,
    Value,
    in_order_of_references,
)

from .days import Today, day_number, passes, passes_field
from .dialect import Dialect
from .facts import Columns, Facts, Row
from .tables import column


class Conditions:
    """Conditions in one dialect, on one day or the present one, and the facts and columns they rest on."""

    def __init__(self, dialect: Dialect, *, today: Today, zone: tzinfo) -> None:
        self.dialect = dialect
        self.today = today
        self.zone = zone
        self.companies = Facts("company_")
        self.events = Facts("event_")
        self.tags = Facts("tag_")
        self.company_tags = Facts("tag_")
        # What is known of an occurrence from those before it.
        self.earlier = Facts("earlier_")
        self.columns: dict[Row, Columns] = {"c": Columns(), "o": Columns(), "e": Columns()}
        # The conditions of rules that are referred to, which are about contacts, by the identity of each; with the
        # rule: while it is there, no other has its identity.
        self._referred: dict[int, tuple[Predicate, str]] = {}
        # The columns of the contact that occurrences are asked about.
        self.contact_of_event = Columns()

    def condition(self, node: Predicate, row: Row = "c") -> str:
        """The condition of a rule."""
        match node:
            case And(parts=parts):
                return f"({' and '.join(self.condition(part, row) for part in parts)})"
            case Or(parts=parts):
                return f"({' or '.join(self.condition(part, row) for part in parts)})"
            case Not(part=IsKnown() as part):
                return f"{self._value(part.field, row)} is null"
            case Not(part=part):
                return self.dialect.not_true.format(self.condition(part, row))
            case InSegment(rule=rule):
                # Not by calling itself down a chain of references: it may be longer than Python recurses.
                for asked in in_order_of_references(rule, self._referred):
                    self._referred[id(asked)] = asked, self.condition(asked, row)
                return self._referred[id(rule)][1]
            case InIntercomSegment(name=name):
                raise UndecidedRule([name])
            case SomeCompany(rule=rule):
                return self._company(rule)
            case Tagged(tag=tag):
                return self._tag(tag, row)
            case Occurrences() | OccurrenceDay() | Aggregate() | ActiveDays() | EventSequence():
                return self._event_test(node)
            case _:
                return self._test(node, self._value(node.field, row), row)

    def _event_test(self, node: EventTest) -> str:
        match node:
            case Occurrences():
                return self._occurrences(node)
            case OccurrenceDay():
                return self._occurrence_day(node)
            case Aggregate():
                return self._aggregate(node)
            case ActiveDays():
                return self._active_days(node)
            case EventSequence():
                return self._sequence(node)

    # --- facts ----------------------------------------------------------------------------------------------

    def _company(self, rule: Predicate) -> str:
        name, new = self.companies.column_of(rule)
        if new:
            held = self.condition(rule, "o")
            self.companies.aggregates[name] = f"max(case when {held} then 1 else 0 end)"
            self.companies.conditions[held] = None
        return f"co.{name} = 1"

    def _tag(self, tag: str, row: Row) -> str:
        facts, alias = (self.company_tags, "ct") if row == "o" else (self.tags, "t")
        name, new = facts.column_of(tag)
        if new:
            held = f"x.tag = {self.dialect.text(tag)}"
            facts.aggregates[name] = f"max(case when {held} then 1 else 0 end)"
            facts.conditions[held] = None
        return f"{alias}.{name} = 1"

    def _occurrences(self, node: Occurrences) -> str:
        name, new = self.events.column_of((node.event, node.where, node.window))
        if new:
            held = self._occurrence(node.event, node.where, node.window)
            self.events.aggregates[name] = f"sum(case when {held} then 1 else 0 end)"
        return f"coalesce(ev.{name}, 0) {_sign(node.comparison)} {node.count}"

    def _occurrence_day(self, node: OccurrenceDay) -> str:
        test = node.test
        if not isinstance(test, FIELD_DAY_TESTS):
            moment = self._moment(node.event, node.where, node.which)
            return self._passes(moment, lambda: self._day_of(node), test)
        return passes_field(self._day_of(node), test, self._day(test.other, "c"))

    def _day_of(self, node: OccurrenceDay) -> str:
        """The number of the day of the first or the last occurrence."""
        name, new = self.events.column_of((node.event, node.where, node.which, "day"))
        if new:
            held = self._occurrence(node.event, node.where, None)
            pick = "min" if node.which == "first" else "max"
            self.events.aggregates[name] = f"{pick}(case when {held} then {self._day_of_event()} end)"
        return f"ev.{name}"

    def _moment(self, event: str, where: Predicate | None, which: Literal["first", "last"]) -> str:
        """When the first or the last occurrence was."""
        name, new = self.events.column_of((event, where, which))
        if new:
            held = self._occurrence(event, where, None)
            pick = "min" if which == "first" else "max"
            self.events.aggregates[name] = f"{pick}(case when {held} then e.created_at end)"
        return f"ev.{name}"

    def _aggregate(self, node: Aggregate) -> str:
        value = self.dialect.decimal(node.value)
        sign = _sign(node.comparison)
        match node.function:
            case "sum":
                return f"coalesce({self._number(node, 'sum')}, 0) {sign} {value}"
            case "average":
                # Multiplied, not divided: no number is rounded.
                count = f"cast({self._number(node, 'count')} as decimal(18, 0))"
                return f"{self._number(node, 'sum')} {sign} {value} * {count}"
            case "minimum":
                return f"{self._number(node, 'min')} {sign} {value}"
            case "maximum":
                return f"{self._number(node, 'max')} {sign} {value}"

    def _number(self, node: Aggregate, function: str) -> str:
        """What an aggregate function gives of the numbers; null where there are none, a count 0."""
        name, new = self.events.column_of((node.event, node.where, node.window, node.key.name, function))
        if new:
            number, unseen = self.columns["e"].name_of("number", node.key.name, self.dialect)
            if unseen:
                expression = self.dialect.metadata_decimal("x.metadata", node.key.name)
                self.columns["e"].expressions[number] = expression
            held = self._occurrence(node.event, node.where, node.window)
            self.events.aggregates[name] = f"{function}(case when {held} then e.{number} end)"
        return f"ev.{name}"

    def _active_days(self, node: ActiveDays) -> str:
        name, new = self.events.column_of((node.event, node.where, node.window, "days"))
        if new:
            held = self._occurrence(node.event, node.where, node.window)
            day = self._day_of_event()
            self.events.aggregates[name] = f"count(distinct case when {held} then {day} end)"
        return f"coalesce(ev.{name}, 0) {_sign(node.comparison)} {node.days}"

    def _sequence(self, node: EventSequence) -> str:
        if node.days is None:
            first = self._moment(node.event, node.where, "first")
            return f"{first} <= {self._moment(node.then, node.then_where, 'last')}"
        key = (node.event, node.where, node.then, node.then_where, node.days)
        name, new = self.events.column_of(key)
        if new:
            # Of the occurrences before one, the last is the closest: if it is too early, so are the others.
            before, unseen = self.earlier.column_of((node.event, node.where))
            if unseen:
                held = self._occurrence(node.event, node.where, None)
                self.earlier.aggregates[before] = (
                    f"max(case when {held} then {self._day_of_event()} end) over (partition by e.contact_id "
                    "order by e.created_at range between unbounded preceding and current row)"
                )
            follows = self._occurrence(node.then, node.then_where, None)
            soon = f"{self._day_of_event()} - e.{before} <= {node.days}"
            self.events.aggregates[name] = f"max(case when {follows} and {soon} then 1 else 0 end)"
        return f"ev.{name} = 1"

    def _occurrence(self, event: str, where: Predicate | None, window: DayTest | None) -> str:
        key = f"e.event_key = {self.dialect.text(event_key(event))}"
        self.events.conditions[key] = None
        tests = [key]
        if isinstance(window, FIELD_DAY_TESTS):
            other = self._day_column(self.contact_of_event, window.other)
            tests.append(passes_field(self._day_of_event(), window, f"c.{other}"))
        elif window is not None:
            tests.append(self._passes("e.created_at", self._day_of_event, window))
        if where is not None:
            tests.append(self.condition(where, "e"))
        return " and ".join(tests)

    # --- tests on a value -----------------------------------------------------------------------------------

    def _value(self, field: Field, row: Row) -> str:
        if row == "e":
            return self.dialect.metadata_value("e.metadata", field.name, field.type)
        return f"{row}.{self.dialect.identifier(column(field))}"

    def _test(self, node: FieldTest, value: str, row: Row) -> str:
        match node:
            case IsKnown():
                return f"{value} is not null"
            case IsTrue():
                return f"{value} = true"
            case Equals(value=wanted):
                return f"{value} = {self._literal(wanted)}"
            case OneOf(values=values):
                return f"{value} in ({', '.join(self._literal(wanted) for wanted in dict.fromkeys(values))})"
            case Matches(operator=operator, text=text):
                return self.dialect.matches(operator, value, text)
            case Compares(comparison=comparison, value=bound):
                return f"{value} {comparison} {self._literal(bound)}"
            case Between(first=first, last=last):
                return f"{value} between {self._literal(first)} and {self._literal(last)}"
            case ComparesFields(comparison=comparison, other=other):
                return f"{value} {comparison} {self._value(other, row)}"
            case OnDay(field=field, test=test):
                if isinstance(test, FIELD_DAY_TESTS):
                    return passes_field(self._day(field, row), test, self._day(test.other, row))
                return self._passes(value, lambda: self._day(field, row), test)

    def _literal(self, value: Value) -> str:
        if isinstance(value, str):
            return self.dialect.text(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        return repr(value)

    # --- days -----------------------------------------------------------------------------------------------

    def _passes(self, moment: str, day: Callable[[], str], test: PlainDayTest) -> str:
        return passes(moment, day, test, today=self.today, zone=self.zone)

    def _day(self, field: Field, row: Row) -> str:
        """The number of the day of a date."""
        return f"{row}.{self._day_column(self.columns[row], field)}"

    def _day_column(self, columns: Columns, field: Field) -> str:
        of = field.name if field.owner == "event" else column(field)
        name, new = columns.name_of("day", of, self.dialect)
        if new:
            if field.owner == "event":
                moment = self.dialect.metadata_value("x.metadata", field.name, DataType.DATE)
            else:
                moment = f"x.{self.dialect.identifier(of)}"
            columns.expressions[name] = day_number(moment, self.dialect, self.zone)
        return name

    def _day_of_event(self) -> str:
        """The number of the day of an occurrence."""
        expressions = self.columns["e"].expressions
        if "day" not in expressions:
            expressions["day"] = day_number("x.created_at", self.dialect, self.zone)
        return "e.day"


def _sign(comparison: str) -> str:
    return "<>" if comparison == "!=" else comparison
