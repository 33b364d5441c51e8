"""What the prover says of rules that are drawn: z3, a list of all people and the meaning of rules say the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import to_search
from intercom_iac.compilers.smt import Assignment, Refuted, Undecided, find_assignment
from intercom_iac.model import Person, Predicate
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unsatisfiable, decide, relate_rules
from intercom_iac.prover.smt import decide_with_smt
from intercom_iac.rules import compile_rule, format_rule, normal_form
from intercom_iac.text import Excerpt
from support.engines import Engine, differences
from support.generators import Moment
from support.generators import World as SmallWorld
from support.generators.effort import TIMES
from support.generators.rules import negation
from support.proofs.adversarial import SIZE, hard_rules
from support.proofs.enumeration import TooManyPeopleError, find_person
from support.proofs.language import CONTACT, SCHEMA, TODAY, RuleDraw, Subjects
from support.proofs.pairs import FIRST_SEED, KINDS, WORLD, WORLDS, assert_agreed, judge
from support.proofs.queries import rule_of_query

PAIRS = 200


# --- pairs of rules -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("prover_alone")
@pytest.mark.parametrize("number", range(len(WORLDS)))
def test_every_verdict_is_that_of_z3_and_of_a_list_of_all_people(number: int) -> None:
    share = PAIRS * TIMES // len(WORLDS)
    found = judge(range(number * share, (number + 1) * share), WORLDS[number])
    assert_agreed(found)
    assert min(found.verdicts["Satisfiable"], found.verdicts["Unsatisfiable"], found.enumerated) > share // 4
    assert found.verdicts["Unknown"] < share // 4


def test_z3_finds_somebody_where_a_list_of_all_people_does() -> None:
    """The judge is judged: nobody is right, and so is somebody, where the list has those whom the rule is about."""
    asked = 0
    for seed in range(40 * TIMES):
        rule = RuleDraw(FIRST_SEED + seed, KINDS[seed % len(KINDS)]).rule(2)
        for question in (rule, negation(rule)):
            try:
                person = find_person(question, WORLD, most=1_500)
            except TooManyPeopleError:
                continue
            asked += 1
            found = find_assignment(question, WORLD)
            assert not (isinstance(found, Refuted) and person), format_rule(question)
            assert not (isinstance(found, Assignment) and person is None), format_rule(question)
    assert asked > 40 * TIMES


def test_what_z3_decides_the_prover_says_with_a_person_or_a_conflict() -> None:
    for seed in range(20 * TIMES):
        rule = RuleDraw(FIRST_SEED + seed, KINDS[seed % len(KINDS)]).rule()
        verdict = decide_with_smt(rule, WORLD)
        fast = decide(rule, WORLD)
        assert {type(verdict), type(fast)} != {Satisfiable, Unsatisfiable}, format_rule(rule)
        if isinstance(verdict, Unsatisfiable):
            assert verdict.conflict, format_rule(rule)


@pytest.mark.parametrize("size", [12, SIZE])
def test_rules_that_are_made_to_be_hard_are_decided_as_z3_does(size: int) -> None:
    for name, rule in hard_rules(size, size=size):
        verdict, found = decide(rule, WORLD, explain=False), find_assignment(rule, WORLD)
        if isinstance(found, Undecided):
            continue
        expected = Unsatisfiable if isinstance(found, Refuted) else Satisfiable
        assert isinstance(verdict, expected), (name, verdict)


# --- witnesses ----------------------------------------------------------------------------------------------


def test_a_database_finds_each_witness_of_its_rule(duckdb_engine: Engine) -> None:
    found = judge(range(5_000, 5_000 + 12 * TIMES), WORLD, KINDS[:4], people=0)
    by_day = sorted(found.witnesses, key=lambda asked: asked[1].today)
    assert len(by_day) > 20
    for today, asked in groupby(by_day, key=lambda asked: asked[1].today):
        rules, people = [], []
        for number, (rule, witness) in enumerate(asked):
            rules.append(rule)
            people.append(as_row(witness.person, number))
        world = SmallWorld(SCHEMA, people, rules, Moment(today, ZoneInfo(WORLD.zone)))
        assert not differences(duckdb_engine, world)


def as_row(person: Person, number: int) -> Person:
    """The person with an id of its own, and so its companies."""
    companies = [
        {"tags": {"tags": []}, "custom_attributes": {}, **company, "id": f"{number}-{place}"}
        for place, company in enumerate(person.companies)
    ]
    contact = {"tags": {"data": []}, "custom_attributes": {}, **person.contact, "id": f"p{number}"}
    events = [{"metadata": {}, **occurrence} for occurrence in person.events]
    return Person(contact, companies, events)


# --- rules that mean the same -------------------------------------------------------------------------------


def test_what_the_formatter_writes_and_the_normal_form_are_proved_to_mean_the_same() -> None:
    for seed in range(9_000, 9_000 + 20 * TIMES):
        rule = RuleDraw(FIRST_SEED + seed, replace(KINDS[seed % len(KINDS)], segments=False)).rule()
        read, diagnostics = compile_rule(Excerpt.from_text(format_rule(rule), "<rule>"), SCHEMA)
        assert read is not None, diagnostics
        for other in (read, normal_form(rule)):
            assert is_equivalent(rule, other), format_rule(rule)


def test_the_query_of_a_search_is_implied_by_its_rule_and_equivalent_where_it_says_so() -> None:
    day, exact = World(first=TODAY, last=TODAY, zone=WORLD.zone), 0
    zone = ZoneInfo(day.zone)
    fields = {field.search: field for field in CONTACT if field.search is not None}
    for seed in range(11_000, 11_000 + 50 * TIMES):
        others = seed % 4 == 0
        rule = RuleDraw(
            FIRST_SEED + seed, Subjects(fields=4, companies=others, events=others, linked=others)
        ).rule()
        search = to_search(rule, today=TODAY, zone=zone)
        found = rule_of_query(search.query, fields, zone)
        relation = relate_rules(rule, found, day)
        exact += search.exact
        expected = {"equivalent"} if search.exact else {"equivalent", "narrower"}
        assert relation.name in expected, (relation.name, format_rule(rule), search.query)
    assert exact > 10 * TIMES


def is_equivalent(rule: Predicate, other: Predicate) -> bool:
    return relate_rules(rule, other, WORLD).name == "equivalent"
