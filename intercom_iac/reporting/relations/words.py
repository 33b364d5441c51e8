"""What relations say, in a sentence each."""

from __future__ import annotations

from intercom_iac.model.world import World
from intercom_iac.prover import PairRelation, RuleRelation, Unknown, Unsatisfiable, Verdict


def rule_sentence(relation: RuleRelation, name: str) -> str:
    """How a rule stands to everybody, without a final period; `name` is what the rule is called."""
    match relation.name:
        case "never":
            return f"nobody can satisfy {name}"
        case "always":
            return f"everybody satisfies {name}"
        case "sometimes":
            return f"some people satisfy {name}, and others do not"
        case "unknown":
            return f"it is not known who satisfies {name}: {_reason((relation.inside, relation.outside))}"


def relation_label(relation: RuleRelation | PairRelation) -> str:
    """The relation's name, with the day from which on it holds: `never, from 2026-01-31 on`."""
    inside = relation.inside if isinstance(relation, RuleRelation) else None
    since = inside.never_from if isinstance(inside, Unsatisfiable) else None
    return relation.name if since is None else f"{relation.name}, from {since} on"


def pair_sentence(relation: PairRelation, first: str, second: str) -> str:
    """How two rules stand to each other, without a final period; they are called `first` and `second`."""
    empty = isinstance(relation.both, Unsatisfiable)
    match relation.name:
        case "equivalent":
            if empty:
                return f"nobody can satisfy {first}, nor {second}"
            return f"{first} and {second} select the same people"
        case "narrower":
            return _inside(first, second, empty=empty)
        case "wider":
            return _inside(second, first, empty=empty)
        case "overlapping":
            return f"some people satisfy {first} and {second}, and some each of them alone"
        case "disjoint":
            return f"nobody satisfies both {first} and {second}"
        case "unknown":
            reason = _reason((relation.first_only, relation.second_only, relation.both))
            return f"it is not known how {first} and {second} stand to each other: {reason}"


def _inside(inner: str, outer: str, *, empty: bool) -> str:
    if empty:
        return f"nobody can satisfy {inner}, so that it is inside {outer}"
    return f"whoever satisfies {inner} satisfies {outer}, and not the other way round"


def days_sentence(world: World) -> str:
    """The days that proofs are about."""
    days = f"every day from {world.first} on" if world.last is None else f"the day {world.last}"
    if world.last is not None and world.last != world.first:
        days = f"every day from {world.first} to {world.last}"
    return f"{days}, days in {world.zone}"


def _reason(verdicts: tuple[Verdict, ...]) -> str:
    return next(verdict.reason for verdict in verdicts if isinstance(verdict, Unknown))
