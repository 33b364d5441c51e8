"""Typed rule -> a condition over one row of `contacts` and the facts joined to it.

What a rule asks of companies, events and tags becomes facts: one row a contact, made in one pass over each of those
tables, however many rules ask. Facts that two rules share are made once.

A condition may be null where a rule does not hold; whoever uses it takes null for false, as `where` and `case when`
do. Only below `not` the difference would show, and there null is made false first.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Literal

from intercom_iac.model import Field, Predicate, day_start, event_key, passing_days
from intercom_iac.model.days import add_days
from intercom_iac.model.predicate import (
    And,
    Compares,
    DayTest,
    Equals,
    FieldTest,
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
    SomeCompany,
    Tagged,
    Value,
)

from .dialect import Dialect
from .tables import column

# What a condition is asked of, by the alias its table has: a contact, a company, an occurrence of an event.
Row = Literal["c", "o", "e"]


@dataclass
class Facts:
    """The facts of one table, by what they say: the column's name and the aggregate that makes it.

    `conditions` are those of which at least one has to hold for a row of the table to matter.
    """

    prefix: str
    aggregates: dict[str, str] = field(default_factory=dict[str, str])
    conditions: dict[str, None] = field(default_factory=dict[str, None])
    _known: dict[Hashable, str] = field(default_factory=dict[Hashable, str])

    def column_of(self, key: Hashable) -> tuple[str, bool]:
        """The column of a fact, and whether it is new."""
        found = self._known.get(key)
        if found is not None:
            return found, False
        name = self._known[key] = f"{self.prefix}{len(self._known) + 1}"
        return name, True


class Conditions:
    """Conditions in one dialect, on one day, and the facts they rest on."""

    def __init__(self, dialect: Dialect, *, today: date, zone: tzinfo) -> None:
        self.dialect = dialect
        self.today = today
        self.zone = zone
        self.companies = Facts("company_")
        self.events = Facts("event_")
        self.tags = Facts("tag_")
        self.company_tags = Facts("tag_")

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
                return self.condition(rule, row)
            case SomeCompany(rule=rule):
                return self._company(rule)
            case Tagged(tag=tag):
                return self._tag(tag, row)
            case Occurrences():
                return self._occurrences(node)
            case OccurrenceDay():
                return self._occurrence_day(node)
            case _:
                return self._test(node, self._value(node.field, row))

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
        sign = {"!=": "<>"}.get(node.comparison, node.comparison)
        return f"coalesce(ev.{name}, 0) {sign} {node.count}"

    def _occurrence_day(self, node: OccurrenceDay) -> str:
        name, new = self.events.column_of((node.event, node.where, node.which))
        if new:
            held = self._occurrence(node.event, node.where, None)
            pick = "min" if node.which == "first" else "max"
            self.events.aggregates[name] = f"{pick}(case when {held} then e.created_at end)"
        return self._passes(f"ev.{name}", node.test)

    def _occurrence(self, event: str, where: Predicate | None, window: DayTest | None) -> str:
        key = f"e.event_key = {self.dialect.text(event_key(event))}"
        self.events.conditions[key] = None
        tests = [key]
        if window is not None:
            tests.append(self._passes("e.created_at", window))
        if where is not None:
            tests.append(self.condition(where, "e"))
        return " and ".join(tests)

    # --- tests on a value -----------------------------------------------------------------------------------

    def _value(self, field: Field, row: Row) -> str:
        if row == "e":
            return self.dialect.metadata_value("e.metadata", field.name, field.type)
        return f"{row}.{self.dialect.identifier(column(field))}"

    def _test(self, node: FieldTest, value: str) -> str:
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
            case OnDay(test=test):
                return self._passes(value, test)

    def _literal(self, value: Value) -> str:
        if isinstance(value, str):
            return self.dialect.text(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        return repr(value)

    def _passes(self, value: str, test: DayTest) -> str:
        """The test of a day, as one of unix seconds."""
        first, last = passing_days(test, self.today)
        bounds = [] if first is None else [f"{value} >= {day_start(first, self.zone)}"]
        bounds += [] if last is None else [f"{value} < {day_start(add_days(last, 1), self.zone)}"]
        if not bounds:
            return f"{value} is not null"
        return bounds[0] if len(bounds) == 1 else f"({' and '.join(bounds)})"
