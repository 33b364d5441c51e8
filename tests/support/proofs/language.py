"""Rules over a few attributes and a few values, so that two of them often have to do with each other.

They are drawn from Python's own random numbers, by a seed: a run asks of thousands, and to draw them from Hypothesis
takes longer than to decide them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import get_args

from intercom_iac.model import Attribute, DataType, Event, Field, MetadataKey, Predicate, Schema
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Aggregation,
    Amount,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    Comparison,
    CountComparison,
    DayName,
    DaysBetween,
    DaysFromField,
    DayTest,
    Direction,
    Equals,
    EventSequence,
    InIntercomSegment,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    NamedDay,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    OrderComparison,
    SomeCompany,
    Tagged,
    TextOperator,
    Within,
)

from ..generators.neighbours import neighbours
from ..generators.rules import conjunction, disjunction, negation

TODAY = date(2026, 3, 29)
PLANS = ("free", "trial", "pro")
TEXTS = ("pro", "Pro", "pro plus", "plus", "12")
OPTION_PARTS = ("pro", "PRO", "r", "ee", "al")
PARTS = ("pro", "PRO", "ro", "p", "plus", " ", "1", "pro p", "12")
TAGS = ("vip", "beta")
NUMBERS = (0, 1, 2, 3)
HALVES = (0.5, 1.0, 1.5, 2.0)

SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, DataType(kind), options)
        for model, name, kind, options in (
            ("contact", "plan", "options", PLANS),
            ("contact", "seats", "integer", ()),
            ("contact", "used", "integer", ()),
            ("contact", "score", "float", ()),
            ("contact", "active", "boolean", ()),
            ("contact", "job", "string", ()),
            ("contact", "ends", "date", ()),
            ("contact", "starts", "date", ()),
            ("company", "tier", "options", PLANS),
            ("company", "size_class", "integer", ()),
            ("company", "since", "date", ()),
        )
    },
    {
        "paid": Event(
            "paid", metadata=(MetadataKey("total", DataType.INTEGER), MetadataKey("kind", DataType.STRING))
        ),
        "login": Event("login"),
    },
)


def field_of(model: str, name: str) -> Field:
    field = SCHEMA.field("contact" if model == "contact" else "company", name)
    assert field is not None
    return field


CONTACT = [
    *(
        field_of("contact", name)
        for name in ("plan", "seats", "used", "score", "active", "job", "ends", "starts")
    ),
    *(field_of("contact", name) for name in ("role", "created_at")),
]
COMPANY = [field_of("company", name) for name in ("tier", "size_class", "since")]
KEYS = [key for name in ("total", "kind") if (key := SCHEMA.events["paid"].field(name)) is not None]
DATES = [field for field in CONTACT if field.type is DataType.DATE]


@dataclass(frozen=True)
class Subjects:
    """What rules may be about: so many of the contact's fields, and what belongs to a contact. `linked`: fields may
    be compared with each other."""

    fields: int = 4
    companies: bool = True
    events: bool = True
    linked: bool = True
    segments: bool = False
    names: tuple[str, ...] = ()
    """The contact's fields, where they are not any."""


ALL = Subjects()


