"""Assertions and priorities: what is proved says nothing, what is refuted names a person and the clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, Verdict, decide
from intercom_iac.specs import Loaded
from intercom_iac.specs.contracts import check_contracts
from intercom_iac.specs.contracts.asserting import check_assertions
from intercom_iac.specs.contracts.prioritizing import check_priorities

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    trial_end_date: {type: date}
    is_admin: {type: boolean}
segments:
  trial: {rule: plan_type = trial, publish: [tag]}
  paid: {rule: plan_type = pro, publish: [tag]}
  free: {rule: plan_type = free}
  ending: {rule: plan_type != free and trial_end_date within next 3 days, publish: [tag]}
  expired: {rule: trial_end_date before 2026-01-01 and trial_end_date within last 30 days}
  built: {built_in_intercom: true}
  gone: {rule: plan_type = pro, status: archived, publish: [tag]}
"""
WORLD = World(date(2026, 3, 14), zone="Europe/Dublin")


def found(assertions: str, loaded: Load) -> list[Diagnostic]:
    specs = loaded(SPECS + assertions)
    assert not specs.errors, specs.errors
    return check_contracts(specs.schema, WORLD)


@pytest.mark.parametrize(
    "claim",
    [
        "disjoint: [trial, paid, free]",
        "disjoint: [trial, 'plan_type = pro and is_admin']",
        "covers: {all: [trial, paid, free], of: plan_type has any value}",
        "covers: {all: [plan_type = trial or plan_type != trial], of: role = user}",
        "implies: {if: trial, then: plan_type = trial}",
        "implies: {if: segment trial and is_admin, then: trial}",
        "equivalent: [trial, segment trial, not plan_type != trial]",
        "nonempty: [trial, ending]",
        "never: segment trial and plan_type = pro",
        "never: expired",
        "never: segment built and not segment built",
    ],
)
def test_what_is_proved_says_nothing(claim: str, loaded: Load) -> None:
    assert found(f"assertions:\n  one: {{{claim}}}\n", loaded) == []


