"""The stand-in for the Messenger: people, companies, and attributes that nobody declared."""

import base64
import json

import pytest

BOOT = "/sandbox/messenger/boot"
TRACK = "/sandbox/messenger/trackEvent"


def web_token(claims):
    """A JSON Web Token of these claims, with a signature that is none."""
    header, payload = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": "HS256"}, claims)
    )
    return f"{header}.{payload}.signature"


def custom_attributes(client, model):
    listed = client.get("/data_attributes", model=model, include_archived="true").body["data"]
    return {attribute["name"]: attribute for attribute in listed if attribute["custom"]}


def test_a_boot_makes_a_user_and_the_attributes_it_names(client, clock):
    heard = client.create(
        BOOT,
        {
            "app_id": "x",
            "user_id": "1",
            "email": "ada@x.example",
            "name": "Ada",
            "created_at": 1_700_000_000,
            "plan_type": "free",
            "seats": 3,
            "score": 1.5,
            "beta": True,
            "trial_ends_at": 1_800_000_000,
            "visits_at": "soon",
        },
    )
    assert heard["attributes_created"] == [
        f"contact.{name}" for name in ("plan_type", "seats", "score", "beta", "trial_ends_at", "visits_at")
    ]
    assert heard["values_ignored"] == []
    person = heard["contact"]
    assert (person["role"], person["external_id"], person["email"]) == ("user", "1", "ada@x.example")
    assert (person["name"], person["signed_up_at"], person["last_seen_at"]) == (
        "Ada",
        1_700_000_000,
        clock.now,
    )
    assert person["custom_attributes"]["seats"] == 3
    made = custom_attributes(client, "contact")
    assert {name: attribute["data_type"] for name, attribute in made.items()} == {
        "plan_type": "string",
        "seats": "integer",
        "score": "float",
        "beta": "boolean",
        "trial_ends_at": "date",
        "visits_at": "string",
    }
    assert all(attribute["messenger_writable"] for attribute in made.values())


def test_an_update_finds_the_person_again(client):
    first = client.create(BOOT, {"user_id": "1", "email": "ada@x.example"})["contact"]
    for body in ({"user_id": "1"}, {"email": "Ada@x.example"}):
        again = client.create("/sandbox/messenger/update", {**body, "name": "Ada"})["contact"]
        assert (again["id"], again["name"]) == (first["id"], "Ada")
    assert client.create(BOOT, {"user_id": "2"})["contact"]["id"] != first["id"]


def test_companies_come_with_the_person(client):
    heard = client.create(
        BOOT,
        {
            "user_id": "1",
            "company": {"company_id": "c", "name": "C", "plan": "pro", "size": "many", "tier": "gold"},
            "companies": [{"company_id": "d", "created_at": 1_700_000_000}, {"name": "nameless"}, 7],
        },
    )
    assert heard["attributes_created"] == ["company.tier"]
    assert heard["values_ignored"] == ["company.size", "company", "company"]
    listed = client.get(f"/contacts/{heard['contact']['id']}/companies").body["data"]
    assert [(company["company_id"], company["custom_attributes"]) for company in listed] == [
        ("c", {"tier": "gold"}),
        ("d", {}),
    ]
    assert (listed[0]["plan"]["name"], listed[1]["remote_created_at"]) == ("pro", 1_700_000_000)


def test_switch_messenger_creates_attributes(client_with):
    client = client_with(messenger_creates_attributes=False)
    heard = client.create(BOOT, {"user_id": "1", "tier": "gold", "company": {"company_id": "c", "seats": 3}})
    assert heard["attributes_created"] == []
    assert heard["values_ignored"] == ["contact.tier", "company.seats"]
    assert custom_attributes(client, "contact") == custom_attributes(client, "company") == {}


def test_what_the_messenger_may_not_write_is_passed_over(client):
    client.attribute("locked")
    client.create(
        "/data_attributes",
        {"name": "open", "model": "contact", "data_type": "integer", "messenger_writable": True},
    )
    heard = client.create(BOOT, {"user_id": "1", "locked": "a", "open": 3})
    assert heard["values_ignored"] == ["contact.locked"]
    assert heard["contact"]["custom_attributes"] == {"open": 3}
    heard = client.create(BOOT, {"user_id": "1", "open": "many", "name": 7})
    assert heard["values_ignored"] == ["contact.name", "contact.open"]
    assert heard["contact"]["custom_attributes"] == {"open": 3}


