"""What the prover says of rules of every form, with strange names and values: no generated person says otherwise."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import Phase, given

from intercom_iac.model import Person
from intercom_iac.model.world import Assumption
from intercom_iac.model.world import World as Days
from intercom_iac.prover import Satisfiable, Unsatisfiable, relate_rules
from intercom_iac.rules import format_rule, satisfies
from support.generators import World, examples, worlds
from support.proofs.judging import faults_of, questions


def with_moments(person: Person) -> Person:
    """The person without the occurrences that have no moment: proofs take for granted that each has one."""
    return replace(person, events=[found for found in person.events if found.get("created_at") is not None])


# To shrink a whole world takes minutes.
@given(worlds(10, 4))
@examples(30, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_nobody_is_where_a_proof_says_that_nobody_is(world: World) -> None:
    """The people keep to no assumption, so that none is made."""
    today, zone = world.at.today, world.at.zone
    days = Days(today, last=today, zone=zone.key, without=frozenset(Assumption))
    people = [with_moments(person) for person in world.people]
    for first, second in pairwise(world.rules):
        relation = relate_rules(first, second, days, explain=False)
        verdicts = (relation.both, relation.first_only, relation.second_only)
        for rule, verdict in zip(questions(first, second), verdicts, strict=True):
            if isinstance(verdict, Unsatisfiable):
                assert not any(satisfies(person, rule, today=today, zone=zone) for person in people), (
                    format_rule(rule)
                )


@given(worlds(1, 4))
@examples(20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_each_witness_satisfies_its_rule_and_is_of_its_world(world: World) -> None:
    zone = world.at.zone
    days = Days(world.at.today, zone=zone.key)
    for first, second in pairwise(world.rules):
        relation = relate_rules(first, second, days, explain=False)
        verdicts = (relation.both, relation.first_only, relation.second_only)
        for rule, verdict in zip(questions(first, second), verdicts, strict=True):
            if isinstance(verdict, Satisfiable):
                person, today = verdict.witness.person, verdict.witness.today
                assert satisfies(person, rule, today=today, zone=zone), format_rule(rule)
                assert not list(faults_of(verdict.witness, rule, days)), format_rule(rule)
