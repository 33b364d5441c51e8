"""Typed rule -> a Python function of a person, fast enough to ask millions: what `rule eval` and tests of rules use.

`rules.meaning` says what a rule means, and the property tests hold this to it on every person they generate. Here a
rule becomes the source of a few Python functions. The source holds only names and operators; what the rule itself
says, texts and numbers, is bound to those names.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from fractions import Fraction
from functools import lru_cache
from itertools import compress, repeat
from typing import Any, Literal, cast

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.days import day_ordinals, distance_range, passing_moments
from intercom_iac.model.folding import fold, plainly_folded, word_pattern
from intercom_iac.model.person import Json, Person, event_key
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
    FieldDayTest,
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
    Predicate,
    SomeCompany,
    Tagged,
    TextOperator,
    in_order_of_references,
    intercom_segments_of,
    referenced_rules,
)

from ..limitations import Limitation, by_form

UNSUPPORTED = by_form(Limitation((InIntercomSegment,), "only Intercom knows who is in the segment `{name}`"))


# So many functions may call each other, for rules that refer to others: Python has a limit.
_MOST_CALLS = 50


def evaluator(predicate: Predicate, *, today: date, zone: tzinfo) -> Callable[[Person], bool]:
    """The rule as a function of a person, compiled once and fast to call.

    Raises `UndecidedRule` where it asks for a segment that was built in Intercom.
    """
    if _is_long_chain(predicate):
        holds = parts_evaluator(predicate, today=today, zone=zone)
        return lambda person: holds(person.contact, person.companies, person.events)
    program = _Program(predicate, today, zone)
    return cast("Callable[[Person], bool]", program.names[program.function(predicate, "person")])


def parts_evaluator(predicate: Predicate, *, today: date, zone: tzinfo) -> PartsTest:
    """The same as a function of what a person is made of: the contact, its companies, its events."""
    program = _Program(predicate, today, zone)
    if _is_long_chain(predicate):
        return program.step_by_step(predicate)
    return cast("PartsTest", program.names[program.function(predicate, "contact")])


def _is_long_chain(predicate: Predicate) -> bool:
    links = dict[int, int]()
    for rule in in_order_of_references(predicate):
        links[id(rule)] = max((links[id(part)] + 1 for part in referenced_rules(rule)), default=0)
    return links[id(predicate)] > _MOST_CALLS


# --- the rule as source -------------------------------------------------------------------------------------

PartsTest = Callable[[Json, Sequence[Json], Sequence[Json]], bool]

# What a function is asked of: a person, or the contact, companies and events of one; a company; an occurrence `x` of
# an event. In each, `c` is the object that holds standard attributes, `a` the one that holds custom ones or metadata.
Scope = Literal["person", "contact", "company", "occurrence"]
_PARAMETERS: dict[Scope, str] = {
    "person": "x",
    "contact": "c, companies, events",
    "company": "c",
    "occurrence": "x",
}
_CUSTOM = " a = c.get('custom_attributes')\n if not isinstance(a, dict): a = nothing\n"
_BEGINNING: dict[Scope, str] = {
    "person": " c, companies, events = x.contact, x.companies, x.events\n" + _CUSTOM,
    "contact": _CUSTOM,
    "company": _CUSTOM,
    "occurrence": "",  # most are of other events: `a` is bound where its metadata are asked for
}

# JSON has one kind of number, and one that is not equal to itself (NaN) is none.
_IS_NUMBER = "(type({name} := {value}) in numbers and {name} == {name})"
_MATCHES = {
    "contains": "{part} in {text}",
    "starts with": "{text}.startswith({part})",
    "ends with": "{text}.endswith({part})",
}
_SIGNS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}


class _Program:
    """The functions of a rule, and what their source refers to by name."""

    def __init__(self, rule: Predicate, today: date, zone: tzinfo) -> None:
        if asked := intercom_segments_of(rule):
            raise UndecidedRule([segment.name for segment in asked])
        self.today = today
        self.zone = zone
        self.day = day_ordinals(zone)
        self.names: dict[str, Any] = {
            "numbers": (int, float),
            "objects": _objects,
            "nothing": _NOTHING,
            "nested": _nested_value,
            "has_tag": _has_tag,
            "is_spelling": _is_spelling,
            "moments": _moments,
            "numbers_of": _numbers,
            "follows": _follows,
            "day": self.day,
            "known_day": self.known_day,
            "fold": fold,
            "compress": compress,
            "repeat": repeat,
        }
        # What gives the answer of a rule that is referred to, by its identity.
        self._answers: dict[int, str] = {}

    def known_day(self, value: Any) -> int | None:
        """The day of a date, as an ordinal; None where the date is not known."""
        return self.day(value) if _is_number(value) else None

    def function(self, node: Predicate, scope: Scope) -> str:
        """Makes a function of the node and gives its name."""
        return self._define(self.expression(node, scope), scope)

    def step_by_step(self, rule: Predicate) -> PartsTest:
        """A function that works the rules that are referred to out one after the other, those first that others refer
        to: each is given the answers before it, so that none calls another."""
        functions: list[Callable[[Json, Sequence[Json], Sequence[Json], list[bool]], bool]] = []
        for asked in in_order_of_references(rule):
            name = self._define(self.expression(asked, "contact"), "contact", ", r")
            functions.append(self.names[name])
            self._answers[id(asked)] = f"r[{len(self._answers)}]"

        def holds(contact: Json, companies: Sequence[Json], events: Sequence[Json]) -> bool:
            answers: list[bool] = []
            for function in functions:
                answers.append(function(contact, companies, events, answers))
            return answers[-1]

        return holds

    def _define(self, expression: str, scope: Scope, more: str = "") -> str:
        name = f"f{len(self.names)}"
        source = f"def {name}({_PARAMETERS[scope]}{more}):\n{_BEGINNING[scope]} return {expression}\n"
        exec(source, self.names)  # noqa: S102 - names and operators only: no text of the rule stands in it
        return name

    def bound(self, value: Any) -> str:
        """A name for a value."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def expression(self, node: Predicate, scope: Scope) -> str:
        match node:
            case And(parts=parts):
                return f"({' and '.join(self.expression(part, scope) for part in parts)})"
            case Or(parts=parts):
                return f"({' or '.join(self.expression(part, scope) for part in parts)})"
            case Not(part=part):
                return f"not {self.expression(part, scope)}"
            case InSegment(rule=rule):
                if id(rule) not in self._answers:
                    name = self.function(rule, "contact")
                    self._answers[id(rule)] = f"{name}({_PARAMETERS['contact']})"
                return self._answers[id(rule)]
            case Tagged(tag=tag):
                return f"has_tag(c, {self.bound(tag)})"
            case InIntercomSegment(name=name):
                raise UndecidedRule([name])
            case SomeCompany(rule=rule):
                return f"any(map({self.function(rule, 'company')}, companies))"
            case Occurrences() | OccurrenceDay() | Aggregate() | ActiveDays() | EventSequence():
                return self._event_test(node)
            case _:
                return self._field_test(node, self._value(node.field))

    # --- events ---------------------------------------------------------------------------------------------

    def _event_test(self, node: EventTest) -> str:
        match node:
            case Occurrences(event=event, comparison=comparison, count=count, where=where, window=window):
                passing = self._passing(event, where, window)
                if (comparison, count) == (">=", 1):
                    return f"any({passing})"
                return f"(sum({passing}) {_SIGNS[comparison]} {self.bound(count)})"
            case OccurrenceDay(event=event, which=which, test=test, where=where):
                pick = "min" if which == "first" else "max"
                day = f"{pick}({self._moments(event, where)}, default=None)"
                return f"((v := {day}) is not None and {self._passes(test)})"
            case ActiveDays(event=event, comparison=comparison, days=days, where=where, window=window):
                active = f"set(map(day, {self._moments(event, where, window)}))"
                return f"(len({active}) {_SIGNS[comparison]} {self.bound(days)})"
            case EventSequence(event=event, then=then, days=days, where=where, then_where=then_where):
                starts, later = self._moments(event, where), self._moments(then, then_where)
                return f"follows({starts}, {later}, {self.bound(days)}, day)"
            case Aggregate():
                return self._aggregate(node)

    def _aggregate(self, node: Aggregate) -> str:
        occurrences = f"compress(events, {self._passing(node.event, node.where, node.window)})"
        numbers = f"numbers_of({occurrences}, {self.bound(node.key.name)})"
        sign, bound = _SIGNS[node.comparison], self.bound(_exact(node.value))
        match node.function:
            case "sum":
                return f"(sum({numbers}) {sign} {bound})"
            case "average":
                return f"(len(n := {numbers}) > 0 and sum(n) {sign} {bound} * len(n))"
            case "minimum":
                return f"(len(n := {numbers}) > 0 and min(n) {sign} {bound})"
            case "maximum":
                return f"(len(n := {numbers}) > 0 and max(n) {sign} {bound})"

    def _moments(self, event: str, where: Predicate | None, window: DayTest | None = None) -> str:
        """When the occurrences happened that count, of those of which it is known."""
        return f"moments(compress(events, {self._passing(event, where, window)}))"

    def _passing(self, event: str, where: Predicate | None, window: DayTest | None = None) -> str:
        """For each occurrence of a person, whether it is of this event, in the window, with such metadata."""
        name, key = self.bound(event), self.bound(event_key(event))
        tests = [f"((n := x.get('event_name')) == {name} or is_spelling(n, {key}))"]
        more, arguments = "", "events"
        if isinstance(window, FIELD_DAY_TESTS):
            # `d` is the day of the contact's date, which is the same for all its occurrences.
            more, arguments = ", d", f"events, repeat(known_day({self._value(window.other)}))"
            moment = _IS_NUMBER.format(name="v", value="x.get('created_at')")
            tests.append(f"d is not None and {moment} and {self._is_apart(window, 'day(v) - d')}")
        elif window is not None:
            tests.append(f"type(v := x.get('created_at')) in numbers and {self._lies(window)}")
        if where is not None:
            metadata = "(a := objects(x, 'metadata')) is not None"  # it never is
            tests.append(f"{metadata} and {self.expression(where, 'occurrence')}")
        return f"map({self._define(' and '.join(tests), 'occurrence', more)}, {arguments})"

    # --- fields ---------------------------------------------------------------------------------------------

    def _value(self, field: Field) -> str:
        if field.custom or field.owner == "event":
            return f"a.get({self.bound(field.name)})"
        path = field.path
        return f"c.get({self.bound(path[0])})" if len(path) == 1 else f"nested(c, {self.bound(path)})"

    def _field_test(self, node: FieldTest, value: str) -> str:
        match node:
            case IsTrue():
                return f"{value} is True"
            case IsKnown(field=field):
                return self._is_known(field.type, value)
            case Equals(field=field, value=wanted):
                if field.type.is_number:
                    # `True == 1` in Python, but a boolean is no number in JSON.
                    return f"(type(v := {value}) in numbers and v == {self.bound(wanted)})"
                return f"{value} {'is' if field.type is DataType.BOOLEAN else '=='} {self.bound(wanted)}"
            case OneOf(field=field, values=values):
                kind = "in numbers" if field.type.is_number else "is str"
                return f"(type(v := {value}) {kind} and v in {self.bound(frozenset(values))})"
            case Matches(operator=operator, text=text):
                return f"(type(v := {value}) is str and {self._matches(operator, text)})"
            case Compares(comparison=comparison, value=bound):
                return f"(type(v := {value}) in numbers and v {_SIGNS[comparison]} {self.bound(bound)})"
            case Between(first=first, last=last):
                return f"(type(v := {value}) in numbers and {self.bound(first)} <= v <= {self.bound(last)})"
            case ComparesFields(comparison=comparison, other=other):
                other_value = f"type(w := {self._value(other)}) in numbers"
                return f"(type(v := {value}) in numbers and {other_value} and v {_SIGNS[comparison]} w)"
            case OnDay(test=test):
                return f"(type(v := {value}) in numbers and {self._passes(test)})"

    def _is_known(self, type_: DataType, value: str) -> str:
        if type_.is_text:
            return f"type({value}) is str"
        if type_ is DataType.BOOLEAN:
            return f"type({value}) is bool"
        return _IS_NUMBER.format(name="v", value=value)

    def _matches(self, operator: TextOperator, part: str) -> str:
        """The test of a text as one of `v`."""
        if operator == "contains word":
            return f"{self.bound(word_pattern(part).search)}(fold(v)) is not None"
        folded = fold(part)
        text = "v.lower()" if plainly_folded(folded) else "fold(v)"
        return _MATCHES[operator].format(part=self.bound(folded), text=text)

    # --- days -----------------------------------------------------------------------------------------------

    def _passes(self, test: DayTest) -> str:
        """The test of a day as one of `v`, unix seconds; another date is of the same subject."""
        if isinstance(test, FIELD_DAY_TESTS):
            other = _IS_NUMBER.format(name="w", value=self._value(test.other))
            return f"v == v and {other} and {self._is_apart(test, 'day(v) - day(w)')}"
        return self._lies(test)

    def _lies(self, test: PlainDayTest) -> str:
        first, end_of_last = passing_moments(test, self.today, self.zone)
        begin = "" if first is None else f"{self.bound(first)} <= "
        end = "" if end_of_last is None else f" < {self.bound(end_of_last)}"
        return f"{begin}v{end}" if begin or end else "v == v"

    def _is_apart(self, test: FieldDayTest, days: str) -> str:
        first, last = distance_range(test)
        begin = "" if first is None else f"{self.bound(first)} <= "
        end = "" if last is None else f" <= {self.bound(last)}"
        return f"{begin}{days}{end}"


