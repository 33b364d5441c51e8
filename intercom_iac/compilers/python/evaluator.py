"""Typed rule -> a Python function of a person, fast enough to ask millions: what `rule eval` and tests of rules use.

`rules.meaning` says what a rule means, and the property tests hold this to it on every person they generate. Here a
rule becomes the source of a few Python functions. The source holds only names and operators; what the rule itself
says, texts and numbers, is bound to those names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import Any, Literal, cast

from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.days import add_days, day_start, passing_days
from intercom_iac.model.folding import fold, plainly_folded
from intercom_iac.model.person import Json, Person, event_key
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
    Predicate,
    SomeCompany,
    Tagged,
)

from ..limitations import by_form

UNSUPPORTED = by_form()


def evaluator(predicate: Predicate, *, today: date, zone: tzinfo) -> Callable[[Person], bool]:
    """The rule as a function of a person, compiled once and fast to call."""
    program = _Program(today, zone)
    return cast("Callable[[Person], bool]", program.names[program.function(predicate, "contact")])


# --- the rule as source -------------------------------------------------------------------------------------

# What a function is asked of: a person, a company, an occurrence of an event. In each, `x` is that subject, `c`
# the object that holds standard attributes, `a` the one that holds custom ones or metadata.
Scope = Literal["contact", "company", "occurrence"]
_BEGINNING: dict[Scope, str] = {
    "contact": "c = x.contact\n a = objects(c, 'custom_attributes')",
    "company": "c = x\n a = objects(c, 'custom_attributes')",
    "occurrence": "a = objects(x, 'metadata')",
}

_IS_KNOWN = {
    DataType.STRING: "type({}) is str",
    DataType.OPTIONS: "type({}) is str",
    DataType.BOOLEAN: "type({}) is bool",
    # JSON has one kind of number, and one that is not equal to itself (NaN) is none.
    DataType.INTEGER: "(type(v := {}) in numbers and v == v)",
    DataType.FLOAT: "(type(v := {}) in numbers and v == v)",
    DataType.DATE: "(type(v := {}) in numbers and v == v)",
}
_MATCHES = {
    "contains": "{part} in {text}",
    "starts with": "{text}.startswith({part})",
    "ends with": "{text}.endswith({part})",
}
_SIGNS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}


class _Program:
    """The functions of a rule, and what their source refers to by name."""

    def __init__(self, today: date, zone: tzinfo) -> None:
        self.today = today
        self.zone = zone
        self.names: dict[str, Any] = {
            "numbers": (int, float),
            "objects": _objects,
            "nested": _nested_value,
            "has_tag": _has_tag,
            "is_event": _is_event,
            "moment": _moment,
            "fold": fold,
        }
        self._segments: dict[int, str] = {}

    def function(self, node: Predicate, scope: Scope, also: str = "") -> str:
        """Makes a function of the node and gives its name; `also` is a test that has to hold first."""
        return self._define(also + self.expression(node, scope), scope)

    def _define(self, expression: str, scope: Scope) -> str:
        name = f"f{len(self.names)}"
        source = f"def {name}(x):\n {_BEGINNING[scope]}\n return {expression}\n"
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
                name = self._segments.get(id(rule))
                if name is None:
                    name = self._segments[id(rule)] = self.function(rule, scope)
                return f"{name}(x)"
            case Tagged(tag=tag):
                return f"has_tag(c, {self.bound(tag)})"
            case SomeCompany(rule=rule):
                return f"any(map({self.function(rule, 'company')}, x.companies))"
            case Occurrences():
                return self._occurrences(node)
            case OccurrenceDay(event=event, which=which, test=test, where=where):
                first = "min" if which == "first" else "max"
                day = f"moment(x.events, {self._occurrence(event, where)}, {first})"
                return f"((v := {day}) is not None and {self._passes(test)})"
            case _:
                return self._field_test(node, self._value(node.field))

    # --- events ---------------------------------------------------------------------------------------------

    def _occurrences(self, node: Occurrences) -> str:
        function = self._occurrence(node.event, node.where, node.window)
        if (node.comparison, node.count) == (">=", 1):
            return f"any(map({function}, x.events))"
        return f"(sum(map({function}, x.events)) {_SIGNS[node.comparison]} {self.bound(node.count)})"

    def _occurrence(self, event: str, where: Predicate | None, window: DayTest | None = None) -> str:
        """A function of an occurrence: that it is of this event, in the window, with such metadata."""
        tests = [f"is_event(x, {self.bound(event)}, {self.bound(event_key(event))})"]
        if window is not None:
            tests.append(f"type(v := x.get('created_at')) in numbers and {self._passes(window)}")
        if where is not None:
            tests.append(self.expression(where, "occurrence"))
        return self._define(" and ".join(tests), "occurrence")

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
                return _IS_KNOWN[field.type].format(value)
            case Equals(field=field, value=wanted):
                if field.type.is_number:
                    # `True == 1` in Python, but a boolean is no number in JSON.
                    return f"(type(v := {value}) in numbers and v == {self.bound(wanted)})"
                return f"{value} {'is' if field.type is DataType.BOOLEAN else '=='} {self.bound(wanted)}"
            case OneOf(field=field, values=values):
                kind = "in numbers" if field.type.is_number else "is str"
                return f"(type(v := {value}) {kind} and v in {self.bound(frozenset(values))})"
            case Matches(operator=operator, text=text):
                folded = fold(text)
                lowered = "v.lower()" if plainly_folded(folded) else "fold(v)"
                matches = _MATCHES[operator].format(part=self.bound(folded), text=lowered)
                return f"(type(v := {value}) is str and {matches})"
            case Compares(comparison=comparison, value=bound):
                return f"(type(v := {value}) in numbers and v {_SIGNS[comparison]} {self.bound(bound)})"
            case OnDay(test=test):
                return f"(type(v := {value}) in numbers and {self._passes(test)})"

    def _passes(self, test: DayTest) -> str:
        """The test of a day as one of `v`, unix seconds."""
        first, last = passing_days(test, self.today)
        begin = "" if first is None else f"{self.bound(day_start(first, self.zone))} <= "
        end = "" if last is None else f" < {self.bound(day_start(add_days(last, 1), self.zone))}"
        return f"{begin}v{end}" if begin or end else "v == v"


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


def _is_event(occurrence: Json, name: str, key: str) -> bool:
    given = occurrence.get("event_name")
    return given == name or (isinstance(given, str) and event_key(given) == key)


def _moment(
    occurrences: Sequence[Json], passes: Callable[[Json], bool], pick: Callable[[Sequence[float]], float]
) -> float | None:
    """When the first or last of the occurrences that pass happened; None where none did."""
    moments: list[Any] = [occurrence.get("created_at") for occurrence in occurrences if passes(occurrence)]
    # As for any number: a boolean is none, and neither is NaN, which is not equal to itself.
    known = [moment for moment in moments if type(moment) in (int, float) and moment == moment]
    return pick(known) if known else None