class RuleDraw:
    """Draws rules that are about a few of the fields."""

    def __init__(self, seed: int, subjects: Subjects = ALL) -> None:
        self.random = Random(seed)
        self.subjects = subjects
        self.pick = self.random.choice
        named = [field for field in CONTACT if field.name in subjects.names]
        self.contact = named or self.random.sample(CONTACT, subjects.fields)
        self.company = self.random.sample(COMPANY, min(2, subjects.fields))

    def pair(self) -> tuple[Predicate, Predicate]:
        """Two rules: any, or one that differs from the other in one place."""
        first = self.rule()
        if self.random.random() < 0.4:
            return first, self.rule()
        others = list(neighbours(first, TEXTS))
        return first, self.pick(others) if others else self.rule()

    def rule(self, depth: int = 3) -> Predicate:
        return self.tree(self.leaf, depth)

    def tree(self, leaf: Callable[[], Predicate], depth: int) -> Predicate:
        form = self.pick(("leaf", "and", "and", "or", "not")) if depth else "leaf"
        if form == "leaf":
            return leaf()
        if form == "not":
            return negation(self.tree(leaf, depth - 1))
        parts = [self.tree(leaf, depth - 1) for _ in range(self.pick((2, 2, 3)))]
        return conjunction(parts) if form == "and" else disjunction(parts)

    def leaf(self) -> Predicate:
        kinds = ["field"] * 8 + ["tag"] + ["company"] * 3 * self.subjects.companies
        kinds += ["event"] * 4 * self.subjects.events + ["segment", "built"] * self.subjects.segments
        match self.pick(kinds):
            case "field":
                return self.field_test(self.contact)
            case "company":
                return SomeCompany(self.tree(self.company_test, 2))
            case "event":
                return self.event_test()
            case "segment":
                return InSegment("other", self.rule(1))
            case "built":
                return InIntercomSegment("built", "Built by hand")
            case _:
                return Tagged(self.pick(TAGS))

    def company_test(self) -> Predicate:
        return Tagged(self.pick(TAGS)) if self.random.random() < 0.15 else self.field_test(self.company)

    # --- fields ---------------------------------------------------------------------------------------------

    def field_test(self, fields: Sequence[Field]) -> Predicate:
        field = self.pick(fields)
        others = [other for other in fields if other != field and is_comparable(field, other)]
        if others and self.subjects.linked and self.random.random() < 0.35:
            other = self.pick(others)
            if field.type is DataType.DATE:
                return OnDay(field, self.field_day_test(other))
            return ComparesFields(field, self.pick(get_args(OrderComparison)), other)
        if self.random.random() < 0.15:
            return IsKnown(field)
        match field.type:
            case DataType.BOOLEAN:
                return self.pick((IsTrue(field), Equals(field, False)))
            case DataType.DATE:
                return OnDay(field, self.day_test())
            case _ if field.type.is_number:
                return self.number_test(field)
            case _:
                return self.text_test(field)

    def number_test(self, field: Field) -> Predicate:
        numbers = NUMBERS if field.type is DataType.INTEGER else HALVES
        match self.pick(("equals", "one of", "compares", "compares", "between")):
            case "equals":
                return Equals(field, self.pick(numbers))
            case "one of":
                return OneOf(field, tuple(self.random.sample(numbers, 2)))
            case "compares":
                return Compares(field, self.pick(get_args(Comparison)), self.pick(numbers))
            case _:
                return Between(field, *sorted(self.random.sample(numbers, 2)))

    def text_test(self, field: Field) -> Predicate:
        texts = field.options or TEXTS
        match self.pick(("equals", "one of", "matches", "matches")):
            case "equals":
                return Equals(field, self.pick(texts))
            case "one of":
                return OneOf(field, tuple(self.random.sample(texts, min(2, len(texts)))))
            case _:
                parts = OPTION_PARTS if field.options else PARTS
                return Matches(field, self.pick(get_args(TextOperator)), self.pick(parts))

    # --- days -----------------------------------------------------------------------------------------------

    def day_test(self) -> DayTest:
        near = range(-3, 4)
        match self.pick(("within", "away", "away", "calendar", "calendar", "named", "between")):
            case "within":
                return Within(self.pick(("next", "last")), self.pick(range(4)))
            case "away":
                return Away(self.pick(get_args(Amount)), self.pick(range(4)), self.pick(get_args(Direction)))
            case "calendar":
                day = TODAY + timedelta(days=self.pick(near))
                return Calendar(self.pick(get_args(OrderComparison)), day)
            case "named":
                return NamedDay(self.pick(get_args(OrderComparison)), self.pick(get_args(DayName)))
            case _:
                first, last = self.pick(near), self.pick(near)
                return self.pick(
                    (
                        DaysBetween(*sorted((first, last))),
                        DaysBetween(TODAY + timedelta(first), last),
                        DaysBetween(first, TODAY + timedelta(last)),
                    )
                )

    def field_day_test(self, other: Field) -> DayTest:
        match self.pick(("against", "within", "amount")):
            case "against":
                return AgainstField(self.pick(get_args(OrderComparison)), other)
            case "within":
                side = self.pick(("before", "after", "of"))
                return DaysFromField("within", self.pick(range(3)), side, other)
            case _:
                side = self.pick(("before", "after"))
                return DaysFromField(self.pick(get_args(Amount)), self.pick(range(3)), side, other)

    # --- events ---------------------------------------------------------------------------------------------

    def event_test(self) -> Predicate:
        event = self.pick(("paid", "paid", "login"))
        where = self.where(event)
        window = self.window() if self.random.random() < 0.5 else None
        match self.pick(("count", "count", "count", "day", "days", "then", "total")):
            case "count":
                return Occurrences(
                    event, where, self.pick(get_args(CountComparison)), self.pick(range(4)), window
                )
            case "day":
                return OccurrenceDay(event, self.pick(("first", "last")), self.window(), where)
            case "days":
                comparison = self.pick(get_args(CountComparison))
                return ActiveDays(event, comparison, self.pick(range(4)), where, window)
            case "then":
                then = self.pick(("paid", "login"))
                return EventSequence(event, then, self.pick((None, 0, 1, 2)), where, self.where(then))
            case _:
                return Aggregate(
                    "paid",
                    self.pick(get_args(Aggregation)),
                    KEYS[0],
                    self.pick(get_args(OrderComparison)),
                    self.pick(NUMBERS),
                    self.where("paid"),
                    window,
                )

    def where(self, event: str) -> Predicate | None:
        if event != "paid" or self.random.random() < 0.5:
            return None
        return self.tree(lambda: self.field_test(KEYS), 1)

    def window(self) -> DayTest:
        dates = [field for field in self.contact if field.type is DataType.DATE]
        if dates and self.subjects.linked and self.random.random() < 0.3:
            return self.field_day_test(self.pick(dates))
        return self.day_test()


def is_comparable(field: Field, other: Field) -> bool:
    if field.type is DataType.DATE:
        return other.type is DataType.DATE
    return field.type.is_number and other.type.is_number
