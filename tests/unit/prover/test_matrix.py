"""A matrix says of each pair of rules what is said of the two alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import InIntercomSegment, fields_of
from intercom_iac.model.world import World
from intercom_iac.project import find_project
from intercom_iac.prover import Satisfiable, relate_all, relate_rule, relate_rules
from intercom_iac.prover.solver import occurrences
from intercom_iac.rules import satisfies
from intercom_iac.specs import load_specs
from support.proofs.decided_rules import SOMEBODY, WORLD, compiled

RULES = {text: compiled(text) for text in SOMEBODY[::3]} | {
    "nobody": compiled("plan = pro and plan = free"),
    "everybody": compiled("role = user or role = lead"),
    "in intercom": InIntercomSegment("old", "Old ones"),
}

LIFECYCLE = Path(__file__).parents[3] / "examples" / "lifecycle"


def test_relations_are_those_of_single_proofs() -> None:
    matrix = relate_all(RULES, WORLD)
    names = {key: relation.name for key, relation in matrix.rules.items()}
    assert names == {key: relate_rule(rule, WORLD, explain=False).name for key, rule in RULES.items()}
    assert list(matrix.pairs) == list(combinations(RULES, 2))
    for (first, second), relation in matrix.pairs.items():
        alone = relate_rules(RULES[first], RULES[second], WORLD, explain=False)
        assert relation.name == alone.name, (first, second)
        if isinstance(relation.both, Satisfiable) and "in intercom" not in (first, second):
            _holds_of_both(relation.both, RULES[first], RULES[second])


@pytest.mark.parametrize(
    "rules",
    [
        ("not (note ends with x)", "note is unknown", "note not in (a, x)"),
        ("note contains x", "note starts with x", "note is unknown", "note = x"),
        ("ends before signed_up_at", "ends is unknown", "ends != 2026-03-13"),
        ("score > goal", "goal is unknown", "score is unknown", "score != 1"),
        ("company(industry contains x)", "company(industry is unknown)", "company.industry = a"),
    ],
    ids=lambda rules: rules[0],
)
def test_what_one_question_teaches_is_true_for_all(rules: Sequence[str]) -> None:
    """Where tests are given that clash at once, what is learned rests on all of them."""
    known = {text: compiled(text) for text in rules}
    for (first, second), relation in relate_all(known, WORLD).pairs.items():
        assert relation.name == relate_rules(known[first], known[second], WORLD, explain=False).name


def test_people_have_what_their_two_rules_ask_for_alone() -> None:
    """Whoever is found for all the rules at once: on a later day, as a lead, with companies and events for each."""
    tests = (
        "role = lead and signed_up_at within last 3 days",
        "began between 2026-10-01 and 2026-12-31",
        "company.tier = pro and company.seats = 3",
        "company.industry = Retail",
        "company.name = 'Smith & Sons'",
        "event login count = 1 within last 7 days",
        "event order.paid count = 3 within last 7 days",
        "ends within next 3 days",
    )
    rules = {text: compiled(text) for text in tests}
    matrix = relate_all(rules, WORLD)
    for keys, relation in matrix.pairs.items():
        assert isinstance(relation.both, Satisfiable)
        person, asked = relation.both.witness.person, " ".join(keys)
        if "2026-10-01" not in asked:
            assert relation.both.witness.today == WORLD.first, keys
        if "role" not in asked:
            assert person.contact["role"] == "user", keys
        assert len(person.companies) <= sum(key.count("company.") for key in keys), keys
        assert len(person.events) == sum(("login" in asked, 3 * ("order.paid" in asked))), keys
        names = [company["name"] for company in person.companies]
        assert len(set(names)) == len(names)
    for relation in matrix.rules.values():
        assert isinstance(relation.outside, Satisfiable)
        assert not relation.outside.witness.person.events


def _holds_of_both(verdict: Satisfiable, *rules: Predicate) -> None:
    """The person satisfies both, and has no values that neither asks about."""
    witness = verdict.witness
    for rule in rules:
        assert satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
    read = {field.name for rule in rules for field in fields_of(rule)}
    assert set(witness.person.contact.get("custom_attributes", {})) <= read


def test_events_of_many_rules_are_decided_a_few_times_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not decided of the events of some rules together is not asked again for each pair."""
    count = 0

    def decide_events(*args: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        return occurrences_decide_events(*args, **options)

    occurrences_decide_events = occurrences.decide_events
    monkeypatch.setattr(occurrences, "decide_events", decide_events)
    segments = load_specs(find_project(LIFECYCLE)).schema.segments
    rules = {key: segment.predicate for key, segment in segments.items() if segment.predicate is not None}
    matrix = relate_all(rules, World(first=date(2026, 3, 14)))
    assert "unknown" not in {relation.name for relation in matrix.pairs.values()}
    assert count < 10 * len(rules)
