"""The stand-in for the Messenger: people, companies, and attributes that nobody declared."""

import pytest

BOOT = "/sandbox/messenger/boot"


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


def test_an_archived_person_does_not_come_back(client):
    person = client.person("1")
    client.post(f"/contacts/{person['id']}/archive")
    assert client.post(BOOT, {"user_id": "1"}).error[0] == 409
