"""Two schemas -> everything that differs between them, classified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import LEVELS
from intercom_iac.model import Schema
from intercom_iac.model.world import World
from intercom_iac.text import quoted_names

from .change import SchemaChange
from .compare.attributes import compare_attributes
from .compare.contracts import compare_contracts, compare_tests
from .compare.events import compare_events
from .compare.segments import compare_segments, same_segments
from .dependents import Dependents
from .effects import with_effects
from .members import MemberChange, compare_members, new_member_changes


def compare_schemas(
    old: Schema, new: Schema, world: World | None = None, no_new_members: Sequence[str] = ()
) -> tuple[SchemaChange, ...]:
    """Every change, the gravest first. None for schemas that say the same.

    In a `world`, rules that changed are related by proof: who enters a segment and who leaves it; and of an attribute
    that is gone, archived, retyped or has an option less, what that does to segments. `no_new_members`
    are keys and patterns of segments that nobody may enter; they need a world.
    """
    dependents = Dependents(old, new)
    pairs = list(same_segments(old, new))
    members: Mapping[str, Sequence[MemberChange]] = (
        {} if world is None else compare_members(pairs, old, new, world)
    )
    return _by_level(
        (
            *with_effects(compare_attributes(old, new, dependents), old, new, world),
            *compare_events(old, new, dependents),
            *compare_segments(old, new, dependents, members),
            *new_member_changes(pairs, members, no_new_members),
            *compare_contracts(old, new),
            *compare_tests(old, new),
        )
    )


def compare_workspaces(
    pairs: Mapping[str, tuple[Schema, Schema]],
    world: World | None = None,
    no_new_members: Sequence[str] = (),
) -> tuple[SchemaChange, ...]:
    """The changes of a project for each of its workspaces, by their names; those of all workspaces stand there once.

    A change that not all of them have says which do. The rest is as in `compare_schemas`.
    """
    names_by_pair: dict[tuple[int, int], list[str]] = {}
    for name, (old, new) in pairs.items():
        # Where nothing varies, all workspaces have one schema.
        names_by_pair.setdefault((id(old), id(new)), []).append(name)
    by_code: dict[tuple[str, str], list[tuple[SchemaChange, list[str]]]] = {}
    for names in names_by_pair.values():
        for change in compare_schemas(*pairs[names[0]], world, no_new_members):
            known = by_code.setdefault((change.address, change.code), [])
            holders = next((workspaces for earlier, workspaces in known if earlier == change), None)
            if holders is None:
                known.append((change, [*names]))
            else:
                holders += names
    return _by_level(
        change if len(names) == len(pairs) else _limited_to(names, change)
        for known in by_code.values()
        for change, names in known
    )


def _limited_to(names: list[str], change: SchemaChange) -> SchemaChange:
    return replace(change, message=f"in {quoted_names(names)}: {change.message}", workspaces=tuple(names))


def _by_level(changes: Iterable[SchemaChange]) -> tuple[SchemaChange, ...]:
    return tuple(sorted(changes, key=lambda change: LEVELS.index(change.level)))
