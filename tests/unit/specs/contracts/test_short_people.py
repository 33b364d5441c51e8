"""People in the shapes of the API, in short form: back again they are the same to the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date
from typing import Any

import pytest

from intercom_iac.model import Person, Predicate
from intercom_iac.prover import Witness
from intercom_iac.rules import satisfies
from intercom_iac.specs import Loaded
from intercom_iac.specs.contracts import entry_of_test, short_test

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes:
  contact:
    plan_type: {type: string}
    trial_end_date: {type: date}
    score: {type: float}
  company:
    seats: {type: integer}
events:
  invite_sent: {metadata: {channel: {type: string}, sent_date: {type: date}}}
segments:
  tested:
    rule: RULE
"""
TODAY = date(2026, 3, 14)
NOON = 1773489600  # of this day
DAY = 86_400
PERSON = Person(
    {
        "id": "65f2",
        "role": "user",
        "email": "ada@example.com",
        "custom_attributes": {
            "plan_type": "${PLAN}",
            "trial_end_date": NOON + 2 * DAY,
            "score": 1.5,
            "other": 1,
        },
        "tags": {"type": "list", "data": [{"type": "tag", "id": "1", "name": "vip"}]},
    },
    (
        {"id": "1", "custom_attributes": {"seats": 7}},
        {"id": "2", "plan": {"name": "pro"}, "tags": {"type": "tag.list", "tags": [{"name": "old"}]}},
    ),
    (
        {"event_name": "Invite_Sent", "created_at": NOON - DAY, "metadata": {"channel": "link"}},
        {"event_name": "invite_sent", "created_at": NOON - 3 * DAY, "metadata": {"channel": "email"}},
        {"event_name": "invite_sent", "created_at": NOON - 3 * DAY, "metadata": {"channel": "email"}},
        {"event_name": "other", "created_at": NOON},
    ),
)


def rule_of(text: str, loaded: Load) -> Predicate:
    specs = loaded(SPECS.replace("RULE", f'"{text}"'))
    assert not specs.errors, specs.errors
    return specs.schema.segments["tested"].typed_rule


@pytest.mark.parametrize(
    ("rule", "entry"),
    [
        ("role = user", {"contact": {"role": "user"}}),
        (
            "plan_type = pro and trial_end_date within next 3 days and score > 1",
            # Text that looks like a variable is none.
            {"contact": {"plan_type": "$${PLAN}", "trial_end_date": "today + 2 days", "score": 1.5}},
        ),
        (
            "trial_end_date before 2026-04-01",
            {"contact": {"trial_end_date": "2026-03-16"}, "today": "2026-03-14"},
        ),
        ("company.seats > 5", {"companies": [{"seats": 7}, {}]}),
        ("company(tag old and plan = pro)", {"companies": [{}, {"plan": "pro", "tags": ["old"]}]}),
        ("tag vip", {"tags": ["vip"]}),
        ("tag other", {}),
        (
            "event invite_sent where channel = email",
            {
                "events": [
                    {
                        "event": "invite_sent",
                        "on": "today - 3 days",
                        "count": 2,
                        "metadata": {"channel": "email"},
                    },
                    {"event": "invite_sent", "on": "today - 1 day", "metadata": {"channel": "link"}},
                ]
            },
        ),
        (
            "event invite_sent count = 3",
            {
                "events": [
                    {"event": "invite_sent", "on": "today - 3 days", "count": 2},
                    {"event": "invite_sent", "on": "today - 1 day"},
                ]
            },
        ),
    ],
)
def test_only_what_the_rule_reads_is_said_and_the_rule_says_the_same_of_it(
    rule: str, entry: dict[str, Any], loaded: Load
) -> None:
    predicate = rule_of(rule, loaded)
    member = satisfies(PERSON, predicate, today=TODAY, zone=UTC)
    test = short_test(Witness(TODAY, "UTC", PERSON), [predicate], member=member)
    assert entry_of_test(test) == {**entry, "member": member}
    assert satisfies(test.person.on(TODAY, UTC), predicate, today=TODAY, zone=UTC) == member