# --- what the source refers to ------------------------------------------------------------------------------

_NOTHING: dict[str, Any] = {}


def _objects(subject: Json, key: str) -> dict[str, Any]:
    """The object under a key; an empty one where there is none."""
    value = subject.get(key)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else _NOTHING


def _nested_value(subject: Json, path: tuple[str, ...]) -> Any:
    value: Any = subject
    for key in path:
        value = cast("dict[str, Any]", value).get(key) if isinstance(value, dict) else None
    return value


def _has_tag(subject: Json, tag: str) -> bool:
    """Whether the subject has a tag of that name; one that is listed without its name is none.

    A contact's list is `tags.data`, a company's `tags.tags` (API 2.16 description).
    """
    tags = _objects(subject, "tags")
    listed = tags.get("data", tags.get("tags"))
    if not isinstance(listed, list):
        return False
    objects = (cast("dict[str, Any]", item) for item in cast("list[Any]", listed) if isinstance(item, dict))
    return any(item.get("name") == tag for item in objects)


def _is_spelling(name: object, key: str) -> bool:
    return isinstance(name, str) and event_key(name) == key


def _is_number(value: Any) -> bool:
    """A boolean is no number, and neither is NaN, which is not equal to itself."""
    return type(value) in (int, float) and value == value


def _moments(occurrences: Iterable[Json]) -> list[float]:
    """When the occurrences happened, of those of which it is known."""
    moments: list[Any] = [occurrence.get("created_at") for occurrence in occurrences]
    return [moment for moment in moments if _is_number(moment)]


def _numbers(occurrences: Iterable[Json], key: str) -> list[int | Fraction]:
    """The numbers under a key of the metadata, as the decimals they are written as."""
    values: list[Any] = [_objects(occurrence, "metadata").get(key) for occurrence in occurrences]
    return [_exact(value) for value in values if _is_number(value) and abs(value) < math.inf]


def _exact(number: float) -> int | Fraction:
    return number if isinstance(number, int) else _decimal(number)


@lru_cache(maxsize=10_000)
def _decimal(number: float) -> Fraction:
    """Prices and the like come again and again."""
    return Fraction(str(number))


def _follows(starts: list[float], later: list[float], days: int | None, day: Callable[[float], int]) -> bool:
    """Whether some moment of `later` comes with one of `starts` or after it, at most so many calendar days."""
    if not starts or not later:
        return False
    if days is None:
        return min(starts) <= max(later)
    starts.sort()
    # Of the starts until a moment, the last is the nearest.
    return any(
        until > 0 and day(moment) - day(starts[until - 1]) <= days
        for moment in later
        for until in (bisect_right(starts, moment),)
    )