@pytest.mark.parametrize(
    ("name", "value"),
    [("a.b", "x"), ("nested", {"a": 1}), ("listed", [1]), ("none", None), ("role", "x"), ("taken", "x")],
)
def test_what_can_be_no_attribute_is_passed_over(client, name, value):
    client.attribute("taken", model="company")
    heard = client.create(BOOT, {"user_id": "1", name: value})
    assert heard["attributes_created"] == []
    assert heard["values_ignored"] == [f"contact.{name}"]


def test_an_archived_attribute_and_a_full_workspace(client_with):
    client = client_with(attribute_limit=1)
    client.create(BOOT, {"user_id": "1", "kept": "a"})
    heard = client.create(BOOT, {"user_id": "1", "more": "a", "kept": "b"})
    assert (heard["attributes_created"], heard["values_ignored"]) == ([], ["contact.more"])
    archived = custom_attributes(client, "contact")["kept"]
    client.put(f"/data_attributes/{archived['id']}", {"archived": True})
    heard = client.create(BOOT, {"user_id": "1", "kept": "c"})
    assert (heard["attributes_created"], heard["values_ignored"]) == ([], ["contact.kept"])


def test_a_visitor_is_not_simulated(client):
    assert client.post(BOOT, {"plan_type": "free"}).error[0] == 400
    assert custom_attributes(client, "contact") == {}


def test_an_event_of_a_page_happens_now_to_the_person(client, clock):
    client.create(BOOT, {"user_id": "1", "email": "ada@x.example"})
    heard = client.create(
        TRACK, {"user_id": "1", "event_name": "order.placed", "metadata": {"total": 3, "at": "x"}}
    )
    assert heard == {"type": "sandbox.messenger", "event_name": "order.placed", "values_ignored": []}
    clock.now += 1
    client.create(TRACK, {"email": "ada@x.example", "event_name": "Order-placed"})
    listed = client.get("/events", type="user", user_id="1").body["events"]
    assert [(event["event_name"], event["created_at"], event["metadata"]) for event in listed] == [
        ("order-placed", clock.now, {}),
        ("order-placed", clock.now - 1, {"total": 3, "at": "x"}),
    ]


def test_metadata_that_does_not_fit_is_passed_over_and_told(client):
    client.create(BOOT, {"user_id": "1"})
    for metadata, ignored in (
        ({"a": {"b": 1}, "c": [1], "d": None, "e": "x" * 256, "f": 1}, ["a", "c", "d", "e"]),
        ({f"key{number}": number for number in range(12)}, ["key9", "key10", "key11"]),
    ):
        body = {"user_id": "1", "event_name": "e", "metadata": metadata}
        assert client.create(TRACK, body)["values_ignored"] == [f"metadata.{key}" for key in ignored]
    body = {"user_id": "1", "event_name": "e", "metadata": "x"}
    assert client.create(TRACK, body)["values_ignored"] == ["metadata"]


def test_an_event_of_nobody_and_one_too_many_are_errors(client_with):
    client = client_with(event_name_limit=1)
    client.create(BOOT, {"user_id": "1"})
    assert client.post(TRACK, {"event_name": "e"}).error[0] == 400
    assert client.post(TRACK, {"user_id": "1"}).error[0] == 400
    assert client.post(TRACK, {"user_id": "2", "event_name": "e"}).error[0] == 404
    client.create(TRACK, {"user_id": "1", "event_name": "e"})
    assert client.post(TRACK, {"user_id": "1", "event_name": "f"}).error[:2] == (422, "422")


def test_a_shutdown_leaves_the_workspace_as_it_is(client):
    person = client.create(BOOT, {"user_id": "1"})["contact"]
    assert client.create("/sandbox/messenger/shutdown", {"user_id": "1"}) == {"type": "sandbox.messenger"}
    assert client.get(f"/contacts/{person['id']}").body == person


def test_a_web_token_says_who_it_is_where_the_data_does_not(client):
    token = web_token({"user_id": "1", "email": "ada@x.example"})
    person = client.create(BOOT, {"intercom_user_jwt": token})["contact"]
    assert (person["external_id"], person["email"]) == ("1", "ada@x.example")
    client.create(TRACK, {"intercom_user_jwt": token, "event_name": "e"})
    assert client.create(BOOT, {"intercom_user_jwt": token, "user_id": "2"})["contact"]["external_id"] == "2"
    for broken in (
        web_token({}),
        web_token([]),
        web_token({"user_id": 1}),
        "a.b",
        "a.\xe9.c",
        "a.bm8.c",
        "..",
        7,
    ):
        assert client.post(BOOT, {"intercom_user_jwt": broken}).error[0] == 400


def test_an_archived_person_does_not_come_back(client):
    person = client.person("1")
    client.post(f"/contacts/{person['id']}/archive")
    assert client.post(BOOT, {"user_id": "1"}).error[0] == 409
