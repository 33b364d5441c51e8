"""Contacts: shape, identity, partial updates, custom values, archiving."""

import uuid

import pytest

MISSING = "0" * 24


def test_a_new_contact_is_a_user_with_every_standard_field(client, clock):
    contact = client.create(
        "/contacts", {"email": "joe@bloggs.example", "name": "Joe", "avatar": "https://x.example/a.png"}
    )
    assert contact["type"] == "contact"
    assert len(contact["id"]) == 24
    assert (contact["role"], contact["external_id"], contact["name"]) == ("user", None, "Joe")
    assert (contact["email"], contact["email_domain"]) == ("joe@bloggs.example", "bloggs.example")
    assert contact["workspace_id"] == client.get("/me").body["app"]["id_code"]
    assert (contact["created_at"], contact["updated_at"]) == (clock.now, clock.now)
    assert contact["avatar"] == {"type": "avatar", "image_url": "https://x.example/a.png"}
    assert contact["location"] == {"type": "location", "country": None, "region": None, "city": None}
    assert contact["unsubscribed_from_emails"] is False
    assert contact["custom_attributes"] == {}
    assert contact["companies"] == {
        "type": "list",
        "data": [],
        "url": f"/contacts/{contact['id']}/companies",
        "total_count": 0,
        "has_more": False,
    }
    assert client.get(f"/contacts/{contact['id']}").body == contact


def test_a_contact_needs_something_to_be_known_by(client):
    assert client.post("/contacts", {"name": "Nobody"}).error == (
        400,
        "parameter_not_found",
        "one of role, external_id, email is required",
    )
    assert client.create("/contacts", {"role": "lead"})["role"] == "lead"


def test_an_update_leaves_what_it_does_not_send(client, clock):
    client.attribute("plan"), client.attribute("seats", "integer")
    body = {
        "external_id": "1",
        "name": "Ada",
        "phone": "+1",
        "custom_attributes": {"plan": "pro", "seats": 3},
    }
    contact = client.create("/contacts", body)
    clock.now += 10
    updated = client.put(f"/contacts/{contact['id']}", {"name": None, "custom_attributes": {"seats": 4}}).body
    assert updated == contact | {
        "name": None,
        "custom_attributes": {"plan": "pro", "seats": 4},
        "updated_at": clock.now,
    }


@pytest.mark.parametrize("empty", [None, ""])
def test_null_and_the_empty_text_clear_a_custom_value(client, empty):
    client.attribute("plan"), client.attribute("seats", "integer")
    contact = client.person("1", plan="pro", seats=3)
    path = f"/contacts/{contact['id']}"
    cleared = client.put(path, {"custom_attributes": {"plan": empty, "seats": empty}}).body
    assert cleared["custom_attributes"] == {"plan": None, "seats": None}
    assert client.get(path).body == cleared


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        ({"external_id": None, "email": "a@x.example", "name": "Ann"}, False),
        ({"custom_attributes": {"plan": "pro"}}, False),
        ({}, False),
        ({"name": "Ana"}, True),
        ({"email": None}, True),
        ({"custom_attributes": {"plan": None}}, True),
    ],
)
def test_a_change_that_changes_nothing_leaves_the_moment_of_the_last_one(client, clock, sent, changes):
    client.attribute("plan")
    body = {"external_id": "1", "email": "a@x.example", "name": "Ann", "custom_attributes": {"plan": "pro"}}
    contact = client.post("/contacts", body).body
    clock.now += 60
    answer = client.put(f"/contacts/{contact['id']}", sent).body
    assert answer["updated_at"] == contact["updated_at"] + 60 * changes


def test_an_unknown_custom_attribute_is_refused_and_nothing_is_stored(client):
    client.attribute("seats", "integer", model="company")
    for name in ("isOpenSource", "seats"):
        answer = client.post("/contacts", {"external_id": "1", "custom_attributes": {name: 1}})
        assert answer.error == (400, "parameter_invalid", f"Custom attribute '{name}' does not exist")
    assert client.get("/contacts").body["total_count"] == 0


@pytest.mark.parametrize(
    ("data_type", "good", "bad"),
    [
        ("string", ["x", "é" * 255], [1, True, ["x"], {"a": 1}]),
        ("integer", [0, -3, 2**40], ["12", 1.5, True, []]),
        ("float", [1, 1.5, -0.25], ["1.5", True]),
        ("boolean", [True, False], ["true", 1, 0]),
        ("date", [0, 1_700_000_000, -86_400], ["2026-01-31", 1.5, True, 10**13]),
    ],
)
def test_values_are_of_the_attributes_type(client, data_type, good, bad):
    client.attribute("x", data_type)
    for number, value in enumerate(good):
        stored = client.person(str(number), x=value)["custom_attributes"]["x"]
        assert (stored, type(stored)) == (value, type(value))
    for value in bad:
        answer = client.post("/contacts", {"external_id": "bad", "custom_attributes": {"x": value}})
        assert answer.error == (400, "parameter_invalid", f"Custom attribute 'x' must be of type {data_type}")


