"""The same questions asked of z3, for rules that the program's own procedure gives up on, and to judge it by.

What z3 finds is only believed once `rules.meaning` has been asked; what it refutes is refuted, since a test that is
not expressed exactly is one that may hold or not (`compilers.smt`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from intercom_iac.compilers.smt import (
    STEPS,
    Assignment,
    OccurrenceGroup,
    Refuted,
    Subject,
    Undecided,
    find_assignment,
    find_last_day,
)
from intercom_iac.compilers.smt.values import is_role
from intercom_iac.diagnostics import MissingExtra, UndecidedRule, require_extra
from intercom_iac.model import Predicate
from intercom_iac.model.person import Json
from intercom_iac.model.predicate import reads_days
from intercom_iac.model.world import World
from intercom_iac.rules import satisfies

from .verdicts import Satisfiable, Unknown, Unsatisfiable, Verdict
from .witness import Witness
from .witnesses.building import build_witness, noon
from .witnesses.choice import ChosenPerson, ChosenSubject

# A day so far from today is one that the rule leaves open, and is tried so many days before today instead.
_FAR = timedelta(days=400)
_NEAR = (1, 7)


def decide_with_smt(rule: Predicate, world: World, *, explain: bool = True, steps: int = STEPS) -> Verdict:
    """Whether anybody satisfies the rule on any day of the world, by z3, in so many of its steps at most.

    `explain`: where nobody does, the tests that clash and the last day before the world on which somebody could.
    Unknown, with the reason, where the extra `prove` is not installed.
    """
    try:
        require_extra("prove", "a rule that takes z3")
    except MissingExtra as missing:
        return Unknown(f"z3 may decide it, and its packages are not installed; {missing.hint}")
    found = find_assignment(rule, world, steps, explain=explain)
    if isinstance(found, Refuted):
        hangs_on_days = any(map(reads_days, found.conflict))
        return Unsatisfiable(found.conflict, find_last_day(rule, world, steps) if hangs_on_days else None)
    if isinstance(found, Undecided):
        return Unknown(found.reason, found.clause)
    witness = _smallest(rule, found, world)
    if witness is None:
        return Unknown("what z3 found does not satisfy the rule")
    return Satisfiable(witness)


def _smallest(rule: Predicate, found: Assignment, world: World) -> Witness | None:
    """The person who was found, without what can be left out; None where it does not satisfy the rule."""
    witness = _confirmed_witness(rule, found, world)
    if witness is None:
        return None
    progress = True
    while progress:
        progress = False
        for fewer in _without_one(found):
            smaller = _confirmed_witness(rule, fewer, world)
            if smaller is not None:
                found, witness, progress = fewer, smaller, True
                break
    for days in _NEAR:
        near = _with_days_near(found, found.today - timedelta(days=days))
        witness = _confirmed_witness(rule, near, world) or witness
    return witness


def _with_days_near(found: Assignment, near: date) -> Assignment:
    """The same with this day in the place of those that the rule leaves open, which z3 puts anywhere."""

    def move_near(day: date) -> date:
        return near if abs(day - found.today) > _FAR else day

    def move_dates(subject: Subject) -> Subject:
        values = {
            field: move_near(value) if isinstance(value, date) else value
            for field, value in subject.values.items()
        }
        return replace(subject, values=values)

    return replace(
        found,
        contact=move_dates(found.contact),
        companies=tuple(map(move_dates, found.companies)),
        events=tuple(replace(group, day=move_near(group.day)) for group in found.events),
    )


def _confirmed_witness(rule: Predicate, found: Assignment, world: World) -> Witness | None:
    witness = build_witness(
        ChosenPerson(
            contact=_chosen_subject(found.contact),
            companies=tuple(map(_chosen_subject, found.companies)),
            occurrences=tuple(_occurrences(found.events, ZoneInfo(world.zone))),
        ),
        today=found.today,
        zone=world.zone,
    )
    try:
        accepted = satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(world.zone))
    except UndecidedRule:
        return None
    return witness if accepted else None


def _occurrences(groups: Iterable[OccurrenceGroup], zone: ZoneInfo) -> Iterator[Json]:
    """The occurrences of groups, around the noon of their days: those of a day a minute apart."""
    for group in groups:
        metadata = {
            field.name: noon(value, zone) if isinstance(value, date) else value
            for field, value in group.metadata.items()
            if value is not None
        }
        moment = noon(group.day, zone) + 60 * group.position
        for _ in range(group.count):
            yield {"event_name": group.event, "created_at": moment, "metadata": metadata}


def _chosen_subject(subject: Subject) -> ChosenSubject:
    return ChosenSubject(subject.values, tuple(sorted(subject.tags)))


def _without_one(found: Assignment) -> Iterator[Assignment]:
    """The same with a company, an occurrence, a tag or a value less."""
    for number, group in enumerate(found.events):
        others = found.events[:number] + found.events[number + 1 :]
        yield replace(found, events=others)
        for count in sorted({1, group.count // 2, group.count - 1} - {0, group.count}):
            yield replace(found, events=(replace(group, count=count), *others))
        for field, value in group.metadata.items():
            if value is not None:
                smaller = replace(group, metadata={**group.metadata, field: None})
                yield replace(found, events=(*found.events[:number], smaller, *found.events[number + 1 :]))
    for number, company in enumerate(found.companies):
        others = found.companies[:number] + found.companies[number + 1 :]
        yield replace(found, companies=others)
        for smaller in _smaller(company):
            yield replace(
                found, companies=(*found.companies[:number], smaller, *found.companies[number + 1 :])
            )
    for smaller in _smaller(found.contact):
        yield replace(found, contact=smaller)


def _smaller(subject: Subject) -> Iterator[Subject]:
    for tag in subject.tags:
        yield replace(subject, tags=subject.tags - {tag})
    for field, value in subject.values.items():
        if value is not None and not is_role(field):
            yield replace(subject, values={**subject.values, field: None})
