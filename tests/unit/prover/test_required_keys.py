"""Occurrences of a witness have what their event requires, and what rules say of them stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from intercom_iac.model import DataType, Event, Field, MetadataKey, Person
from intercom_iac.model.predicate import IsKnown, Not, Occurrences
from intercom_iac.prover import (
    Matrix,
    PairRelation,
    RequiredKeys,
    RuleRelation,
    Satisfiable,
    Unsatisfiable,
    Witness,
)

PAID = Event(
    "paid",
    metadata=(
        MetadataKey("plan", DataType.OPTIONS, required=True, options=("pro", "free")),
        MetadataKey("amount", DataType.FLOAT, required=True),
        MetadataKey("seats", DataType.INTEGER, required=True),
        MetadataKey("due", DataType.DATE, required=True),
        MetadataKey("renewal", DataType.BOOLEAN, required=True),
        MetadataKey("note", DataType.STRING),
    ),
)
SEATS = Field("event", "seats", DataType.INTEGER, wire="metadata.seats", search=None)
NO_SEATS = Occurrences("paid", where=Not(IsKnown(SEATS)))


def witness(**metadata: Any) -> Witness:
    occurrence = {
        "event_name": "Paid",
        "created_at": 1773403200,
        **({"metadata": metadata} if metadata else {}),
    }
    return Witness(today=date(2026, 3, 14), zone="UTC", person=Person({"id": "1"}, (), (occurrence,)))


def metadata_of(completed: Witness) -> Any:
    return completed.person.events[0].get("metadata")


def test_what_is_required_and_not_read_gets_a_value() -> None:
    completed = RequiredKeys([PAID], [NO_SEATS]).witness(witness(plan="free"))
    assert metadata_of(completed) == {"plan": "free", "amount": 10.0, "due": 1773403200, "renewal": True}


def test_an_event_that_requires_nothing_is_left_alone() -> None:
    unchanged = witness()
    assert RequiredKeys([Event("paid")], [NO_SEATS]).witness(unchanged) is unchanged
    assert RequiredKeys([Event("other", metadata=PAID.metadata)], []).witness(unchanged) == unchanged


def test_every_verdict_of_a_relation_is_completed() -> None:
    complete = RequiredKeys([PAID], [])
    somebody, nobody = Satisfiable(witness()), Unsatisfiable()
    rule = complete.rule(RuleRelation(somebody, nobody))
    pair = complete.pair(PairRelation(nobody, somebody, somebody))
    assert isinstance(rule.inside, Satisfiable)
    assert set(metadata_of(rule.inside.witness)) == {"plan", "amount", "seats", "due", "renewal"}
    assert (rule.outside, pair.both) == (nobody, nobody)
    assert pair.first_only is pair.second_only is rule.inside


def test_a_matrix_leaves_out_what_the_rules_of_a_witness_read_alone() -> None:
    somebody, nobody = Satisfiable(witness()), Unsatisfiable()
    rules = {"any": Occurrences("paid"), "none": NO_SEATS}
    matrix = Matrix(
        rules={key: RuleRelation(somebody, nobody) for key in rules},
        pairs={("any", "none"): PairRelation(somebody, nobody, nobody)},
    )
    completed = RequiredKeys([PAID], rules.values()).matrix(matrix, rules)
    found = [
        completed.rules["any"].inside,
        completed.rules["none"].inside,
        completed.pairs["any", "none"].both,
    ]
    assert [
        "seats" in metadata_of(verdict.witness) for verdict in found if isinstance(verdict, Satisfiable)
    ] == [
        True,
        False,
        False,
    ]
