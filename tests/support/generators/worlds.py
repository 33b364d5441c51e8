"""Whole worlds: what a rule can be asked of, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from intercom_iac.model import Person, Predicate, Schema

from .people import people
from .rules import language_of, rule, unrepeated
from .schemas import schemas
from .times import MOMENTS, Moment


@dataclass(frozen=True)
class World:
    schema: Schema
    people: list[Person]
    rules: list[Predicate]
    at: Moment

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows it: a test names the rule and the person it fails on, a whole world takes pages."""
        printer.text(f"World({len(self.rules)} rules, {len(self.people)} people, {self.at})")


@st.composite
def worlds(draw: st.DrawFn, crowd: int, batch: int) -> World:
    """A crowd of people and a batch of rules about them."""
    draw(unrepeated())
    schema, at = draw(schemas()), draw(MOMENTS)
    language = language_of(schema, at.today, {})
    asked = [rule(draw, language) for _ in range(batch)]
    return World(schema, draw(people(schema, at, crowd)), asked, at)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Predicate, Person, Moment]:
    """One rule and one person."""
    world = draw(worlds(1, 1))
    return world.rules[0], world.people[0], world.at
