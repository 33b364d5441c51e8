"""People at the edges of the clauses of a rule: as few as show each clause on both of its sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Literal, TypeVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Aggregate, And, EventSequence, walk
from intercom_iac.model.world import World
from intercom_iac.rules.mutants import Mutant, boundaries, mutations
from intercom_iac.rules.normal import chain

from ..deciding import decide
from ..verdicts import Satisfiable, Unknown
from ..witness import Witness
from .differences import decide_any, differing_rules, first_meeting, is_member

# One person is asked to stand at so many edges, found among so many.
_MOST_EDGES, _MOST_TRIED = 8, 60


Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class Goal:
    """Somebody of whom a rule and a changed one say different things: a member of the rule, or none; for `member`
    None whichever."""

    mutant: Mutant
    member: bool | None
    questions: tuple[Predicate, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class BoundaryPerson:
    """A person, whether a member of the rule, and the goals that the person meets."""

    witness: Witness
    member: bool
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """People who, with those of the tests, meet every goal that somebody can meet.

    `met`: by the people of the tests. `impossible`: by nobody, as is proved. `undecided`: with the reason. `untold`:
    by people who cannot be told as a test tells one.
    """

    people: tuple[BoundaryPerson, ...]
    met: int
    impossible: int
    undecided: tuple[tuple[Goal, str], ...]
    untold: tuple[Goal, ...]
    not_tried: int


def boundary_goals(rule: Predicate, most: int) -> tuple[tuple[Goal, ...], int]:
    """What tests of a rule should show: each edge of it from both sides, then every small mistake; `most` of the
    edges and of the mistakes, and how many are left out."""
    edges = [
        _goal(rule, mutant, member)
        # Bounds first: who stands at a bound shows that the clause counts, too.
        for mutant in sorted(boundaries(rule), key=lambda mutant: mutant.kind == "dropped")
        for member in (True, False)
    ]
    mistakes = [_goal(rule, mutant, None) for mutant in mutations(rule)]
    goals = (*spread(edges, most), *spread(mistakes, most))
    return goals, len(edges) + len(mistakes) - len(goals)


def spread(many: Sequence[Taken], most: int) -> tuple[Taken, ...]:
    """So many of them at most, from all over: the clauses of a rule are spread in what is said of it."""
    return tuple(many[at * len(many) // most] for at in range(most)) if len(many) > most else tuple(many)


def _goal(rule: Predicate, mutant: Mutant, member: Literal[True, False] | None) -> Goal:
    return Goal(mutant, member, differing_rules(rule, mutant.rule, member))


def cover_boundaries(
    rule: Predicate,
    goals: Sequence[Goal],
    people: Sequence[Witness],
    world: World,
    *,
    as_told: Callable[[Witness], Witness] = lambda witness: witness,
    may_go_on: Callable[[], bool] = lambda: True,
) -> Cover:
    """People who meet the goals that those of the tests leave open.

    Each person is asked to meet as many as one can. In the end whoever meets nothing that others do not is left out.
    `as_told` gives the person that a test would tell of: it is that one who has to meet the goals.
    """
    open_goals = [goal for goal in goals if first_meeting(people, goal.questions) is None]
    plain = not any(isinstance(node, Aggregate | EventSequence) for node in walk(rule))
    found: list[Witness] = []
    undecided: list[tuple[Goal, str]] = []
    untold: list[Goal] = []
    impossible = not_tried = 0
    for place, goal in enumerate(open_goals):
        if first_meeting(found, goal.questions) is not None:
            continue
        if not may_go_on():
            not_tried += 1
            continue
        match decide_any(goal.questions, world):
            case Satisfiable(witness):
                told = as_told(witness)
                if first_meeting([told], goal.questions) is None:
                    untold.append(goal)
                elif goal.member and plain:
                    found.append(
                        _at_more_edges(told, goal, open_goals[place + 1 :], world, as_told, may_go_on)
                    )
                else:
                    found.append(told)
            case Unknown(reason=reason):
                undecided.append((goal, reason))
            case _:
                impossible += 1
    return Cover(
        people=tuple(_needed_people(rule, found, open_goals)),
        met=len(goals) - len(open_goals),
        impossible=impossible,
        undecided=tuple(undecided),
        untold=tuple(goal for goal in untold if first_meeting(found, goal.questions) is None),
        not_tried=not_tried,
    )


def _at_more_edges(
    witness: Witness,
    goal: Goal,
    others: Sequence[Goal],
    world: World,
    as_told: Callable[[Witness], Witness],
    may_go_on: Callable[[], bool],
) -> Witness:
    """A member who meets further goals of members besides, each as long as somebody meets them all."""
    wanted: list[Predicate] = [*goal.questions]
    for other in others[:_MOST_TRIED]:
        if not may_go_on() or len(wanted) >= _MOST_EDGES:
            break
        if not other.member:
            continue
        (question,) = other.questions
        if is_member(witness, question):
            wanted.append(question)
            continue
        verdict = decide(chain(And, (*wanted, question)), world, explain=False)
        if isinstance(verdict, Satisfiable):
            told = as_told(verdict.witness)
            if all(is_member(told, met) for met in (*wanted, question)):
                witness = told
                wanted.append(question)
    return witness


def _needed_people(rule: Predicate, found: Sequence[Witness], goals: Sequence[Goal]) -> list[BoundaryPerson]:
    """The people without those whose goals the others meet; the ones found last are left out last."""
    met = {
        place: {at for at, goal in enumerate(goals) if first_meeting([witness], goal.questions) is not None}
        for place, witness in enumerate(found)
    }
    kept = dict(met)
    for place in sorted(met, key=lambda place: len(met[place])):
        others: set[int] = set[int]().union(*(goals for other, goals in kept.items() if other != place))
        if met[place] <= others:
            del kept[place]
    return [
        BoundaryPerson(
            witness=found[place],
            member=is_member(found[place], rule) is True,
            goals=tuple(goals[at] for at in sorted(met[place])),
        )
        for place in kept
    ]
