"""Which keys of JSON objects are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass


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
