"""What is decided of rules of each form: somebody, whom `meaning` knows, or nobody, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model import DataType
from intercom_iac.model.predicate import And, Compares, Equals, InIntercomSegment, Not, Or
from intercom_iac.model.world import Assumption, World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, decide, relate_rule, relate_rules, smt
from intercom_iac.prover.solver import texts
from intercom_iac.prover.solver.clauses import Budget
from intercom_iac.prover.solver.procedure import find_model
from intercom_iac.prover.solver.space import Space
from intercom_iac.prover.solver.steps import Undecided
from intercom_iac.rules import format_rule, satisfies
from support.proofs.decided_rules import NOBODY, SOMEBODY, TODAY, WORLD, Nobody, compiled


@pytest.mark.parametrize("case", NOBODY, ids=lambda case: case.rule)
def test_nobody_and_the_tests_that_clash(case: Nobody) -> None:
    verdict = decide(compiled(case.rule), WORLD)
    assert isinstance(verdict, Unsatisfiable)
    assert [format_rule(test) for test in verdict.conflict] == [
        format_rule(compiled(test)) for test in case.conflict
    ]
    assert verdict.last_day == case.last_day


@pytest.mark.parametrize("text", SOMEBODY)
def test_somebody_whom_the_meaning_of_the_rule_knows(text: str) -> None:
    rule = compiled(text)
    verdict = decide(rule, WORLD)
    assert isinstance(verdict, Satisfiable)
    witness = verdict.witness
    assert witness.today >= TODAY
    assert satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))


@pytest.mark.parametrize(
    "text",
    [
        "note contains word '12' and note != '12'",
        "note contains word '12' and note starts with '12' and note != '12'",
        "note contains word '12' and note ends with '12' and note != '12'",
        "note starts with '12' and note ends with '12' and note != '12'",
        "note contains word '12' and note starts with '12' and note ends with '12' and note not in ('12', '1212')",
    ],
)
def test_another_text_is_found_that_passes_where_the_nearest_is_taken(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smt, "decide_with_smt", lambda rule, world, **_: Unknown("z3 is not asked"))
    assert isinstance(decide(compiled(text), WORLD), Satisfiable)


@pytest.mark.parametrize(
    "text",
    [
        "email not contains e",
        "email_domain not contains e and email is unknown",
        "company(name not contains a)",
    ],
)
def test_what_tells_people_apart_stays_out_where_a_rule_reads_it_and_has_none(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smt, "decide_with_smt", lambda rule, world, **_: Unknown("z3 is not asked"))
    assert isinstance(decide(compiled(text), WORLD), Satisfiable)


def test_a_witness_without_a_domain_has_no_address() -> None:
    verdict = decide(compiled("email_domain not contains e"), WORLD)
    assert isinstance(verdict, Satisfiable)
    assert "email" not in verdict.witness.person.contact


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("plan = pro", "plan in (pro, free)", "narrower"),
        ("usage >= 3", "usage > 2", "equivalent"),
        ("usage > 3", "score > 3", "overlapping"),
        ("ends within last 3 days", "ends within next 3 days and ends > today", "disjoint"),
        ("company.seats > 3", "company(seats > 3 and tier = gold)", "wider"),
        ("not (vip and plan = pro)", "not vip or plan != pro", "equivalent"),
        ("event login", "event login count >= 1", "equivalent"),
        ("vip and not vip", "plan = pro", "narrower"),
    ],
)
def test_two_rules(first: str, second: str, relation: str) -> None:
    assert relate_rules(compiled(first), compiled(second), WORLD).name == relation


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("plan != free or plan != pro", "always"),
        ("vip or not vip", "always"),
        ("company.tier = gold or not company.tier = gold", "always"),
        ("usage > limit or usage <= limit", "sometimes"),
        ("role = user or role = lead", "always"),
    ],
)
def test_one_rule(text: str, relation: str) -> None:
    assert relate_rule(compiled(text), WORLD).name == relation


@pytest.mark.parametrize(
    ("text", "assumption"),
    [
        ("plan has any value and plan not in (free, trial, pro)", Assumption.DECLARED_OPTIONS),
        ("signed_up_at after today", Assumption.PAST_TIMESTAMPS),
        ("event login after today", Assumption.PAST_TIMESTAMPS),
        ("usage > 1 and usage < 2", Assumption.WHOLE_NUMBERS),
        ("usage > limit and limit > 5 and usage < 7", Assumption.WHOLE_NUMBERS),
        (f"note starts with '{'a' * 200}' and note ends with '{'b' * 100}'", Assumption.SHORT_TEXTS),
        (f"note = '{'a' * 256}'", Assumption.SHORT_TEXTS),
        ("role is unknown", Assumption.KNOWN_ROLE),
        ("company.size < 0", Assumption.COUNTS_NOT_NEGATIVE),
    ],
)
def test_what_is_taken_for_granted_can_be_turned_off(text: str, assumption: Assumption) -> None:
    rule = compiled(text)
    assert isinstance(decide(rule, WORLD), Unsatisfiable)
    assert isinstance(decide(rule, replace(WORLD, without=frozenset({assumption}))), Satisfiable)


def test_a_day_that_is_fixed() -> None:
    rule = compiled("ends on 2026-05-01 and ends within next 3 days")
    assert isinstance(decide(rule, WORLD), Satisfiable)
    on_that_day = decide(rule, World(TODAY, TODAY))
    assert isinstance(on_that_day, Unsatisfiable)
    assert on_that_day.last_day is None
    until = World(TODAY, date(2026, 4, 28))
    assert isinstance(verdict := decide(rule, until), Satisfiable)
    assert verdict.witness.today == date(2026, 4, 28)


def test_a_segment_of_intercoms_decides_nothing_but_its_own_opposite() -> None:
    segment = InIntercomSegment("old", "Old ones")
    assert isinstance(unknown := decide(segment, WORLD), Unknown)
    assert unknown.clause == segment
    assert isinstance(decide(Or((segment, compiled("plan = pro"))), WORLD), Satisfiable)
    assert isinstance(decide(Or((segment, Not(segment))), WORLD), Satisfiable)
    assert relate_rule(Or((segment, Not(segment))), WORLD).name == "always"


def test_an_attribute_that_had_another_type_is_another() -> None:
    before = compiled("usage > 3")
    assert isinstance(before, Compares)
    after = Equals(replace(before.field, type=DataType.STRING), "many")
    assert isinstance(decide(And((before, Not(after))), WORLD), Satisfiable)
    assert not isinstance(decide(And((before, after)), WORLD), Satisfiable)


def test_texts_that_are_looked_for_count_as_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of so many parts some do not fit into one text, and nearly every choice of them is another such conflict."""
    looked_for: list[int] = []
    find_text = texts._find_text
    monkeypatch.setattr(texts, "_find_text", lambda *asked: looked_for.append(1) or find_text(*asked))
    parts = [f"p{number:02}abcdefg" for number in range(80)]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    rule = compiled(" and ".join(f"(note contains {one} or note contains {other})" for one, other in pairs))
    space = Space([rule], WORLD)
    outcome = find_model(space, [space.clauses(space.formula(rule))], Budget(5_000))
    assert isinstance(outcome, Undecided)
    assert len(looked_for) < 20
