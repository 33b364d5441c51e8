"""Whole worlds: what a rule can be asked of, at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from intercom_iac.model import Person, Predicate, Schema

from .people import people
from .rules import language_of, rule
from .schemas import schemas
from .times import MOMENTS, Moment


@dataclass(frozen=True)
class World:
    schema: Schema
    people: list[Person]
    rules: list[Predicate]
    at: Moment


@st.composite
def _unrepeated(draw: st.DrawFn) -> None:
    """Drawn first, it keeps an example from being tried again with parts of it repeated.

    Hypothesis follows an example with five that differ from it in one part. They cost as much as others and ask
    next to nothing else: of the rules of a run four of five would be the same. It gives that up where an example
    discards something, as a filter does that takes only what comes second.
    """
    seen: list[None] = []
    draw(st.integers(0, 2**64).filter(lambda _: seen.append(None) or len(seen) > 1))


@st.composite
def worlds(draw: st.DrawFn, crowd: int, batch: int) -> World:
    """A crowd of people and a batch of rules about them."""
    draw(_unrepeated())
    schema, at = draw(schemas()), draw(MOMENTS)
    language = language_of(schema, at.today, {})
    asked = [rule(draw, language) for _ in range(batch)]
    return World(schema, draw(people(schema, at, crowd)), asked, at)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Predicate, Person, Moment]:
    """One rule and one person."""
    world = draw(worlds(1, 1))
    return world.rules[0], world.people[0], world.at
