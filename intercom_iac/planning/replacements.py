"""Attributes that take the place of others: where each one stands, and what is counted for it.

The stages follow each other: the new attribute is created (1), values are copied (2), rules and audiences read it
(3), the old one is archived (4). A plan makes the one that is due. What tells that values are copied is a count of
contacts, or the specs, which say `status: archived` of the old one. Companies cannot be counted.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import (
    Attribute,
    DataType,
    Field,
    LiveAttribute,
    ModelName,
    Predicate,
    Replaced,
    Schema,
    Snapshot,
)
from intercom_iac.model.address import attribute_address, audience_address
from intercom_iac.model.conversions import conversion_rule
from intercom_iac.model.predicate import And, IsKnown, Not

from .measuring import Count
from .operations import attributes_of
from .plan import Copies, Stage

_ANY_DAY = date(2000, 1, 1)
# How many replacements are counted, with two searches each.
MOST_COUNTED = 10


@dataclass(frozen=True, slots=True)
class Replacement:
    """An attribute that takes the place of one that the workspace has and has not archived.

    `live` is the new one where the workspace has it. `kept` is the old one where the specs declare it. `rules` are
    the segments whose rules read the old one, `audiences` the names of those that do in the workspace.
    """

    new: Attribute
    replaced: Replaced
    old: LiveAttribute
    live: LiveAttribute | None
    kept: Attribute | None
    rules: tuple[str, ...]
    audiences: tuple[str, ...]
    copies: Copies | None

    @property
    def is_created(self) -> bool:
        return self.live is not None and not self.live.archived

    @property
    def is_let_go(self) -> bool:
        """Whether the specs say that the old one is archived: nothing of it is needed any more."""
        return self.kept is not None and self.kept.status == "archived"

    @property
    def is_copied(self) -> bool:
        return self.is_let_go or (self.copies is not None and self.copies.are_complete)

    @property
    def is_due_to_copy(self) -> bool:
        return self.is_created and not self.is_copied


def open_replacements(schema: Schema, snapshot: Snapshot, copies: Mapping[str, Copies]) -> list[Replacement]:
    """Those that are not finished, in the order of the specs. `copies`: what was counted, by the new address."""
    live: dict[tuple[ModelName, str], LiveAttribute] = {
        (attribute.model, attribute.name): attribute for attribute in snapshot.attributes
    }
    candidates = [
        (new, replaced, old)
        for new in schema.attributes.values()
        if (replaced := new.replaced) is not None
        and (old := live.get((new.model, replaced.attribute))) is not None
        and not old.archived
        and replaced.attribute != new.name
    ]
    if not candidates:
        return []
    readers = schema.needed_by()
    return [
        Replacement(
            new=new,
            replaced=replaced,
            old=old,
            live=live.get((new.model, new.name)),
            kept=schema.attributes.get((old.model, old.name)),
            rules=tuple(readers.get(old.address, ())),
            audiences=tuple(
                dict.fromkeys(
                    audience.name for audience in snapshot.audiences if old.name in attributes_of(audience)
                )
            ),
            copies=copies.get(new.address),
        )
        for new, replaced, old in candidates
    ]


def stage_of(replacement: Replacement) -> Stage:
    """Where a replacement stands: the first stage that is not done."""
    new, old = replacement.new.name, replacement.old.name
    waits_for: tuple[str, ...] = ()
    if not replacement.is_created:
        number, due, by_hand = 1, f"create `{new}`", False
    elif not replacement.is_copied:
        number, due, by_hand = 2, f"copy the values of `{old}` to `{new}`", True
    elif replacement.rules or replacement.audiences:
        waits_for = (*replacement.rules, *map(audience_address, replacement.audiences))
        by_hand = bool(replacement.rules)
        who = "its rules" if replacement.rules else "its audiences"
        number, due = 3, f"point what reads `{old}` at `{new}`: {who} are listed"
    elif replacement.is_let_go:
        number, due, by_hand = 4, f"archive `{old}`", False
    else:
        number, due, by_hand = 4, f"declare `{old}` with `status: archived`, which archives it", True
    return Stage(
        address=replacement.new.address,
        replaces=attribute_address(replacement.old.model, old),
        stage=number,
        due=due,
        by_hand=by_hand,
        waits_for=waits_for,
        copies=replacement.copies,
    )


# --- counting -----------------------------------------------------------------------------------------------


def count_copies(schema: Schema, snapshot: Snapshot, count: Count) -> dict[str, Copies]:
    """How many contacts have the old value, and how many of these the new one, by the address of the new attribute.

    Two searches for each replacement of contacts whose values can be copied now. Raises what `count` does.
    """
    counted: dict[str, Copies] = {}
    for replacement in open_replacements(schema, snapshot, {}):
        live = replacement.live
        if live is None or not replacement.is_created or replacement.old.model == "company":
            continue
        if len(counted) == MOST_COUNTED:
            break
        counted[replacement.new.address] = count_copied(replacement, live, snapshot.identity.timezone, count)
    return counted


def count_copied(replacement: Replacement, live: LiveAttribute, zone: str, count: Count) -> Copies:
    """How many contacts have the old value, and how many of these the new one, `live`, by two searches."""
    has_old = IsKnown(_live_field(replacement.old))
    of = count(_query(has_old, zone))
    both = And((has_old, IsKnown(_live_field(live))))
    return Copies(copied=count(_query(both, zone)) if of else 0, of=of)


def uncopied_query(replacement: Replacement, live: LiveAttribute, zone: str) -> Mapping[str, object]:
    """The search for the contacts that have the old value and not the new one, `live`."""
    return _query(And((IsKnown(_live_field(replacement.old)), Not(IsKnown(_live_field(live))))), zone)


def _live_field(live: LiveAttribute) -> Field:
    path = f"custom_attributes.{live.name}"
    return Field(live.model, live.name, live.type, wire=path, search=path, options=live.options)


def _query(rule: Predicate, zone: str) -> Mapping[str, object]:
    # Nothing of this asks for a day that moves, so the day is any.
    from intercom_iac.compilers import to_search

    return to_search(rule, today=_ANY_DAY, zone=ZoneInfo(zone)).query


# --- words --------------------------------------------------------------------------------------------------


def copy_command(new: Attribute) -> str:
    """The command that copies the values to an attribute."""
    return f"sync --replace {shlex.quote(new.name)}"


def conversion_steps(replacement: Replacement) -> Iterator[str]:
    """How each value is to be copied, a line each."""
    was, now = replacement.old.type, replacement.new.type
    mapping = dict(replacement.replaced.convert)
    if mapping:
        yield "convert by the specs:"
        yield from (f"  `{written}` becomes `{_value_text(target)}`" for written, target in mapping.items())
    rule = conversion_rule(was, now)
    yield f"{'any other value: ' if mapping else ''}{rule.how}"
    if rule.lost is not None:
        dry_run = f"{copy_command(replacement.new)} --dry-run"
        yield f"leave out what does not convert: {rule.lost}; `{dry_run}` lists the values"
    if now is DataType.OPTIONS:
        yield f"the new options are {', '.join(f'`{option}`' for option in replacement.new.options)}"


def _value_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
