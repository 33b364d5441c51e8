"""What a typed rule is made of, as a table: each kind of node with its properties, read off the dataclasses.

The JSON Schema and the decoder both go by it, and so does the encoder, which writes the same dataclass fields
(`print.outline`). What the dataclasses do not say, what a property is for and its bounds, stands here by its name.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import MISSING, fields
from dataclasses import Field as DataclassField
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.attribute import Owner
from intercom_iac.model.predicate import MAX_OPEN_LEVELS, DayTest

FORMAT_VERSION = "1.0"
# A day of the calendar, as `date.isoformat` writes it.
DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Group = Literal["rule", "day_test"]
_GROUPS: Mapping[Group, frozenset[type]] = MappingProxyType(
    {"rule": frozenset(get_args(Predicate)), "day_test": frozenset(get_args(DayTest))}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value of one of these types: `str`, `int`, `float`, `bool`, and `date`, a text of the form 2026-01-31.

    `least` is the smallest whole number.
    """

    types: frozenset[type]
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a group, but for the kind that is `never` there."""

    group: Group
    never: str | None = None


@dataclass(frozen=True, slots=True)
class FieldObject:
    """A field: an object with the properties `FIELD_PROPERTIES`."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of so many or more."""

    item: Shape
    least: int


Shape = Choice | Scalar | Node | FieldObject | ListOf


@dataclass(frozen=True, slots=True)
class Property:
    """A key of an object. `required`: it may not be left out; `nullable`: it may be null.

    `default` is what it is where it is left out.
    """

    name: str
    shape: Shape
    about: str
    required: bool = True
    nullable: bool = False
    default: str | int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: its class, what it says, and its properties besides `node`, which has its name."""

    node: type
    about: str
    properties: tuple[Property, ...]

    @property
    def name(self) -> str:
        return self.node.__name__


FIELD_PROPERTIES = (
    Property("owner", Choice(get_args(Owner)), "What has it: a contact, a company, or an event's metadata."),
    Property("name", Scalar(frozenset({str})), "Its name, as a rule calls it."),
    Property("type", Choice(tuple(DataType)), "The type that the specs declare, or that Intercom gives it."),
    Property(
        "model",
        Choice(("contact", "company")),
        "The same as `owner`, from before there was one; `contact` for an event's metadata too.",
        required=False,
    ),
)

_ABOUT = {
    "amount": "How the number of days is meant.",
    "comparison": "How the one stands to the other.",
    "count": "How many occurrences.",
    "day": "The day: of the calendar, or by its name.",
    "days": "How many days.",
    "direction": "Before today or after it.",
    "event": "The name of the event.",
    "field": "The field that is tested.",
    "first": "The first that passes.",
    "function": "What is made of the numbers.",
    "key": "The key of the event's metadata that has the number.",
    "last": "The last that passes.",
    "name": "The name that it has in Intercom.",
    "operator": "How the text is looked for.",
    "other": "The field that it is compared with.",
    "part": "The rule that does not hold.",
    "parts": "The rules that are joined.",
    "rule": "The rule that the company satisfies.",
    "segment": "The key of the segment.",
    "side": "Before the other date, after it, or either.",
    "tag": "The name of the tag.",
    "test": "The days that pass.",
    "text": "The text that is looked for.",
    "then": "The name of the event that follows.",
    "then_where": "What the metadata of the following occurrence satisfies; null for any.",
    "value": "What it is compared with.",
    "values": "What it may equal.",
    "where": "What the metadata of an occurrence satisfies; null for any.",
    "which": "The first occurrence or the last.",
    "window": "The days on which occurrences count; null for any.",
    "DaysBetween.first": "The first day: of the calendar, or so many days from today, before it where negative.",
    "DaysBetween.last": "The last day: of the calendar, or so many days from today, before it where negative.",
    "EventSequence.days": "How many days later at most; null for any number.",
    "InSegment.rule": (
        "The segment's rule. May be left out, as it is where segments refer to each other through more than "
        f"{MAX_OPEN_LEVELS} levels; a rule that is not that of the specs is refused."
    ),
}
_LEAST = {"count": 0, "days": 0, "values": 1, "parts": 2}
# A chain inside a chain of its kind, and the negation of a negation, are written as one.
_NEVER = {"And.parts[]": "And", "Or.parts[]": "Or", "Not.part": "Not"}
# What the specs say again, so that a document need not.
_IMPLIED = frozenset({"InSegment.rule"})
# Where a node stands is not part of what it says.
_LEFT_OUT = frozenset({"span"})


@cache
def kinds(group: Group) -> Mapping[str, Kind]:
    """The kinds of nodes of a group by name, in the order of the model."""
    nodes: tuple[type, ...] = get_args(Predicate if group == "rule" else DayTest)
    return MappingProxyType({node.__name__: _kind(node) for node in nodes})


def _kind(node: type) -> Kind:
    annotations = get_type_hints(node)
    properties = [
        _property(node.__name__, field, annotations[field.name])
        for field in fields(node)
        if field.name not in _LEFT_OUT
    ]
    return Kind(node, inspect.cleandoc(node.__doc__ or ""), tuple(properties))


def _property(node: str, field: DataclassField[Any], annotation: Any) -> Property:
    full = f"{node}.{field.name}"
    members = _members(annotation)
    default = None if field.default is MISSING else field.default
    return Property(
        field.name,
        _shape(members - {NoneType}, full),
        _ABOUT.get(full) or _ABOUT[field.name],
        required=field.default is MISSING and full not in _IMPLIED,
        nullable=NoneType in members,
        default=default,
    )


def _shape(members: frozenset[Any], full: str) -> Shape:
    for group, nodes in _GROUPS.items():
        if members <= nodes:
            return Node(group, _NEVER.get(full))
    if Field in members:
        return FieldObject()
    if all(isinstance(member, str) for member in members):
        return Choice(tuple(sorted(members)))
    least = _LEAST.get(full.partition(".")[2])
    if all(get_origin(member) is tuple for member in members):
        (member,) = members
        items = _members(get_args(member)[0])
        return ListOf(_shape(items, f"{full}[]"), least or 0)
    return Scalar(members, least)


def _members(annotation: Any) -> frozenset[Any]:
    """The types of a union and the words of its literals, all in one; of anything else itself."""
    if get_origin(annotation) is Literal:
        return frozenset(get_args(annotation))
    if get_origin(annotation) in (Union, UnionType):
        return frozenset(member for part in get_args(annotation) for member in _members(part))
    return frozenset({annotation})
