"""Two schemas -> everything that differs between them, classified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from intercom_iac.diagnostics import LEVELS
from intercom_iac.model import Schema

from .change import SchemaChange
from .compare.attributes import compare_attributes
from .compare.events import compare_events
from .compare.segments import compare_segments
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


def changes_of_all(pairs: Mapping[str, tuple[Schema, Schema]]) -> tuple[SchemaChange, ...]:
    """The changes of a project for each of its workspaces, by their names; what is the same is told once.

    One that not all of them see says which do.
    """
    found: dict[tuple[int, int], list[str]] = {}
    for name, (old, new) in pairs.items():
        # Where nothing varies, all workspaces have one schema.
        found.setdefault((id(old), id(new)), []).append(name)
    seen_by: dict[tuple[str, str], list[tuple[SchemaChange, list[str]]]] = {}
    for names in found.values():
        for each in changes(*pairs[names[0]]):
            told = seen_by.setdefault((each.address, each.code), [])
            same = next((holders for change, holders in told if change == each), None)
            if same is None:
                told.append((each, [*names]))
            else:
                same += names
    return _by_level(
        each if len(names) == len(pairs) else _only_in(names, each)
        for told in seen_by.values()
        for each, names in told
    )


def _only_in(names: list[str], change: SchemaChange) -> SchemaChange:
    listed = ", ".join(f"`{name}`" for name in names)
    return replace(change, message=f"in {listed}: {change.message}", workspaces=tuple(names))


def _by_level(found: Iterable[SchemaChange]) -> tuple[SchemaChange, ...]:
    return tuple(sorted(found, key=lambda schema_change: LEVELS.index(schema_change.level)))
