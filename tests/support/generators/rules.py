"""Generated rules over a schema: every node of the tree, nested.

They are drawn part by part: to make a strategy of each form for each schema would take longer than all that is drawn
from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from intercom_iac.model import DataType, Field, Predicate, Schema, fold
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Aggregation,
    Amount,
    And,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    Comparison,
    CountComparison,
    DayName,
    DayPoint,
    DaysBetween,
    DaysFromField,
    DayTest,
    Direction,
    Equals,
    EventSequence,
    FieldDayTest,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    OrderComparison,
    PlainDayTest,
    SomeCompany,
    Tagged,
    TextOperator,
    Within,
)

from .schemas import EXACT_KEYS, PARTS, WORDS, fields_in

TAGS = ["vip", "not", "it's so", "ς\\"]
FAR = 36_500  # days: the most a rule may say
INTEGERS = st.integers(-2, 3) | st.sampled_from([2**53 + 1, 2**63 - 1, 1 - 2**63])
FLOATS = st.sampled_from([-1.5, 0.0, 1.0, 1.25, 2.0, 1e-7, 0.1 + 0.2, 0.3, 1 / 3, 123456789.12345679, 1e300])


# Numbers that doubles add up exactly, in any order.
HALVES = st.integers(-4, 8).map(lambda number: number / 2)

AMOUNTS, ORDER_COMPARISONS = get_args(Amount), get_args(OrderComparison)
DAY_COUNTS = [0, 1, 2, 3, 4, FAR]

Option = TypeVar("Option")


@cache
def _below(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, number - 1)


def pick(draw: st.DrawFn, options: Sequence[Option]) -> Option:
    """One of the options, each as likely."""
    return options[draw(_below(len(options)))]


@st.composite
def unrepeated(draw: st.DrawFn) -> None:
    """Drawn first, it keeps an example from being tried again with parts of it repeated.

    Hypothesis follows an example with five that differ from it in one part. They cost as much as others and ask
    next to nothing else: of the rules of a run four of five would be the same. It gives that up where an example
    discards something, as a filter does that takes only what comes second.
    """
    seen: list[None] = []
    draw(st.integers(0, 2**64).filter(lambda _: seen.append(None) or len(seen) > 1))


# --- values -------------------------------------------------------------------------------------------------


@cache
def words_of(field: Field) -> list[str]:
    """The few texts that a field holds and is asked for, so that it often holds what is asked for."""
    first = sum(map(ord, field.name)) % len(WORDS)
    return [*WORDS, *WORDS][first : first + 8]


@cache
def constants(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case DataType.INTEGER:
            return INTEGERS
        case DataType.FLOAT:
            return FLOATS
        case DataType.OPTIONS:
            return st.sampled_from(field.options)
        case _:
            return st.sampled_from(words_of(field))


@cache
def parts(field: Field) -> list[str]:
    """Texts to look for in the field's: its own, and parts of which most stand in one of them."""
    words = [*(field.options or words_of(field))]
    inside = [part for part in PARTS if any(fold(part) in fold(word) for word in words)]
    return [*words, *inside, *inside, *PARTS[:: len(PARTS) // 6]]


# --- days ---------------------------------------------------------------------------------------------------


def day_test(draw: st.DrawFn, today: date) -> PlainDayTest:
    """A test of a day that is decided once today is known."""
    form = pick(draw, (Within, Away, Calendar, NamedDay, DaysBetween))
    if form is Within:
        return Within(pick(draw, ("next", "last")), pick(draw, DAY_COUNTS))
    if form is Away:
        return Away(pick(draw, AMOUNTS), pick(draw, DAY_COUNTS), pick(draw, get_args(Direction)))
    if form is Calendar:
        return Calendar(pick(draw, ORDER_COMPARISONS), today + timedelta(days=pick(draw, range(-5, 6))))
    if form is NamedDay:
        return NamedDay(pick(draw, ORDER_COMPARISONS), pick(draw, get_args(DayName)))
    points: list[DayPoint] = [*range(-5, 6), -FAR, FAR]
    points += [today + timedelta(days=days) for days in range(-5, 6)]
    first, last = pick(draw, points), pick(draw, points)
    if isinstance(first, date) is isinstance(last, date):
        first, last = sorted((first, last))  # as they are written
    return DaysBetween(first, last)


def field_day_test(draw: st.DrawFn, other: Field) -> FieldDayTest:
    """A test of a day against another date."""
    amount = pick(draw, ("against", "within", "amount"))
    if amount == "against":
        return AgainstField(pick(draw, ORDER_COMPARISONS), other)
    if amount == "within":
        return DaysFromField("within", pick(draw, DAY_COUNTS), pick(draw, ("before", "after", "of")), other)
    return DaysFromField(pick(draw, AMOUNTS), pick(draw, DAY_COUNTS), pick(draw, ("before", "after")), other)


# --- tests on fields ----------------------------------------------------------------------------------------


def field_test(draw: st.DrawFn, fields: Sequence[Field], today: date) -> Predicate:
    """A test of one of the fields, which are of one owner, or of two of a kind against each other."""
    field = pick(draw, fields)
    others = [other for other in fields if _is_comparable(field, other)]
    if others and pick(draw, (False, False, True)):
        other = pick(draw, others)
        if field.type is DataType.DATE:
            return OnDay(field, field_day_test(draw, other))
        return ComparesFields(field, pick(draw, ORDER_COMPARISONS), other)
    if pick(draw, range(6)) == 0:
        return IsKnown(field)
    if field.type is DataType.BOOLEAN:
        return pick(draw, (IsTrue(field), Equals(field, False)))
    if field.type is DataType.DATE:
        return OnDay(field, day_test(draw, today))
    return _value_test(draw, field)


def _is_comparable(field: Field, other: Field) -> bool:
    if field.type is DataType.DATE:
        return other.type is DataType.DATE and other.name != field.name
    return field.type.is_number and other.type.is_number and other.name != field.name


def _value_test(draw: st.DrawFn, field: Field) -> Predicate:
    """A test of a text or a number against a value, or several."""
    value = draw(constants(field))
    form = pick(
        draw,
        (Equals, OneOf, Compares, Between) if field.type.is_number else (Equals, OneOf, Matches, Matches),
    )
    if form is Equals:
        return Equals(field, value)
    if form is OneOf:
        return OneOf(field, (value, *(draw(constants(field)) for _ in range(pick(draw, range(3))))))
    if form is Compares:
        return Compares(field, pick(draw, get_args(Comparison)), value)
    if form is Between:
        return Between(field, *sorted((value, draw(constants(field)))))
    return Matches(field, pick(draw, get_args(TextOperator)), pick(draw, parts(field)))


# --- tests on events ----------------------------------------------------------------------------------------


def event_test(draw: st.DrawFn, language: Language) -> Predicate:
    """A test of one of the events, or of one that comes after another or itself."""
    name = pick(draw, language.events)
    where = _where(draw, language, name)
    form = pick(draw, (Occurrences, OccurrenceDay, ActiveDays, EventSequence, Aggregate))
    if form is OccurrenceDay:
        which = pick(draw, ("first", "last"))
        return OccurrenceDay(name, which, _day_of_occurrence(draw, language), where)
    if form is EventSequence:
        then = pick(draw, language.events)
        return EventSequence(name, then, pick(draw, (None, *DAY_COUNTS)), where, _where(draw, language, then))
    window = _day_of_occurrence(draw, language) if pick(draw, (False, True)) else None
    keys = [key for key in language.keys[name] if key.name in EXACT_KEYS]
    if form is Aggregate and keys:
        return _aggregate(draw, name, pick(draw, keys), where, window)
    comparison, number = pick(draw, get_args(CountComparison)), pick(draw, range(4))
    if form is ActiveDays:
        return ActiveDays(name, comparison, number, where, window)
    return Occurrences(name, where, comparison, number, window)


def _aggregate(
    draw: st.DrawFn, event: str, key: Field, where: Predicate | None, window: DayTest | None
) -> Aggregate:
    """Compared with a number of the key's type; an average of whole numbers with any."""
    function, value = pick(draw, get_args(Aggregation)), draw(HALVES)
    whole = key.type is DataType.INTEGER and (function != "average" or value.is_integer())
    bound = int(value) if whole else value
    return Aggregate(event, function, key, pick(draw, ORDER_COMPARISONS), bound, where, window)


def _where(draw: st.DrawFn, language: Language, event: str) -> Predicate | None:
    keys = language.keys[event]
    if not keys or pick(draw, (True, False)):
        return None
    return tree(draw, lambda: field_test(draw, keys, language.today))


def _day_of_occurrence(draw: st.DrawFn, language: Language) -> DayTest:
    """A test of an occurrence's day; the other date, where there is one, is the contact's."""
    if language.dates and pick(draw, (False, False, True)):
        return field_day_test(draw, pick(draw, language.dates))
    return day_test(draw, language.today)


# --- rules --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Language:
    """What rules may speak of, on one day. `dates` are those of a contact, `keys` those of each event."""

    contact: list[Field]
    dates: list[Field]
    company: list[Field]
    events: list[str]
    keys: dict[str, list[Field]]
    segments: dict[str, Predicate]
    today: date


def language_of(schema: Schema, today: date, segments: dict[str, Predicate]) -> Language:
    contact = fields_in(schema, "contact")
    return Language(
        contact=contact,
        dates=[field for field in contact if field.type is DataType.DATE],
        company=fields_in(schema, "company"),
        events=list(schema.events),
        keys={
            name: [field for key in event.metadata if (field := event.field(key.name)) is not None]
            for name, event in schema.events.items()
        },
        segments=segments,
        today=today,
    )


def rules(
    schema: Schema, today: date, segments: dict[str, Predicate] | None = None
) -> st.SearchStrategy[Predicate]:
    """Rules over the schema that may refer to the segments."""
    return _rules(language_of(schema, today, segments or {}))


@st.composite
def _rules(draw: st.DrawFn, language: Language) -> Predicate:
    draw(unrepeated())
    return rule(draw, language)


def rule(draw: st.DrawFn, language: Language) -> Predicate:
    return tree(draw, lambda: _leaf(draw, language))


def _leaf(draw: st.DrawFn, language: Language) -> Predicate:
    subjects = ["contact"] * 5 + ["company"] * 2 + ["event"] * 5 * bool(language.events) + ["tag"]
    subjects += ["segment"] * bool(language.segments)
    match pick(draw, subjects):
        case "contact":
            return field_test(draw, language.contact, language.today)
        case "company":
            return SomeCompany(tree(draw, lambda: _company_test(draw, language)))
        case "event":
            return event_test(draw, language)
        case "tag":
            return Tagged(pick(draw, TAGS))
        case _:
            key = pick(draw, sorted(language.segments))
            return InSegment(key, language.segments[key])


def _company_test(draw: st.DrawFn, language: Language) -> Predicate:
    if not language.company or pick(draw, range(8)) == 7:
        return Tagged(pick(draw, TAGS))
    return field_test(draw, language.company, language.today)


def tree(draw: st.DrawFn, leaf: Callable[[], Predicate], depth: int = 2) -> Predicate:
    """Leaves under `and`, `or` and `not`, so deep at most."""
    form = pick(draw, ("leaf", "leaf", "leaf", "and", "or", "not")) if depth else "leaf"
    if form == "leaf":
        return leaf()
    if form == "not":
        return negation(tree(draw, leaf, depth - 1))
    inner = [tree(draw, leaf, depth - 1) for _ in range(pick(draw, (2, 3)))]
    return conjunction(inner) if form == "and" else disjunction(inner)


def conjunction(parts: list[Predicate]) -> Predicate:
    return And(tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))))


def disjunction(parts: list[Predicate]) -> Predicate:
    return Or(tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))))


def negation(part: Predicate) -> Predicate:
    return part.part if isinstance(part, Not) else Not(part)
