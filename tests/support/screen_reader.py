"""Steps read back: whom the filters take that a person builds by them, by the words of Intercom's help articles.

Made without the compiler: it knows lines of text, the labels of attributes, and what the articles say of each word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from intercom_iac.model import DataType, Field, Person, Schema
from intercom_iac.model.days import calendar_day
from intercom_iac.model.folding import matches
from intercom_iac.model.standard import STANDARD
from intercom_iac.rules.meaning import is_named, known_value, tag_names

UNCERTAIN = re.compile(r" \(not certain: [^()]*\)$")
PART = re.compile(r'("(?:[^"\\]|\\.)*"|[^·]*?)(?: · |$)')
OF_UNKNOWN = {"is not", "does not contain", "is unknown"}


@dataclass(frozen=True)
class Asked:
    """One person, asked at a moment. `never` is the count of an event that somebody never did: 0 or unknown."""

    person: Person
    schema: Schema
    today: date
    zone: tzinfo
    segments: Mapping[str, Callable[[Person], bool]]
    never: int | None = None


def is_whole(steps: Sequence[str]) -> bool:
    """Whether the steps say all of the rule."""
    return not any("cannot express" in step for step in steps)


def takes(steps: Sequence[str], asked: Asked) -> bool:
    """Whether the filters that the steps build take the person."""
    lines = [((len(step) - len(step.lstrip())) // 2, step.strip()) for step in steps]
    (result,) = _held(lines, asked)
    return result


def _held(lines: list[tuple[int, str]], asked: Asked) -> Iterator[bool]:
    """Of each line that stands no deeper than the first, whether it holds."""
    at = 0
    while at < len(lines):
        depth, text = lines[at]
        below = at + 1
        while below < len(lines) and lines[below][0] > depth:
            below += 1
        inner = lines[at + 1 : below]
        if text.startswith("add filter: "):
            assert not inner
            yield _passes(text.removeprefix("add filter: "), asked)
        else:
            found = re.fullmatch(r"(?:match|add a group that matches) (all|any) of \w+ filters, .*:", text)
            assert found, text
            join = all if found[1] == "all" else any
            assert len(inner) > 1
            assert (" And " if found[1] == "all" else " Or ") in text
            yield join(list(_held(inner, asked)))
        at = below


def parts_of(text: str) -> list[str]:
    """The parts of a filter, each as it is typed in."""
    text = UNCERTAIN.sub("", text)
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = PART.match(text, at)
        assert found, text
        assert found.end() > at, text
        parts.append(json.loads(found[1]) if found[1].startswith('"') else found[1])
        at = found.end()
    return parts


def _passes(text: str, asked: Asked) -> bool:
    match parts_of(text):
        case ["Person tag", operator, tag] if text.startswith("Person tag"):
            return (tag in tag_names(asked.person.contact)) is (operator == "is")
        case ["Company tag", operator, tag] if text.startswith("Company tag"):
            held = any(tag in tag_names(company) for company in asked.person.companies)
            return held is (operator == "is")
        case ["Segment", operator, name] if text.startswith("Segment"):
            return asked.segments[name](asked.person) is (operator == "is")
        case ["Event", event, about, operator, *value] if text.startswith("Event"):
            return _event(event, about, operator, value, asked)
        case ["Company data", label, operator, *value] if text.startswith("Company data"):
            field = _field("company", label, asked.schema)
            known = [known_value(company, field) for company in asked.person.companies]
            return any(_holds(one, field.type, operator, value, asked) for one in known or [None])
        case [label, operator, *value]:
            field = _field("contact", label, asked.schema)
            known_one = known_value(asked.person.contact, field)
            return _holds(known_one, field.type, operator, value, asked)
        case _:
            raise AssertionError(text)


def _field(owner: Any, label: str, schema: Schema) -> Field:
    """What the screen lists by the label: own attributes by their names, Intercom's by theirs."""
    found = [each.field() for each in STANDARD.values() if each.model == owner and each.label == label]
    if (owner, label) in schema.attributes:
        found = [schema.attributes[owner, label].field()]
    (field,) = found
    return field


def _event(event: str, about: str, operator: str, value: list[str], asked: Asked) -> bool:
    moments = [each["created_at"] for each in asked.person.events if is_named(each, event)]
    match about:
        case "Count":
            count = len(moments) or asked.never
            return _holds(count, DataType.INTEGER, operator, value, asked)
        case "First occurred":
            return _holds(min(moments, default=None), DataType.DATE, operator, value, asked)
        case "Last occurred":
            return _holds(max(moments, default=None), DataType.DATE, operator, value, asked)
        case _:
            raise AssertionError(about)


def _holds(known: Any, type_: DataType, operator: str, value: list[str], asked: Asked) -> bool:
    if operator in ("is unknown", "has any value"):
        assert value == []
        return (known is None) is (operator == "is unknown")
    (given,) = value
    if known is None:
        return operator in OF_UNKNOWN
    if type_ is DataType.DATE:
        return _day(calendar_day(known, asked.zone), operator, given, asked.today)
    if type_ is DataType.BOOLEAN:
        assert operator == "is"
        return known is {"true": True, "false": False}[given]
    if type_ in (DataType.INTEGER, DataType.FLOAT):
        return _number(known, operator, given)
    match operator:
        case "is":
            return known == given
        case "is not":
            return known != given
        case "does not contain":
            return not matches("contains", known, given)
        case "contains exact word":
            return matches("contains word", known, given)
        case "contains" | "starts with" | "ends with":
            return matches(operator, known, given)
        case _:
            raise AssertionError(operator)


def _number(known: float, operator: str, given: str) -> bool:
    number = int(given) if re.fullmatch(r"-?\d+", given) else float(given)
    return {
        "is": known == number,
        "is not": known != number,
        "greater than": known > number,
        "less than": known < number,
    }[operator]


def _day(day: date, operator: str, given: str, today: date) -> bool:
    """Days ago are negative for days to come, and `less than` includes these."""
    if operator in ("before", "on", "after"):
        other = date.fromisoformat(given)
        return {"before": day < other, "on": day == other, "after": day > other}[operator]
    found = re.fullmatch(r"(-?\d+) days? ago", given)
    assert found, given
    ago, wanted = (today - day).days, int(found[1])
    return {"more than": ago > wanted, "exactly": ago == wanted, "less than": ago < wanted}[operator]
