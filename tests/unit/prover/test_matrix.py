"""A matrix says of each pair of rules what is said of the two alone."""

from __future__ import annotations

from itertools import combinations
from zoneinfo import ZoneInfo

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import InIntercomSegment, fields_of
from intercom_iac.prover import Satisfiable, relate_all, relate_rule, relate_rules
from intercom_iac.rules import satisfies
from support.proofs.decided_rules import SOMEBODY, WORLD, compiled

RULES = {text: compiled(text) for text in SOMEBODY[::3]} | {
    "nobody": compiled("plan = pro and plan = free"),
    "everybody": compiled("role = user or role = lead"),
    "in intercom": InIntercomSegment("old", "Old ones"),
}


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


def _holds_of_both(verdict: Satisfiable, *rules: Predicate) -> None:
    """The person satisfies both, and has no values that neither asks about."""
    witness = verdict.witness
    for rule in rules:
        assert satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
    read = {field.name for rule in rules for field in fields_of(rule)}
    assert set(witness.person.contact.get("custom_attributes", {})) <= read
