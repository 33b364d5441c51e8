"""The rules of the judge, by the record: code and path of each violation, in order."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model.payload import PayloadKind, standard
from intercom_iac.payloads import RecordJudge, Violation
from support.payload_schemas import schema_of

SCHEMA = schema_of("""\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    seats: {type: integer}
    trial_end_date: {type: date, messenger_writable: true}
    synced_at: {type: float}
    plan_name: {type: string, status: deprecated}
    tier_name: {type: string, renamed_from: plan_name}
    old_plan: {type: string, status: archived}
  company:
    floors: {type: integer, messenger_writable: true}
    tier: {type: string}
events:
  paid:
    metadata:
      total: {type: float, required: true}
      article: {type: string}
      charged_at: {type: integer}
  left: {status: archived, metadata: {why: {type: string}}}
  paused: {status: deprecated}
""")
TODAY = date(2026, 3, 14)
JUDGE = RecordJudge(SCHEMA, today=TODAY)
LAST_SECOND_OF_TODAY = 1773532799


def found(kind: PayloadKind | None, record: Any) -> list[tuple[str, str]]:
    return [(violation.code.id, violation.path) for violation in violations(kind, record)]


def violations(kind: PayloadKind | None, record: Any) -> list[Violation]:
    return JUDGE.violations(7, record, kind)


def contact(**values: Any) -> dict[str, Any]:
    return {"external_id": "u1", **values}


def event(name: str = "paid", **values: Any) -> dict[str, Any]:
    return {"event_name": name, "created_at": 1_700_000_000, "user_id": "u1", **values}


def boot(**values: Any) -> dict[str, Any]:
    return {"app_id": "abc", "user_id": "u1", **values}


@pytest.mark.parametrize(
    ("kind", "record", "expected"),
    [
        ("contact", contact(custom_attributes={"plan_type": "pro", "seats": None}), []),
        ("contact", {"email": "a@example.com", "type": "contact"}, []),
        ("contact", {}, [("PAYL923", "")]),
        ("contact", {"external_id": "", "name": "Jo"}, [("PAYL923", "")]),
        ("contact", {"external_id": None}, [("PAYL926", "external_id"), ("PAYL923", "")]),
        ("contact", contact(role="admin"), [("PAYL905", "role")]),
        ("contact", contact(plan_type="pro"), [("PAYL924", "plan_type")]),
        ("contact", contact(metadata={}), [("PAYL924", "metadata")]),
        ("contact", contact(user_id="u1"), [("PAYL901", "user_id")]),
        ("contact", contact(emial="x"), [("PAYL901", "emial")]),
        ("contact", contact(created_at=1), [("PAYL907", "created_at")]),
        ("contact", contact(companies=[]), [("PAYL907", "companies")]),
        ("contact", contact(custom_attributes=[]), [("PAYL909", "custom_attributes")]),
        ("contact", contact(custom_attributes=None), [("PAYL926", "custom_attributes")]),
        ("contact", contact(custom_attributes="x"), [("PAYL904", "custom_attributes")]),
        ("contact", contact(custom_attributes={"email": "x"}), [("PAYL924", "custom_attributes.email")]),
        ("contact", contact(custom_attributes={"app_id": 1}), [("PAYL915", "custom_attributes.app_id")]),
        ("contact", contact(custom_attributes={"floors": 1}), [("PAYL901", "custom_attributes.floors")]),
        (
            "contact",
            contact(custom_attributes={"plan_name": 1}),
            [("PAYL921", "custom_attributes.plan_name"), ("PAYL904", "custom_attributes.plan_name")],
        ),
        ("contact", contact(custom_attributes={"old_plan": 1}), [("PAYL922", "custom_attributes.old_plan")]),
        (
            "contact",
            contact(custom_attributes={"synced_at": 3}),
            [("PAYL916", "custom_attributes.synced_at")],
        ),
        ("contact", contact(custom_attributes={"synced_at": None}), []),
        ("contact", contact(signed_up_at=LAST_SECOND_OF_TODAY), []),
        ("contact", contact(signed_up_at=LAST_SECOND_OF_TODAY + 1), [("PAYL927", "signed_up_at")]),
        ("contact", contact(custom_attributes={"trial_end_date": LAST_SECOND_OF_TODAY + 1}), []),
        ("company", {"company_id": "c1", "custom_attributes": {"floors": 3}}, []),
        ("company", {"name": "Acme"}, [("PAYL923", "")]),
        ("company", {"company_id": "c1", "floors": 3}, [("PAYL924", "floors")]),
        ("company", {"company_id": "c1", "created_at": 3}, [("PAYL907", "created_at")]),
        ("event", event(metadata={"total": 1}), []),
        ("event", event(), [("PAYL906", "metadata.total")]),
        ("event", event(metadata={}), [("PAYL906", "metadata.total")]),
        ("event", event(metadata=[]), [("PAYL909", "metadata")]),
        ("event", event(total=1), [("PAYL924", "total"), ("PAYL906", "metadata.total")]),
        (
            "event",
            event("Paid", metadata={"total": "1"}),
            [("PAYL920", "event_name"), ("PAYL911", "metadata.total")],
        ),
        ("event", event("shipped", metadata={"a": [1]}), [("PAYL902", "event_name")]),
        (
            "event",
            {"event_name": "shipped", "metadata": dict.fromkeys("abcdefghijk", 1)},
            [("PAYL902", "event_name"), ("PAYL914", "metadata"), ("PAYL906", "created_at"), ("PAYL923", "")],
        ),
        ("event", event("left", metadata={"why": 1}), [("PAYL922", "event_name")]),
        ("event", event("paused"), [("PAYL921", "event_name")]),
        ("event", event(3), [("PAYL904", "event_name")]),
        ("event", {"user_id": "u1"}, [("PAYL906", "event_name"), ("PAYL906", "created_at")]),
        ("event", event(metadata={"total": 1, "charged_at": 3}), [("PAYL916", "metadata.charged_at")]),
        ("event", event(metadata={"total": 1, "created_at": 3}), [("PAYL924", "metadata.created_at")]),
        ("event", event(metadata={"total": 1, "artcle": "x"}), [("PAYL903", "metadata.artcle")]),
        ("event", event(metadata={"total": None}), [("PAYL926", "metadata.total")]),
        ("event", event(metadata={"total": 1}, custom_attributes={}), [("PAYL924", "custom_attributes")]),
        ("boot", boot(plan_type="pro", z_index=[]), []),
        ("boot", {}, []),
        ("boot", boot(seats=3), [("PAYL919", "seats")]),
        ("boot", boot(plan="x"), [("PAYL901", "plan")]),
        ("boot", boot(external_id="x"), [("PAYL901", "external_id")]),
        (
            "boot",
            boot(custom_attributes={"plan_type": "x"}),
            [("PAYL924", "custom_attributes"), ("PAYL905", "custom_attributes.plan_type")],
        ),
        ("boot", boot(company={"company_id": "c1", "floors": 3}), []),
        ("boot", boot(company={"name": "x"}), [("PAYL923", "company")]),
        ("boot", boot(company="x"), [("PAYL904", "company")]),
        (
            "boot",
            boot(companies=[{"company_id": "c1"}, {"company_id": "c2", "tier": "x", "user_count": 1}, 3]),
            [
                ("PAYL919", "companies[1].tier"),
                ("PAYL907", "companies[1].user_count"),
                ("PAYL904", "companies[2]"),
            ],
        ),
        ("boot", boot(companies={}), [("PAYL904", "companies")]),
        (None, {"type": "user", "id": "1"}, []),
        (None, {"type": "company", "id": "1"}, []),
        (None, {"type": "boot"}, []),
        (None, event("paused", type="x"), [("PAYL921", "event_name")]),
        (None, {"type": "ticket"}, [("PAYL938", "")]),
        (None, {"type": []}, [("PAYL938", "")]),
        (None, [], [("PAYL932", "")]),
        ("contact", "text", [("PAYL932", "")]),
    ],
)
def test_violations(kind: PayloadKind | None, record: Any, expected: list[tuple[str, str]]) -> None:
    assert found(kind, record) == expected


@pytest.mark.parametrize(
    ("kind", "record", "hint"),
    [
        ("contact", contact(plan_typ="pro"), "did you mean `custom_attributes.plan_type`?"),
        ("contact", contact(emial="x"), "did you mean `email`?"),
        ("contact", contact(user_id="u1"), "it is called `external_id` here"),
        ("contact", contact(created_at=1), "`signed_up_at` is the one that may be written"),
        ("contact", contact(custom_attributes={"floors": 1}), "it is declared for companies"),
        ("contact", contact(custom_attributes={"plan_typ": 1}), "did you mean `plan_type`?"),
        ("contact", contact(custom_attributes={"old_pla": 1}), None),
        ("contact", contact(custom_attributes={"plan_name": "x"}), "`tier_name` takes its place"),
        ("contact", contact(custom_attributes={"old_plan": "x"}), None),
        ("contact", contact(signed_up_at=4_070_908_800), "it is 2099-01-01T00:00:00Z"),
        (
            "contact",
            contact(custom_attributes={"seats": 1.5}),
            "round it before it is sent, or declare the type as `float`",
        ),
        ("company", {"company_id": "c1", "size": 1.5}, "round it before it is sent"),
        ("event", event("payd"), "did you mean `paid`?"),
        ("event", event("lef"), None),
        ("boot", boot(external_id="x"), "it is called `user_id` here"),
    ],
)
def test_what_is_meant_is_named(kind: PayloadKind, record: Any, hint: str | None) -> None:
    assert violations(kind, record)[0].hint == hint


def test_a_violation_says_where_its_field_is_declared_and_what_it_counts_under() -> None:
    [violation] = violations("event", event(metadata={"total": "x"}))
    assert (violation.record, str(violation.declared)) == (7, "specs/example.yaml:17:7")
    assert violation.attribute == "event.paid.metadata.total"
    [violation] = violations("contact", contact(plan_type="pro"))
    assert (str(violation.declared), violation.attribute) == (
        "specs/example.yaml:4:5",
        "attribute.contact.plan_type",
    )


def test_values_of_people_are_not_told() -> None:
    record = contact(email="jo@example.com" * 30, custom_attributes={"plan_type": "jo@example.com"})
    messages = " ".join(
        violation.message + (violation.hint or "") for violation in violations("contact", record)
    )
    assert "jo@" not in messages
    messages = " ".join(violation.message for violation in violations("contact", contact(phone=35315550142)))
    assert "`phone` takes text" in messages
    assert "35315550142" not in messages


@pytest.mark.parametrize(
    "value",
    [
        "4111111111111111",
        4111111111111111,
        '"jo smith"@example.com',
        "jo!@example.com",
        "jo@localhost",
        "jo\uff20example.com",
        "+353 1 555 0142",
    ],
)
def test_what_may_be_of_a_person_is_masked_as_a_value_and_as_a_key(value: Any) -> None:
    whole = str(value)
    records: list[tuple[PayloadKind, dict[str, Any]]] = [
        ("contact", contact(custom_attributes={"seats": value, "plan_type": value, whole: 1}, **{whole: 1})),
        ("contact", contact(custom_attributes={"trial_end_date": value})),
        ("boot", boot(**{whole: 1}, company={"company_id": "c", whole: 1})),
        ("event", event(whole)),
        (
            "event",
            event(metadata={whole: 1, "article": value, "total": value} | {f"k{at}": 1 for at in range(9)}),
        ),
        ("event", event(metadata={f"k{at}": 1 for at in range(10)} | {whole: 1})),
    ]
    for kind, record in records:
        told = str([(one.path, one.message, one.hint, one.attribute) for one in violations(kind, record)])
        assert "PAYL" not in told
        assert whole not in told


def test_what_has_no_event_is_counted_under_its_key() -> None:
    (violation, *_) = violations("event", event("nothing", user="u1"))[1:]
    assert violation.attribute == "user"


def test_a_hostile_key_is_neither_long_nor_steering() -> None:
    record = contact(custom_attributes={"x" * 1_000_000: 1, "\x1b[31mred": 2})
    first, second = violations("contact", record)
    assert len(first.path) < 100
    assert second.path == "custom_attributes.\\u001b[31mred"


def test_the_day_begins_in_the_time_zone() -> None:
    judge = RecordJudge(SCHEMA, today=TODAY, zone=ZoneInfo("America/New_York"))
    assert judge.violations(1, contact(signed_up_at=LAST_SECOND_OF_TODAY + 3_600), "contact") == []


def test_what_the_api_returned_is_one_mistake_beside_those_of_its_values() -> None:
    contact_answer = {
        "type": "contact",
        "id": "1",
        "external_id": "u1",
        **dict.fromkeys(standard.CONTACT_RETURNED),
        "avatar": {"type": "avatar", "image_url": None},
        "custom_attributes": {"plan_type": "gold"},
    }
    assert found(None, contact_answer) == [("PAYL907", ""), ("PAYL905", "custom_attributes.plan_type")]
    company_answer = {
        "type": "company",
        "company_id": "c1",
        **dict.fromkeys(standard.COMPANY_RETURNED),
        "plan": {"type": "plan", "id": "1", "name": "pro"},
        "size": "5",
    }
    assert found(None, company_answer) == [("PAYL907", ""), ("PAYL911", "size")]
    event_answer = event(id="1", intercom_user_id="2", metadata={"total": 1})
    assert found("event", event_answer) == [("PAYL907", "intercom_user_id")]


def test_a_key_that_no_answer_is_known_by_is_a_mistake_of_its_own() -> None:
    assert found("contact", contact(created_at=1, updated_at=1)) == [
        ("PAYL907", "created_at"),
        ("PAYL907", "updated_at"),
    ]


def test_a_call_of_segment_says_what_its_keys_are_called_here() -> None:
    call = {"type": "track", "event": "paid", "properties": {"total": 1}}
    hints = {violation.path: violation.hint for violation in violations("event", call)}
    assert hints["event"] == "it is called `event_name` here"
    assert hints["properties"] == "it is called `metadata` here"
    assert [violation.hint for violation in violations("contact", contact(traits={}))] == [
        "it is called `custom_attributes` here"
    ]
