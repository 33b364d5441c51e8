"""What z3 decides of each form of rule, and how it says so."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Predicate, Schema
from intercom_iac.model.world import Assumption, World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, describe_witness
from intercom_iac.prover.smt import decide_with_smt
from intercom_iac.rules import compile_rule, format_rule
from intercom_iac.text import Excerpt

SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, DataType(kind), options)
        for model, name, kind, options in (
            ("contact", "plan", "options", ("free", "trial", "pro")),
            ("contact", "usage", "integer", ()),
            ("contact", "score", "float", ()),
            ("contact", "trial_end", "date", ()),
            ("contact", "paid_until", "date", ()),
            ("contact", "vip", "boolean", ()),
            ("contact", "job", "string", ()),
            ("company", "tier", "string", ()),
            ("company", "seats", "integer", ()),
        )
    },
    {
        "paid": Event("paid", metadata=(MetadataKey("total", DataType.FLOAT),)),
        "login": Event("login"),
    },
)
WORLD = World(first=date(2026, 3, 14), zone="Europe/Dublin")


def compiled(text: str) -> Predicate:
    predicate, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert predicate is not None, diagnostics
    return predicate


@pytest.mark.parametrize(
    ("rule", "person"),
    [
        ("plan = pro or plan = free", "ada@example.com with plan = free"),
        ("plan is not pro or plan is not free", "ada@example.com with no plan"),
        ("score > 5 and score < 6", "ada@example.com with score = 5.5"),
        ("vip is false and not vip and usage = 3", "ada@example.com with vip = false and usage = 3"),
        (
            "company.tier = gold and company.tier = silver",
            "ada@example.com with company 'Lovelace Ltd' (tier = gold) and company 'Hopper Labs' (tier = silver)",
        ),
        ("event paid", "ada@example.com with event paid on 2026-03-07"),
        (
            "event login on at least 4 days within last 3 days",
            "ada@example.com with event login 4 times from 2026-03-11 to 2026-03-14, on 2026-03-14",
        ),
        (
            "trial_end within next 3 days and trial_end more than 3 days after paid_until "
            "and paid_until after 2026-03-20",
            "ada@example.com with trial_end 2026-03-25 and paid_until 2026-03-21, on 2026-03-22",
        ),
    ],
)
def test_somebody_satisfies_the_rule_and_has_no_more_than_that_takes(rule: str, person: str) -> None:
    verdict = decide_with_smt(compiled(rule), WORLD)
    assert isinstance(verdict, Satisfiable)
    assert describe_witness(verdict.witness, [compiled(rule)]) == person


@pytest.mark.parametrize(
    ("rule", "conflict"),
    [
        ("usage = 1 and plan = pro and plan = free", ["plan = pro", "plan = free"]),
        ("not (plan is not pro or plan is not free)", ["plan = pro", "plan = free"]),
        ("usage > 5 and usage < 6", ["usage > 5", "usage < 6"]),
        (
            "score > 0.1 and score < 0.10000000000000002",
            ["score > 0.1", "score < 0.10000000000000002"],
        ),
        ("role is unknown", ["role is unknown"]),
        (
            "trial_end after paid_until and paid_until more than 3 days from now "
            "and (trial_end within next 3 days or trial_end is unknown)",
            [
                *("trial_end after paid_until", "paid_until more than 3 days from now"),
                *("trial_end within next 3 days", "trial_end is unknown"),
            ],
        ),
        (
            "company(tier = gold and seats > 3) and not company.seats > 2",
            ["company(tier = gold and seats > 3)", "not company.seats > 2"],
        ),
        ("job = Boss and not job contains boss", ["job = Boss", "job not contains boss"]),
        (
            "job contains 'trial ' and not job contains word trial",
            [],
        ),
        (
            "event paid and not event paid",
            ["event paid", "not event paid"],
        ),
        (
            "event paid where total > 5 count >= 2 and event paid where total > 7 count >= 3 "
            "and event paid count = 3 and event paid where total < 6",
            ["event paid where total > 7 count >= 3", "event paid count = 3", "event paid where total < 6"],
        ),
        (
            "event paid first before 2026-01-01 and event paid count = 1 and event paid last after 2026-02-01",
            [
                *("event paid first before 2026-01-01", "event paid count = 1"),
                "event paid last after 2026-02-01",
            ],
        ),
        (
            "event login on at least 5 days within last 3 days",
            ["event login on at least 5 days within last 3 days"],
        ),
        (
            "event login then event paid within 2 days and not event paid",
            ["event login then event paid within 2 days", "not event paid"],
        ),
        (
            "event paid within 7 days after signed_up_at "
            "and event paid first more than 8 days after signed_up_at",
            [
                "event paid within 7 days after signed_up_at",
                "event paid first more than 8 days after signed_up_at",
            ],
        ),
        ("event paid sum of total > 0 and not event paid", ["event paid sum of total > 0", "not event paid"]),
    ],
)
def test_nobody_satisfies_the_rule_for_these_tests(rule: str, conflict: list[str]) -> None:
    verdict = decide_with_smt(compiled(rule), WORLD)
    if conflict:
        assert isinstance(verdict, Unsatisfiable)
        assert list(map(format_rule, verdict.conflict)) == conflict
        assert verdict.last_day is None
    else:
        assert isinstance(verdict, Satisfiable)


def test_the_last_day_on_which_somebody_could() -> None:
    rule = compiled("signed_up_at before 2026-01-01 and signed_up_at within last 30 days")
    verdict = decide_with_smt(rule, WORLD)
    assert isinstance(verdict, Unsatisfiable)
    assert verdict.last_day == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("rule", "assumption"),
    [
        ("plan has any value and plan not in (free, trial, pro)", Assumption.DECLARED_OPTIONS),
        ("signed_up_at after today", Assumption.PAST_TIMESTAMPS),
        ("usage > 1 and usage < 2", Assumption.WHOLE_NUMBERS),
        (f"job starts with {'a' * 200} and job ends with {'b' * 200}", Assumption.SHORT_TEXTS),
        ("role is unknown", Assumption.KNOWN_ROLE),
    ],
)
def test_each_assumption_can_be_turned_off(rule: str, assumption: Assumption) -> None:
    without = World(first=WORLD.first, zone=WORLD.zone, without=frozenset({assumption}))
    assert isinstance(decide_with_smt(compiled(rule), WORLD), Unsatisfiable)
    assert isinstance(decide_with_smt(compiled(rule), without), Satisfiable)


def test_without_its_extra_it_is_unknown_and_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda module: None)
    verdict = decide_with_smt(compiled("plan = pro"), WORLD)
    assert isinstance(verdict, Unknown)
    assert "pip install 'intercom-iac[prove]'" in verdict.reason
