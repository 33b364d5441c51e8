"""Which schema of then each workspace of now is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from intercom_iac.model import Schema

K = TypeVar("K")
V = TypeVar("V")
Pairs = dict[str, tuple[Schema, Schema]]


def pairs_of(old: Mapping[str, Schema], new: Mapping[str, Schema], before: Mapping[str, str]) -> Pairs:
    """The schemas to compare, by the name of a workspace. `before` has the names that those of now had then.

    A workspace that is new is compared by what no other one had, and one that is gone by what only it had, with what
    is declared of that for any workspace now. A pair without entries is left out.
    """
    found = {name: (old[then], new[name]) for name, then in before.items()}
    for name in new.keys() - before.keys():
        found[name] = Schema(), _without(new[name], *old.values())
    stayed = [old[then] for then in before.values()]
    for name in old.keys() - set(before.values()):
        alone = _without(old[name], *stayed)
        found[name] = alone, _together(*(_among(each, alone) for each in new.values()))
    return {name: found[name] for name in sorted(found, key=[*new, *old].index) if _any(found[name])}


def _any(pair: tuple[Schema, Schema]) -> bool:
    return any(schema.attributes or schema.events or schema.segments for schema in pair)


def _without(schema: Schema, *others: Schema) -> Schema:
    """The entries that none of the others has."""
    for other in others:
        schema = _kept(schema, other, lambda had: not had)
    return schema


def _among(schema: Schema, other: Schema) -> Schema:
    """The entries that the other has, too."""
    return _kept(schema, other, lambda had: had)


def _kept(schema: Schema, other: Schema, wanted: Callable[[bool], bool]) -> Schema:
    def kept(entries: Mapping[K, V], others: Mapping[K, V]) -> dict[K, V]:
        return {key: entry for key, entry in entries.items() if wanted(key in others)}

    return replace(
        schema,
        attributes=kept(schema.attributes, other.attributes),
        events=kept(schema.events, other.events),
        segments=kept(schema.segments, other.segments),
    )


def _together(*schemas: Schema) -> Schema:
    return Schema(
        {key: attribute for schema in schemas for key, attribute in schema.attributes.items()},
        {key: event for schema in schemas for key, event in schema.events.items()},
        {key: segment for schema in schemas for key, segment in schema.segments.items()},
    )