@pytest.mark.parametrize(
    ("data_type", "text", "value"),
    [
        ("integer", "12", 12),
        ("float", "1.5", 1.5),
        ("boolean", "True", True),
        ("date", "1700000000", 1_700_000_000),
        ("date", "2026-01-31", 1_769_835_600),
    ],
)
def test_switch_strings_coerced(client_with, data_type, text, value):
    client = client_with(strings_coerced=True)
    client.attribute("x", data_type)
    assert client.person("1", x=text)["custom_attributes"] == {"x": value}
    answer = client.post("/contacts", {"external_id": "2", "custom_attributes": {"x": "neither"}})
    assert answer.error == (400, "parameter_invalid", f"Custom attribute 'x' must be of type {data_type}")


def test_switch_string_value_length(client, client_with):
    for workspace, limit in ((client, 255), (client_with(string_value_length=3), 3)):
        workspace.attribute("x")
        workspace.person("fits", x="a" * limit)
        answer = workspace.post(
            "/contacts", {"external_id": "2", "custom_attributes": {"x": "a" * (limit + 1)}}
        )
        message = f"Custom attribute 'x' must be at most {limit} characters"
        assert answer.error == (400, "parameter_invalid", message)


def test_switch_unknown_options_accepted(client, client_with):
    client.attribute("plan", "options", "free", "pro")
    assert client.person("1", plan="gold")["custom_attributes"] == {"plan": "gold"}
    strict = client_with(unknown_options_accepted=False)
    strict.attribute("plan", "options", "free", "pro")
    assert strict.person("1", plan="pro")["custom_attributes"] == {"plan": "pro"}
    answer = strict.post("/contacts", {"external_id": "2", "custom_attributes": {"plan": "gold"}})
    assert answer.error == (400, "parameter_invalid", "Custom attribute 'plan' has no option 'gold'")


def test_switch_archived_attributes_writable(client, client_with):
    for workspace, status in ((client, 400), (client_with(archived_attributes_writable=True), 200)):
        attribute = workspace.attribute("old")
        kept = workspace.person("1", old="kept")
        workspace.put(f"/data_attributes/{attribute['id']}", {"archived": True})
        assert workspace.get(f"/contacts/{kept['id']}").body["custom_attributes"] == {"old": "kept"}
        answer = workspace.post("/contacts", {"external_id": "2", "custom_attributes": {"old": "x"}})
        assert answer.status == status


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (
            {"owner_id": "77"},
            (400, "parameter_invalid", "The owner specified is not a member of the workspace"),
        ),
        ({"role": "admin"}, (400, "parameter_invalid", "role must be user or lead")),
        ({"role": "lead"}, (400, "client_error", "Contact with user role can't be converted to a lead")),
        (
            {"email_verified": True},
            (400, "parameter_invalid", "email_verified must be sent together with an email"),
        ),
        ({"name": 5}, (400, "parameter_invalid", "name must be a string")),
        ({"signed_up_at": "yesterday"}, (400, "parameter_invalid", "signed_up_at must be a Unix timestamp")),
        (
            {"unsubscribed_from_emails": "no"},
            (400, "parameter_invalid", "unsubscribed_from_emails must be a boolean"),
        ),
        ({"custom_attributes": [1]}, (400, "parameter_invalid", "custom_attributes must be an object")),
    ],
)
def test_what_an_update_is_refused_for(client, body, error):
    contact = client.person("1")
    assert client.put(f"/contacts/{contact['id']}", body).error == error
    assert client.get(f"/contacts/{contact['id']}").body == contact


def test_a_lead_becomes_a_user_and_the_admin_may_own_it(client):
    lead = client.create("/contacts", {"role": "lead", "email": "l@x.example"})
    user = client.put(f"/contacts/{lead['id']}", {"role": "user", "external_id": "9", "owner_id": 1}).body
    assert (user["id"], user["role"], user["external_id"], user["owner_id"]) == (lead["id"], "user", "9", "1")


