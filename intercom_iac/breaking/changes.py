"""Two schemas -> everything that differs between them, classified."""

from __future__ import annotations

from collections.abc import Iterable

from intercom_iac.model import Schema

from .change import LEVELS, SchemaChange
from .compare import compare_attributes, compare_events, compare_segments
from .readers import Readers


def changes(old: Schema, new: Schema) -> tuple[SchemaChange, ...]:
    """Every change, the gravest first. None for schemas that say the same."""
    readers = Readers(old, new)
    found = [
        *compare_attributes(old, new, readers),
        *compare_events(old, new, readers),
        *compare_segments(old, new, readers),
    ]
    return _by_level(found)


def changes_of_all(pairs: Iterable[tuple[Schema, Schema]]) -> tuple[SchemaChange, ...]:
    """The changes of several pairs, as of one project for each of its workspaces; what is the same is told once."""
    told: dict[tuple[str, str], list[SchemaChange]] = {}
    for old, new in pairs:
        for each in changes(old, new):
            same = told.setdefault((each.address, each.code), [])
            if each not in same:
                same.append(each)
    return _by_level([each for same in told.values() for each in same])


def _by_level(found: Iterable[SchemaChange]) -> tuple[SchemaChange, ...]:
    return tuple(sorted(found, key=lambda each: LEVELS.index(each.level)))
