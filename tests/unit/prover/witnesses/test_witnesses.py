"""Witnesses: chosen values as a person of Intercom's, as JSON and back, and in one line."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model import STANDARD, Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.prover import (
    ChosenPerson,
    ChosenSubject,
    build_witness,
    decode_witness,
    describe_witness,
    encode_witness,
)
from intercom_iac.prover.witnesses.building import noon
from intercom_iac.rules import compile_rule, satisfies
from intercom_iac.text import Excerpt

TODAY, DUBLIN = date(2026, 3, 14), "Europe/Dublin"
SCHEMA = Schema(
    attributes={
        (attribute.model, attribute.name): attribute
        for attribute in (
            Attribute("contact", "plan_type", DataType.OPTIONS, options=("trial", "pro")),
            Attribute("contact", "trial_end_date", DataType.DATE),
            Attribute("contact", "seats used", DataType.INTEGER),
            Attribute("contact", "score", DataType.FLOAT),
            Attribute("contact", "is_admin", DataType.BOOLEAN),
            Attribute("company", "tier", DataType.STRING),
        )
    },
    events={
        "invite_sent": Event("invite_sent", metadata=(MetadataKey("seats", DataType.INTEGER),)),
        "churned": Event("churned"),
    },
)


def rule(text: str):
    predicate, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert predicate is not None, diagnostics
    return predicate


def field(name: str, model: str = "contact"):
    declared = SCHEMA.attributes.get((model, name))
    return STANDARD[model, name].field() if declared is None else declared.field()


def occurrence(event: str, day: date, **metadata: int):
    return {"event_name": event, "created_at": noon(day, ZoneInfo(DUBLIN)), "metadata": metadata}


def values(model: str = "contact", **chosen):
    return {field(name.replace("__", "."), model): value for name, value in chosen.items()}


def witness(contact=(), companies=(), occurrences=(), tags=()):
    chosen = ChosenPerson(ChosenSubject(dict(contact), tags), companies, occurrences)
    return build_witness(chosen, today=TODAY, zone=DUBLIN)


EVERYTHING = witness(
    values(plan_type="trial", trial_end_date=date(2026, 3, 16), location__country="Ireland", is_admin=False),
    (
        ChosenSubject(values("company", plan="pro", tier="gold", monthly_spend=250.0), ("beta",)),
        ChosenSubject(values("company", tier=None)),
    ),
    (occurrence("invite_sent", date(2026, 3, 11), seats=3),),
    ("vip",),
)


def test_a_person_has_the_shapes_of_the_api_and_what_identifies_it():
    noon_in_dublin = 1773662400
    assert encode_witness(EVERYTHING) == {
        "today": "2026-03-14",
        "timezone": "Europe/Dublin",
        "contact": {
            "type": "contact",
            "id": "65f2c0a47b1d9e0012a4c3d1",
            "role": "user",
            "email": "ada@example.com",
            "custom_attributes": {"plan_type": "trial", "trial_end_date": noon_in_dublin, "is_admin": False},
            "location": {"type": "location", "country": "Ireland"},
            "companies": {
                "type": "list",
                "data": [
                    {"type": "company", "id": "65f2c0a47b1d9e0012a4c400"},
                    {"type": "company", "id": "65f2c0a47b1d9e0012a4c401"},
                ],
            },
            "tags": {"type": "list", "data": [{"type": "tag", "id": "7501", "name": "vip"}]},
        },
        "companies": [
            {
                "type": "company",
                "id": "65f2c0a47b1d9e0012a4c400",
                "name": "Lovelace Ltd",
                "plan": {"type": "plan", "name": "pro"},
                "monthly_spend": 250.0,
                "custom_attributes": {"tier": "gold"},
                "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "7501", "name": "beta"}]},
            },
            {"type": "company", "id": "65f2c0a47b1d9e0012a4c401", "name": "Hopper Labs"},
        ],
        "events": [
            {
                "type": "event",
                "intercom_user_id": "65f2c0a47b1d9e0012a4c3d1",
                "event_name": "invite_sent",
                "created_at": noon_in_dublin - 5 * 86_400,
                "metadata": {"seats": 3},
            }
        ],
        "tags": {"type": "list", "data": [{"type": "tag", "id": "7501", "name": "vip"}]},
    }


def test_a_witness_is_the_same_after_json():
    assert decode_witness(encode_witness(EVERYTHING)) == EVERYTHING
    nobody = witness()
    assert decode_witness(encode_witness(nobody)).person.contact["email"] == "ada@example.com"


def test_tags_beside_the_contact_are_the_contacts():
    encoded = encode_witness(EVERYTHING)
    encoded["contact"] = {"id": "1"}
    assert satisfies(decode_witness(encoded).person, rule("tag vip"), today=TODAY, zone=ZoneInfo(DUBLIN))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"contact": None}, "it has no `contact`"),
        ({"companies": {}}, "`companies` is not a list of objects"),
        ({"events": [1]}, "`events` is not a list of objects"),
        ({"today": "soon"}, "`today` is not a day"),
        ({"timezone": "Mars/Olympus"}, "`timezone` is not the name of a time zone"),
        ({"timezone": 3}, "`timezone` is not the name of a time zone"),
    ],
)
def test_json_that_is_no_witness_is_told(change, said):
    with pytest.raises(ValueError, match=said):
        decode_witness({**encode_witness(EVERYTHING), **change})


def test_what_is_read_and_has_no_value_is_left_out():
    contact = witness(values(email=None, role=None, id=None)).person.contact
    assert contact == {"type": "contact"}
    assert witness(values(email_domain="acme.com")).person.contact["email"] == "ada@acme.com"


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (["email is unknown or role = user"], "ada@example.com with role = user"),
        (["plan_type = trial"], "ada@example.com with plan_type = trial"),
        (
            ["plan_type = trial and trial_end_date within next 3 days"],
            "ada@example.com with plan_type = trial and trial_end_date 2026-03-16, on 2026-03-14",
        ),
        (
            ["not plan_type = trial", "`seats used` > 3 and is_admin and location.country = Ireland"],
            "ada@example.com with plan_type = trial, is_admin = false, location.country = Ireland"
            " and no `seats used`",
        ),
        (["tag vip and not tag 'big spender'"], "ada@example.com with tag vip and no tag 'big spender'"),
        (
            ["company.tier = gold and company(plan = pro or tag beta)"],
            "ada@example.com with company 'Lovelace Ltd' (tier = gold, plan = pro, tag beta)"
            " and company 'Hopper Labs' (no tier, no plan, no tag beta)",
        ),
        (["event invite_sent"], "ada@example.com with event invite_sent on 2026-03-11"),
        (
            ["event invite_sent where seats > 2 count > 1 or event churned"],
            "ada@example.com with event invite_sent on 2026-03-11 (seats = 3) and no event churned",
        ),
        (["score > 1"], "ada@example.com with no score"),
    ],
)
def test_a_line_tells_what_the_rules_read(rules, line):
    assert describe_witness(EVERYTHING, map(rule, rules)) == line


def test_a_line_of_many_occurrences_counts_them_and_one_of_much_is_cut():
    days = [date(2026, 3, day) for day in (2, 4, 9, 13)]
    many = witness(occurrences=tuple(occurrence("churned", day) for day in days))
    assert (
        describe_witness(many, [rule("event churned count > 3")])
        == "ada@example.com with event churned 4 times from 2026-03-02 to 2026-03-13"
    )
    few = witness(occurrences=tuple(occurrence("churned", day) for day in days[:2]))
    assert (
        describe_witness(few, [rule("event churned")])
        == "ada@example.com with event churned on 2026-03-02 and 2026-03-04"
    )
    at_once = witness(occurrences=tuple(occurrence("invite_sent", days[0], seats=3) for _ in range(5)))
    assert (
        describe_witness(at_once, [rule("event invite_sent where seats > 2 count > 4")])
        == "ada@example.com with event invite_sent 5 times on 2026-03-02 (seats = 3)"
    )
    names = (
        "phone",
        "name",
        "owner_id",
        "os",
        "browser",
        "avatar",
        "ios_device",
        "android_device",
        "language_override",
    )
    line = describe_witness(many, [rule(" or ".join(f"{name} has any value" for name in names))])
    assert line.endswith("no android_device and 1 more")


def test_a_contact_without_an_email_or_name_is_a_contact():
    assert describe_witness(witness(values(email=None)), []) == "a contact"
    assert describe_witness(witness(values(email=None, role="lead")), []) == "a lead"
    named = witness(values(email=None, name="Eve\x1b"))
    assert describe_witness(named, [rule("name = x")]).startswith("Eve\\u001b")