REFUTED = [
    (
        "disjoint: [trial, paid, ending]",
        [
            "`trial` and `ending` both select ada@example.com with plan_type = trial",
            "`paid` and `ending` both select ada@example.com with plan_type = pro",
        ],
        ["ending", "ending"],
        ["plan_type = trial", "plan_type != free", "trial_end_date within next 3 days"],
    ),
    (
        "covers: {all: [trial, paid], of: role = user}",
        ["`role = user`, and none of `trial` and `paid`, selects ada@example.com with role = user"],
        ["role = user"],
        ["plan_type = trial", "plan_type = pro"],
    ),
    (
        "covers: {all: [trial], of: ending}",
        ["`ending`, and not `trial`, selects ada@example.com with"],
        ["ending"],
        ["plan_type != free", "trial_end_date within next 3 days", "plan_type = trial"],
    ),
    (
        "implies: {if: ending, then: plan_type = trial}",
        ["`ending`, and not `plan_type = trial`, selects ada@example.com with"],
        ["plan_type = trial"],
        ["plan_type != free", "trial_end_date within next 3 days"],
    ),
    (
        "equivalent: [trial, plan_type != pro]",
        ["`plan_type != pro`, and not `trial`, selects ada@example.com with"],
        ["plan_type != pro"],
        ["plan_type = trial"],
    ),
    (
        "never: segment trial and is_admin",
        ["`segment trial and is_admin` selects ada@example.com with plan_type = trial and is_admin = true"],
        ["segment trial and is_admin"],
        ["plan_type = trial", "is_admin"],
    ),
    (
        "nonempty: [trial, expired]",
        ["`expired` selects nobody after 2026-01-30, since of `trial_end_date before 2026-01-01` and"],
        ["expired"],
        ["trial_end_date before 2026-01-01", "trial_end_date within last 30 days"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "messages", "places", "clauses"), REFUTED)
def test_what_is_refuted_names_a_person_and_underlines_the_clauses(
    claim: str, messages: list[str], places: list[str], clauses: list[str], loaded: Load
) -> None:
    diagnostics = found(f"assertions:\n  one: {{{claim}, reason: mails are one series}}\n", loaded)
    assert {diagnostic.code for diagnostic in diagnostics} == {"PROOF1030"}
    assert all(diagnostic.is_error for diagnostic in diagnostics)
    assert len(diagnostics) == len(messages)
    for diagnostic, message, place in zip(diagnostics, messages, places, strict=True):
        assert diagnostic.message.startswith(f"the assertion `one` does not hold: {message}")
        assert diagnostic.span is not None
        assert diagnostic.span.text == place
        assert diagnostic.hint is not None
        assert diagnostic.hint.startswith("the reason for it: mails are one series; ")
    assert [note.span.text for note in diagnostics[0].related] == clauses


def test_what_is_not_decided_is_an_error_unless_that_is_allowed(loaded: Load) -> None:
    (error,) = found("assertions:\n  one: {nonempty: [trial, built]}\n", loaded)
    assert (error.code, error.severity) == ("PROOF1031", "error")
    claim = "never: segment built and role = lead"
    (error,) = found(f"assertions:\n  one: {{{claim}}}\n", loaded)
    assert (error.code, error.severity) == ("PROOF1031", "error")
    assert "whether `segment built and role = lead` selects anybody is not known" in error.message
    (remark,) = found(f"assertions:\n  one: {{{claim}, allow_unknown: true}}\n", loaded)
    assert (remark.code, remark.severity) == ("PROOF1032", "info")


def test_an_assertion_that_may_stay_undecided_may_not_be_wrong(loaded: Load) -> None:
    (error,) = found("assertions:\n  one: {never: is_admin, allow_unknown: true}\n", loaded)
    assert error.code == "PROOF1030"


# --- priorities ---------------------------------------------------------------------------------------------


def test_published_segments_that_select_the_same_person_both_have_a_place(loaded: Load) -> None:
    assert found("priorities: [ending, trial, paid]\n", loaded) == []
    # A segment that overlaps with none needs no place, an archived one and one that publishes nothing neither.
    diagnostics = found("priorities: [ending]\n", loaded)
    assert [(diagnostic.code, diagnostic.subject) for diagnostic in diagnostics] == [
        ("PROOF1035", "segment.trial"),
        ("PROOF1035", "segment.paid"),
    ]
    assert diagnostics[0].message.startswith(
        "`trial` and `ending` are published and both select ada@example.com with plan_type = trial"
    )
    assert diagnostics[0].related[0].span.text == "priorities"


def test_segments_that_are_asserted_to_be_disjoint_need_no_order(loaded: Load) -> None:
    text = (
        "assertions:\n  one: {disjoint: [trial, paid]}\n  two: {disjoint: [ending, paid]}\n"
        "priorities: [trial, ending]\n"
    )
    codes = [diagnostic.code for diagnostic in found(text, loaded)]
    # The second one is wrong, which is told of the assertion.
    assert codes == ["PROOF1030"]


def test_without_priorities_nothing_is_asked_of_the_order(loaded: Load) -> None:
    assert found("", loaded) == []


def test_an_overlap_that_is_not_decided_asks_for_an_order_too(loaded: Load) -> None:
    def decide(rule: Predicate, world: World, *, explain: bool = True) -> Verdict:
        assert not explain
        return Unknown(f"nothing is decided from {world.first} on", rule)

    specs = loaded(f"{SPECS}priorities: [ending]\n")
    diagnostics = list(check_priorities(specs.schema, WORLD, decide))
    assert [diagnostic.code for diagnostic in diagnostics] == ["PROOF1036", "PROOF1036"]
    assert "is not known: nothing is decided from 2026-03-14 on" in diagnostics[0].message


RULES = [
    "plan_type = trial",
    "plan_type = pro and is_admin",
    "plan_type = free and segment built",
    "segment built",
    "segment other and not segment built",
    "is_admin or segment built",
    "segment built or not segment built and plan_type = pro",
    "plan_type = trial and (not is_admin or trial_end_date before 2026-01-01)",
    "trial_end_date within last 3 days and segment built",
]


def of_rules(rules: Sequence[str], more: str, loaded: Load) -> Loaded:
    segments = "".join(f"  s{at}: {{rule: {rule}, publish: [tag]}}\n" for at, rule in enumerate(rules))
    others = SPECS.replace(", publish: [tag]", "") + "  other: {built_in_intercom: true}\n"
    specs = loaded(others + segments + more)
    assert not specs.errors, specs.errors
    return specs


def test_each_segment_is_told_by_the_first_that_overlaps_else_by_the_first_doubt(loaded: Load) -> None:
    """As if each pair had been asked of the prover."""
    schema = of_rules(RULES, "priorities: [s0]\n", loaded).schema
    published = [segment for segment in schema.segments.values() if segment.publish]
    expected: list[tuple[str, str, str]] = []
    for one in published:
        if one.key == "s0":
            continue
        verdicts = [
            (decide(And((one.typed_rule, other.typed_rule)), WORLD, explain=False), other.key)
            for other in published
            if other is not one
        ]
        for kind, code in ((Satisfiable, "PROOF1035"), (Unknown, "PROOF1036")):
            first = next((key for verdict, key in verdicts if isinstance(verdict, kind)), None)
            if first is not None:
                expected.append((code, one.key, first))
                break
    diagnostics = list(check_priorities(schema, WORLD, decide))
    assert [
        (diagnostic.code, str(diagnostic.subject).removeprefix("segment."), diagnostic.message.split("`")[3])
        for diagnostic in diagnostics
    ] == expected
    assert {code for code, _, _ in expected} == {"PROOF1035", "PROOF1036"}


@pytest.mark.parametrize("rule", ["trial_end_date = 2026-03-{day:02}", "segment built"])
def test_few_pairs_of_many_segments_are_proved(rule: str, loaded: Load) -> None:
    """None where single fields say that nobody is in both; of those that nobody can decide, the first."""
    rules = [rule.format(day=day) for day in range(1, 31)]
    names = ", ".join(f"s{at}" for at in range(len(rules)))
    schema = of_rules(
        rules,
        f"assertions: {{one: {{disjoint: [{names}], allow_unknown: true}}}}\npriorities: [s0]\n",
        loaded,
    ).schema
    asked = 0

    def count(rule: Predicate, world: World, *, explain: bool = True) -> Verdict:
        nonlocal asked
        asked += 1
        return decide(rule, world, explain=explain)

    list(check_priorities(replace(schema, assertions={}), WORLD, count))
    assert asked <= 4 * len(rules)
    if "built" not in rule:
        asked = 0
        assert list(check_assertions(schema, WORLD, count)) == []
        assert not asked
