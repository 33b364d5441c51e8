"""What a rule reads of contacts, companies and events: of a file's objects, nothing else need be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, event_key, events_of, reads_tags, walk
from intercom_iac.model.attribute import Field, Owner
from intercom_iac.model.predicate import SomeCompany, own_fields


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of an object that are read.

    `values` are taken as they are. Under a key of `objects` stands an object of which other keys are read, under a
    key of `lists` a list of such.
    """

    values: tuple[str, ...] = ()
    objects: Mapping[str, Keys] = field(default_factory=dict[str, "Keys"])
    lists: Mapping[str, Keys] = field(default_factory=dict[str, "Keys"])

    @property
    def has_lists(self) -> bool:
        """Whether there are lists, at any depth."""
        return bool(self.lists) or any(nested.has_lists for nested in self.objects.values())

    def names(self) -> frozenset[str]:
        """Every key, at any depth."""
        below = (keys.names() for keys in (*self.objects.values(), *self.lists.values()))
        return frozenset({*self.values, *self.objects, *self.lists}.union(*below))

    def nested_names(self) -> frozenset[str]:
        """Every key of an object or a list, at any depth."""
        below = (keys.nested_names() for keys in (*self.objects.values(), *self.lists.values()))
        return frozenset({*self.objects, *self.lists}.union(*below))

    def only(self, thing: Mapping[str, Any]) -> dict[str, Any]:
        """An object without what is not read of it."""
        found = {name: thing[name] for name in (*self.values, *self.objects, *self.lists) if name in thing}
        for name, keys in self.objects.items():
            if isinstance(below := found.get(name), dict):
                found[name] = keys.only(cast("dict[str, Any]", below))
        for name, keys in self.lists.items():
            if isinstance(listed := found.get(name), list):
                found[name] = list(map(keys._only_of_object, cast("list[Any]", listed)))
        return found

    def _only_of_object(self, item: object) -> object:
        return self.only(cast("dict[str, Any]", item)) if isinstance(item, dict) else item


@dataclass(frozen=True, slots=True)
class ReadKeys:
    """What a rule reads of each kind of object, and of which events, by their keys (`event_key`)."""

    contact: Keys
    company: Keys
    event: Keys
    events: frozenset[str]


def read_keys(rule: Predicate) -> ReadKeys:
    """What the rule reads, with what says whose an object is and which of its lists are told in part."""
    nodes = tuple(walk(rule))
    fields = [one for node in nodes for one in own_fields(node)]
    tagged = reads_tags(rule)
    lists: dict[str, Keys] = {"tags": _TAGS} if tagged else {}
    links = {"companies": _LINKS} if any(isinstance(node, SomeCompany) for node in nodes) else {}
    return ReadKeys(
        contact=_keys(_paths(fields, "contact"), ("id", "external_id"), {**lists, **links}),
        company=_keys(_paths(fields, "company"), ("id",), lists),
        event=_keys(_paths(fields, "event"), ("intercom_user_id", "event_name", "created_at"), {}),
        events=frozenset(map(event_key, events_of(rule))),
    )


_TAG = Keys(values=("id", "name"))
_TAGS = Keys(values=("has_more",), lists={"data": _TAG, "tags": _TAG})
_LINKS = Keys(values=("has_more",), lists={"data": Keys(values=("id",))})


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
