"""An engine against the meaning: whom the SQL of a world's rules finds, and whom the rules mean."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from intercom_iac.compilers import sql
from intercom_iac.model import Person
from intercom_iac.rules import format_rule, satisfies
from support.generators import World, fields_in
from support.generators.times import Moment

from .relational import Table, tables


class Engine(Protocol):
    """A database that runs the SQL of the dialect of its name."""

    name: str

    def loaded(self, tables: Sequence[Table]) -> AbstractContextManager[None]:
        """The tables with their rows, for a while."""
        ...

    def rows(self, statement: str) -> list[tuple[Any, ...]]: ...


@dataclass(frozen=True)
class Difference:
    """A rule that an engine takes to hold for a person, or not to, against its meaning."""

    rule: str
    found: object
    person: Person
    at: Moment


def differences(engine: Engine, world: World, today: sql.CurrentDay | None = None) -> list[Difference]:
    """Where the engine disagrees with the meaning of the world's rules, the shortest first.

    `today` is the world's as an expression, if the SQL is to have that.
    """
    at = {"today": world.at.today, "zone": world.at.zone}
    contact, company = fields_in(world.schema, "contact"), fields_in(world.schema, "company")
    with engine.loaded(tables(world.people, contact, company)):
        statement = sql.masks(
            world.rules,
            sql.DIALECTS[engine.name],
            also=["c.id"],
            today=today or world.at.today,
            zone=world.at.zone,
        )
        found = {contact_id: masks for contact_id, *masks in engine.rows(statement)}
    assert found.keys() == {person.contact["id"] for person in world.people}
    differing = [
        Difference(format_rule(rule), held, person, world.at)
        for person in world.people
        for number, rule in enumerate(world.rules)
        if (held := _is_held(found[person.contact["id"]], number)) is not satisfies(person, rule, **at)
    ]
    return sorted(differing, key=lambda difference: len(repr(difference)))


def _is_held(masks: list[int], number: int) -> bool:
    """Whether the rule of this number holds, as its bit of the masks says."""
    word, bit = divmod(number, sql.MASK_BITS)
    return bool(masks[word] >> bit & 1)