@pytest.mark.parametrize("body", [{"external_id": "1"}, {"email": "ADA@x.example"}])
def test_a_second_contact_of_the_same_details_is_a_conflict(client, body):
    contact = client.create("/contacts", {"external_id": "1", "email": "ada@x.example"})
    message = f"contact matching those details already exists with id={contact['id']}"
    assert client.post("/contacts", body).error == (409, "conflict", f"A {message}")
    other = client.create("/contacts", {"external_id": "2"})
    if "external_id" in body:
        assert client.put(f"/contacts/{other['id']}", body).error == (409, "conflict", f"A {message}")
    client.post(f"/contacts/{contact['id']}/archive")
    assert client.post("/contacts", body).error == (409, "conflict", f"An archived {message}")


def test_a_deleted_users_details_stay_taken_and_it_is_not_restorable(client):
    """As recorded on API 2.3."""
    user = client.create("/contacts", {"external_id": "1", "email": "ada@x.example"})
    lead = client.create("/contacts", {"role": "lead", "email": "bob@x.example"})
    for contact in (user, lead):
        client.delete(f"/contacts/{contact['id']}")
        assert client.post(f"/contacts/{contact['id']}/unarchive").error == (
            400,
            "bad_request",
            "User has been marked for permanent deletion and is not restorable.",
        )
    message = f"An archived contact matching those details already exists with id={user['id']}"
    assert client.post("/contacts", {"external_id": "1"}).error == (409, "conflict", message)
    client.create("/contacts", {"role": "lead", "email": "bob@x.example"})


def test_an_archived_contacts_external_id_can_be_taken_by_a_change_and_then_not_come_back(client):
    old, new = client.person("1"), client.person("2")
    client.post(f"/contacts/{old['id']}/archive")
    assert client.put(f"/contacts/{new['id']}", {"external_id": "1"}).body["external_id"] == "1"
    message = f"A contact matching those details already exists with id={new['id']}"
    assert client.post(f"/contacts/{old['id']}/unarchive").error == (409, "conflict", message)
    client.put(f"/contacts/{new['id']}", {"external_id": "2"})
    assert client.post(f"/contacts/{old['id']}/unarchive").status == 200


def test_a_leads_external_id_is_the_servers(client):
    for body in ({}, {"external_id": "mine"}):
        lead = client.create("/contacts", {"role": "lead", "email": "l@x.example"} | body)
        given = lead["external_id"]
        assert uuid.UUID(given)
        changed = client.put(f"/contacts/{lead['id']}", {"external_id": "mine"}).body
        assert (changed["role"], changed["external_id"]) == ("lead", given)


def test_what_null_does_to_identifiers(client):
    contact = client.create("/contacts", {"external_id": "1", "email": "ada@x.example"})
    changed = client.put(f"/contacts/{contact['id']}", {"external_id": None, "email": None}).body
    assert (changed["external_id"], changed["email"]) == ("1", "")
    query = {"field": "email", "operator": "=", "value": None}
    assert client.post("/contacts/search", {"query": query}).body["total_count"] == 1
    assert client.post("/contacts/search", {"query": query | {"value": ""}}).body["total_count"] == 0
    # Nobody else is kept from having no address.
    client.create("/contacts", {"external_id": "2", "email": ""})


def test_role_contact_is_a_user(client):
    assert client.create("/contacts", {"role": "contact", "email": "a@x.example"})["role"] == "user"


def test_null_leaves_an_attribute_that_never_had_a_value_absent(client):
    client.attribute("plan")
    contact = client.person("1", plan=None)
    assert contact["custom_attributes"] == {}
    changed = client.put(f"/contacts/{contact['id']}", {"custom_attributes": {"plan": None}}).body
    assert changed["custom_attributes"] == {}


def test_users_with_external_ids_and_leads_may_share_an_address(client):
    client.create("/contacts", {"external_id": "1", "email": "team@x.example"})
    client.create("/contacts", {"external_id": "2", "email": "team@x.example"})
    client.create("/contacts", {"role": "lead", "email": "team@x.example"})
    assert client.get("/contacts").body["total_count"] == 3


def test_a_contact_is_found_by_its_external_id_whatever_that_holds(client):
    contact = client.person("a/b c")
    assert client.get("/contacts/find_by_external_id/a%2Fb%20c").body == contact
    assert client.get("/contacts/find_by_external_id/nope").error == (404, "not_found", "User Not Found")


def test_deleting_takes_a_contact_with_all_that_hangs_on_it(client, clock):
    contact, tag = client.person("1"), client.create("/tags", {"name": "vip"})
    path = f"/contacts/{contact['id']}"
    client.post(f"{path}/tags", {"id": tag["id"]})
    client.post("/events", {"event_name": "e", "created_at": clock.now, "user_id": "1"})
    assert client.delete(path).body == {
        "type": "contact",
        "id": contact["id"],
        "external_id": "1",
        "deleted": True,
    }
    for answer in (
        client.get(path),
        client.put(path, {}),
        client.delete(path),
        client.post(f"{path}/archive"),
    ):
        assert answer.error == (404, "not_found", "User Not Found")
    again = client.person("2")
    answer = client.get("/events", type="user", intercom_user_id=again["id"], summary="true")
    assert answer.body["events"] == []


