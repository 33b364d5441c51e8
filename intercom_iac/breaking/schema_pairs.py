"""Which old schema each workspace is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from intercom_iac.model import Schema

K = TypeVar("K")
V = TypeVar("V")
Pairs = dict[str, tuple[Schema, Schema]]


def pair_schemas(old: Mapping[str, Schema], new: Mapping[str, Schema], old_names: Mapping[str, str]) -> Pairs:
    """The old and the new schema to compare, by the name of a workspace. `old_names` maps the new names to the old.

    A workspace that was added is compared by what no old one had, and one that was removed by what only it had, with
    what is declared of that for any workspace now. A pair without entries is left out.
    """
    pairs = {name: (old[old_name], new[name]) for name, old_name in old_names.items()}
    for name in new.keys() - old_names.keys():
        pairs[name] = Schema(), _remaining_entries(new[name], *old.values())
    kept = [old[old_name] for old_name in old_names.values()]
    for name in old.keys() - set(old_names.values()):
        own = _remaining_entries(old[name], *kept)
        pairs[name] = own, _union(*(_intersection(schema, own) for schema in new.values()))
    return {name: pairs[name] for name in sorted(pairs, key=[*new, *old].index) if _has_entries(pairs[name])}


def _has_entries(pair: tuple[Schema, Schema]) -> bool:
    return any(schema.attributes or schema.events or schema.segments for schema in pair)


def _remaining_entries(schema: Schema, *others: Schema) -> Schema:
    """The entries that none of the others has."""
    for other in others:
        schema = _selected_entries(schema, other, lambda in_other: not in_other)
    return schema


def _intersection(schema: Schema, other: Schema) -> Schema:
    """The entries that the other has, too."""
    return _selected_entries(schema, other, lambda in_other: in_other)


def _selected_entries(schema: Schema, other: Schema, wanted: Callable[[bool], bool]) -> Schema:
    def select(entries: Mapping[K, V], others: Mapping[K, V]) -> dict[K, V]:
        return {key: entry for key, entry in entries.items() if wanted(key in others)}

    return replace(
        schema,
        attributes=select(schema.attributes, other.attributes),
        events=select(schema.events, other.events),
        segments=select(schema.segments, other.segments),
    )


def _union(*schemas: Schema) -> Schema:
    return Schema(
        attributes={key: attribute for schema in schemas for key, attribute in schema.attributes.items()},
        events={key: event for schema in schemas for key, event in schema.events.items()},
        segments={key: segment for schema in schemas for key, segment in schema.segments.items()},
    )
