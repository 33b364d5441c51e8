"""Pairs of rules by their seeds, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import randrange

from intercom_iac.model import Predicate
from intercom_iac.model.world import Assumption, World

from ..generators.effort import IS_FUZZ
from .judging import Judge, questions
from .language import ALL, TODAY, RuleDraw, Subjects

WORLD = World(first=TODAY, zone="Europe/Dublin")
WORLDS = [
    WORLD,
    WORLD,
    World(first=TODAY, last=TODAY, zone="America/Santiago"),
    World(first=TODAY, last=TODAY + timedelta(days=5)),
    World(first=TODAY, without=frozenset(Assumption)),
]
# What the pairs of a run are about: they take turns.
PEOPLE = [
    Subjects(events=False),
    Subjects(events=False, linked=False),
    Subjects(events=False, fields=2),
    Subjects(events=False, fields=8, segments=True),
]
EVENTS = [
    ALL,
    Subjects(fields=2),
    Subjects(fields=8, segments=True),
    Subjects(fields=3, companies=False),
]
KINDS = [*PEOPLE[:2], *EVENTS]
# Where the seeds begin: in `make fuzz` somewhere else each time.
FIRST_SEED = randrange(1, 10**6) * 10**6 if IS_FUZZ else 0


def drawn_questions(seeds: range, kinds: Sequence[Subjects] = KINDS) -> Iterator[list[Predicate]]:
    """What is asked of the pair of rules of each seed."""
    for seed in seeds:
        draw = RuleDraw(FIRST_SEED + seed, kinds[seed % len(kinds)])
        yield list(questions(*draw.pair()))


def judge(seeds: range, world: World, kinds: Sequence[Subjects] = KINDS, people: int = 1_500) -> Judge:
    """What the judges say of a pair of rules for each seed."""
    found = Judge(world, people=people)
    for rules in drawn_questions(seeds, kinds):
        for rule in rules:
            found.ask(rule)
    return found


def judge_together(seeds: range, world: World, kinds: Sequence[Subjects]) -> Judge:
    """The same of many pairs, in a quarter of the time: z3 is asked of a pair at once, and of verdicts alone."""
    found = Judge(world, sampled=10, people=500)
    for rules in drawn_questions(seeds, kinds):
        found.ask_together(rules)
    return found


def assert_agreed(found: Judge) -> None:
    assert not found.disagreements, min(found.disagreements, key=len)
