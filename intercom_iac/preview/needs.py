"""What rules read of people, so that nothing else is taken from their files."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import date, tzinfo

from intercom_iac.compilers.sql import column
from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field, Predicate, event_key, events_of, fields_of, reads_tags, walk
from intercom_iac.model.attribute import Owner
from intercom_iac.model.days import passing_moments
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    ActiveDays,
    Aggregate,
    Occurrences,
    SomeCompany,
    own_fields,
)

from .json.keys import Keys


@dataclass(frozen=True, slots=True)
class Needs:
    """Attributes, lists of a contact (`tags`, `companies`), events by their names, and fields of their metadata."""

    fields: tuple[Field, ...]
    lists: tuple[str, ...]
    events: tuple[str, ...]
    metadata: tuple[Field, ...]

    @classmethod
    def from_rules(cls, rules: Collection[Predicate]) -> Needs:
        return cls(
            tuple(distinct_fields(rules)),
            tuple(dict.fromkeys(name for rule in rules for name in required_lists(rule))),
            tuple(dict.fromkeys(name for rule in rules for name in events_of(rule))),
            tuple(
                field
                for rule in rules
                for node in walk(rule)
                for field in own_fields(node)
                if field.owner == "event"
            ),
        )


def required_lists(rule: Predicate) -> tuple[str, ...]:
    """Which of a contact's lists the rule asks for: `tags`, `companies`."""
    companies = any(isinstance(node, SomeCompany) for node in walk(rule))
    return (*(("tags",) if reads_tags(rule) else ()), *(("companies",) if companies else ()))


def distinct_fields(rules: Iterable[Predicate]) -> list[Field]:
    """The fields that the rules read, each once."""
    found = {(field.owner, field.name): field for rule in rules for field in fields_of(rule)}
    return list(found.values())


def refuse_columns_alike(fields: Iterable[Field]) -> None:
    """Raises `Misuse` where two fields of a model would be one column to an engine that ignores the case of names."""
    found: dict[tuple[str, str], Field] = {}
    for field in fields:
        other = found.setdefault((field.owner, column(field).casefold()), field)
        if other is not field and field.owner != "event":
            alike = (
                f"the attributes `{other.name}` and `{field.name}` of a {field.owner} differ in case alone"
            )
            raise Misuse(
                f"{alike}, and are one column to the engine",
                hint="count segments that read one of them alone; `rule eval` tells the two apart",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadKeys:
    """What a rule reads of the objects in files.

    `events` are the names of the events that count, by their keys (`event_key`), `moments` the first and the last
    between which they lie; None where they may lie anywhere.
    """

    contact: Keys
    company: Keys
    event: Keys
    events: frozenset[str]
    moments: tuple[float, float] | None


def read_keys(rule: Predicate, *, today: date, zone: tzinfo) -> ReadKeys:
    """What the rule reads, with what says whose an object is and which of its lists are told in part."""
    needs = Needs.from_rules([rule])
    lists = {name: _LISTS[name] for name in needs.lists}
    tags = {name: keys for name, keys in lists.items() if name == "tags"}
    return ReadKeys(
        contact=_keys(_paths(needs.fields, "contact"), ("id", "external_id"), lists),
        company=_keys(_paths(needs.fields, "company"), ("id",), tags),
        event=_keys(_paths(needs.metadata, "event"), ("intercom_user_id", "event_name", "created_at"), {}),
        events=frozenset(map(event_key, needs.events)),
        moments=_counted_moments(rule, today, zone),
    )


def _counted_moments(rule: Predicate, today: date, zone: tzinfo) -> tuple[float, float] | None:
    """Between which moments every occurrence lies that counts for the rule; None where there are no such bounds."""
    firsts: list[float] = []
    lasts: list[float] = []
    for node in walk(rule):
        if not isinstance(node, EVENT_TESTS):
            continue
        window = node.window if isinstance(node, Occurrences | Aggregate | ActiveDays) else None
        if window is None or isinstance(window, FIELD_DAY_TESTS):
            return None
        begin, end = passing_moments(window, today, zone)
        firsts.append(-math.inf if begin is None else begin)
        lasts.append(math.inf if end is None else end)
    return (min(firsts), max(lasts)) if firsts else None


_TAG = Keys(values=("id", "name"))
_TAGS = Keys(values=("has_more",), lists={"data": _TAG, "tags": _TAG})
_LINKS = Keys(values=("has_more",), lists={"data": Keys(values=("id",))})
_LISTS: Mapping[str, Keys] = {"tags": _TAGS, "companies": _LINKS}


def _paths(fields: Iterable[Field], owner: Owner) -> list[tuple[str, ...]]:
    return [one.path for one in fields if one.owner == owner]


def _keys(paths: Iterable[tuple[str, ...]], values: tuple[str, ...], objects: Mapping[str, Keys]) -> Keys:
    """The keys on the paths, those values and those objects."""
    below: dict[str, list[tuple[str, ...]]] = {}
    plain = dict.fromkeys(values)
    for first, *rest in paths:
        if rest:
            below.setdefault(first, []).append(tuple(rest))
        else:
            plain[first] = None
    nested = {name: _keys(rests, (), {}) for name, rests in below.items()} | dict(objects)
    # Of what is read as a value only the type counts where it is an object.
    return Keys(values=tuple(name for name in plain if name not in nested), objects=nested)