def test_an_archived_contact_is_hidden_until_it_is_taken_back(client):
    contact = client.person("1")
    path = f"/contacts/{contact['id']}"
    reference = {"type": "contact", "id": contact["id"], "external_id": "1"}
    assert client.post(f"{path}/archive").body == reference | {"archived": True}
    assert client.get(path).status == 404
    assert client.get("/contacts").body["total_count"] == 0
    assert client.post(f"{path}/unarchive").body == reference | {"archived": False}
    assert client.get(path).body["id"] == contact["id"]


def test_the_list_pages_by_cursor_through_every_contact_once(client, clock):
    ids = []
    for number in range(7):
        clock.now += number % 2  # some created in the same second
        ids.append(client.person(str(number))["id"])
    seen, after = [], {}
    for page in range(1, 5):
        body = client.get("/contacts", per_page="2", **after).body
        assert (body["type"], body["total_count"]) == ("list", 7)
        assert (body["pages"]["page"], body["pages"]["per_page"], body["pages"]["total_pages"]) == (
            page,
            2,
            4,
        )
        seen += [contact["id"] for contact in body["data"]]
        if page < 4:
            assert body["pages"]["next"]["page"] == page + 1
            after = {"starting_after": body["pages"]["next"]["starting_after"]}
    assert "next" not in body["pages"]
    assert sorted(seen) == sorted(ids)


@pytest.mark.parametrize(("sent", "used"), [(None, 50), ("0", 1), ("151", 150), ("150", 150)])
def test_page_sizes(client, sent, used):
    query = {} if sent is None else {"per_page": sent}
    assert client.get("/contacts", **query).body["pages"]["per_page"] == used


def test_a_page_size_is_a_number(client):
    assert client.get("/contacts", per_page="many").error == (
        400,
        "parameter_invalid",
        "per_page must be an integer",
    )


def test_companies_are_attached_shown_and_detached(client):
    contact = client.person("1")
    path = f"/contacts/{contact['id']}/companies"
    companies = [client.create("/companies", {"company_id": str(n), "name": f"C{n}"}) for n in range(12)]
    for company in companies:
        attached = client.create(path, {"id": company["id"]})
    client.create(path, {"id": companies[0]["id"]})  # again changes nothing
    assert attached == companies[-1] | {"user_count": 1}

    inline = client.get(f"/contacts/{contact['id']}").body["companies"]
    assert (len(inline["data"]), inline["total_count"], inline["has_more"]) == (10, 12, True)
    assert inline["data"][0] == {
        "type": "company",
        "id": companies[0]["id"],
        "url": f"/companies/{companies[0]['id']}",
    }
    listed = client.get(path, per_page="5", page="3").body
    assert [company["company_id"] for company in listed["data"]] == ["10", "11"]
    assert (listed["total_count"], listed["pages"]["total_pages"], listed["pages"]["next"]) == (12, 3, None)
    assert "page=3" in client.get(path, per_page="5", page="2").body["pages"]["next"]
    assert client.get(path, page="9").body["data"] == []

    assert client.delete(f"{path}/{companies[0]['id']}").body["user_count"] == 0
    assert client.get(path).body["total_count"] == 11


def test_errors_of_the_company_links(client):
    contact, company = client.person("1"), client.create("/companies", {"company_id": "1"})
    path = f"/contacts/{contact['id']}/companies"
    assert client.post(path, None).error == (400, "parameter_not_found", "company not specified")
    assert client.post(path, {"id": "123"}).error == (404, "company_not_found", "Company Not Found")
    assert client.delete(f"{path}/123").error == (404, "company_not_found", "Company Not Found")
    nobody = f"/contacts/{MISSING}/companies"
    for answer in (
        client.get(nobody),
        client.post(nobody, {"id": company["id"]}),
        client.delete(f"{nobody}/{company['id']}"),
    ):
        assert answer.error == (404, "not_found", "User Not Found")


def test_a_contact_belongs_to_a_thousand_companies_at_most(client):
    contact = client.person("1")
    path = f"/contacts/{contact['id']}/companies"
    for number in range(1001):
        company = client.create("/companies", {"company_id": str(number)})
        answer = client.post(path, {"id": company["id"]})
    assert answer.error == (
        400,
        "contact_company_limit_exceeded",
        "Contact has reached the maximum of 1000 company associations",
    )
    assert client.get(path).body["total_count"] == 1000
