"""Compiling a thousand rules, and a rule compiled to Python against Python written by hand for the same rule.

The forms that compare with more than one value are measured against a test of one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from measuring import own_peak, report

from intercom_iac.compilers import evaluator, sql, to_search
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Person, Predicate, Schema
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

RULES, PEOPLE, ROUNDS = 1_000, 20_000, 7
TODAY, ZONE = date(2026, 6, 1), ZoneInfo("UTC")
NOW = 1780272000  # the beginning of that day
SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, DataType(kind), options)
        for model, name, kind, options in (
            ("contact", "plan", "options", ("free", "trial", "pro", "enterprise")),
            ("contact", "usage", "integer", ()),
            ("contact", "last_active", "date", ()),
            ("contact", "allowance", "integer", ()),
            ("contact", "started", "date", ()),
            ("company", "tier", "string", ()),
        )
    },
    {
        "paid": Event("paid", metadata=(MetadataKey("total", DataType.INTEGER),)),
        "other": Event("other"),
    },
)
RULE = (
    "plan in (trial, pro) and usage > 50 and not last_active more than 14 days ago "
    "or company.tier = gold and event paid where total > 10 count >= 2 within last 30 days"
)
FORMS = (
    "usage > 50",
    "usage between 20 and 50",
    "usage > allowance",
    "last_active between 3 and 7 days ago",
    "last_active within 7 days after started",
    "plan contains word pro",
    "event paid count >= 2 within last 30 days",
    "event paid sum of total >= 20 within last 30 days",
    "event paid on at least 2 days within last 30 days",
    "event paid then event other within 7 days",
)


def by_hand(person: Person) -> bool:
    """What a person writes for RULE, on the same objects."""
    custom = person.contact.get("custom_attributes") or {}
    if custom.get("plan") in ("trial", "pro"):
        usage, seen = custom.get("usage"), custom.get("last_active")
        if usage is not None and usage > 50 and not (seen is not None and seen < NOW - 14 * 86400):
            return True
    if not any(
        (company.get("custom_attributes") or {}).get("tier") == "gold" for company in person.companies
    ):
        return False
    paid = 0
    for event in person.events:
        total = (event.get("metadata") or {}).get("total")
        lately = NOW - 30 * 86400 <= event["created_at"] < NOW + 86400
        if event["event_name"] == "paid" and lately and total is not None and total > 10:
            paid += 1
    return paid >= 2


def people() -> list[Person]:
    pick = random.Random(3)
    return [
        Person(
            {
                "custom_attributes": {
                    "plan": pick.choice(["free", "trial", "pro", None]),
                    "usage": pick.randrange(120),
                    "last_active": NOW - pick.randrange(40 * 86400),
                    "allowance": pick.randrange(120),
                    "started": NOW - pick.randrange(60 * 86400),
                }
            },
            [
                {"custom_attributes": {"tier": pick.choice(["gold", "silver"])}}
                for _ in range(pick.randrange(3))
            ],
            [
                {
                    "event_name": pick.choice(["paid", "other"]),
                    "created_at": NOW - pick.randrange(60 * 86400),
                    "metadata": {"total": pick.randrange(30)},
                }
                for _ in range(pick.randrange(6))
            ],
        )
        for _ in range(PEOPLE)
    ]


def seconds(work: Callable[[], Any]) -> float:
    """Of the processor, whatever else the machine does."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    texts = [f"{RULE} or usage = {number}" for number in range(RULES)]
    compiled: list[Any] = []

    def read() -> None:
        compiled[:] = [compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)[0] for text in texts]

    duckdb = sql.DIALECTS["duckdb"]
    stages: dict[str, Callable[[], Any]] = {
        "text to typed tree": read,
        "tree to search": lambda: [to_search(rule, today=TODAY, zone=ZONE) for rule in compiled],
        "tree to SQL": lambda: [sql.members(rule, duckdb, today=TODAY, zone=ZONE) for rule in compiled],
        "tree to Python": lambda: [evaluator(rule, today=TODAY, zone=ZONE) for rule in compiled],
    }
    print(f"compiling {RULES:,} rules of eight tests, median of 3")
    taken = {name: median(seconds(work) for _ in range(3)) for name, work in stages.items()}
    for name, time_ in taken.items():
        print(f"  {name:<20} {1000 * time_:7.0f} ms")
    reading, to_sql = taken["text to typed tree"], taken["tree to SQL"]
    report("compiling", ratios=((reading + to_sql) / reading,), seconds=reading + to_sql, memory=own_peak())
    everybody = people()
    holds = evaluator(compile_rule(Excerpt.from_text(RULE, "<rule>"), SCHEMA)[0], today=TODAY, zone=ZONE)
    assert list(map(holds, everybody)) == list(map(by_hand, everybody))
    print(f"one rule of seven tests on {PEOPLE:,} people, median of {ROUNDS}")
    pairs = [
        (seconds(lambda: list(map(holds, everybody))), seconds(lambda: list(map(by_hand, everybody))))
        for _ in range(ROUNDS)
    ]
    rate = PEOPLE / median(ours for ours, _ in pairs)
    report(
        "a rule in Python",
        ratios=[ours / hand for ours, hand in pairs],
        memory=own_peak(),
        figures=f"{rate:,.0f} people a second",
    )
    print_forms(everybody)


def print_forms(everybody: list[Person]) -> None:
    """What a test of each form costs, from text to tree and on a person, against the first."""
    print(f"a form each: {RULES:,} times from text to tree, and on {PEOPLE:,} people; best of 3")
    costs = [cost_of(form, everybody) for form in FORMS]
    for form, (reading, asking) in zip(FORMS, costs, strict=True):
        print(f"  {form:<50} {reading / costs[0][0]:5.2f}x  {asking / costs[0][1]:5.2f}x")


def cost_of(form: str, everybody: list[Person]) -> tuple[float, float]:
    """Seconds that it takes to read a test as often as there are rules, and to ask it of everybody."""

    def read() -> Predicate | None:
        return compile_rule(Excerpt.from_text(form, "<rule>"), SCHEMA)[0]

    predicate = read()
    assert predicate is not None
    holds = evaluator(predicate, today=TODAY, zone=ZONE)
    reading = min(seconds(lambda: [read() for _ in range(RULES)]) for _ in range(3))
    return reading, min(seconds(lambda: list(map(holds, everybody))) for _ in range(3))


if __name__ == "__main__":
    main()
