"""Merging a lead into a user: who may, what the user gets, and where the lead's id leads."""

import json

import pytest

from intercom_iac.sandbox import Request

NO_CONTACT = (404, "not_found", "User Not Found")
NO_DUPLICATES = (
    400,
    "invalid_merge",
    "Contacts can only be merged when they are duplicates (matching email or phone)."
    " Pass skip_duplicate_validation=true to override this check.",
)


def create_lead(client, **values):
    return client.create("/contacts", {"role": "lead", **values})


def create_user(client, **values):
    return client.create("/contacts", {"role": "user", **values})


def merge_contacts(client, source, target, **more):
    return client.post("/contacts/merge", {"from": source["id"], "into": target["id"], **more})


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"email": "Ada@x.example"}, {"email": "ada@x.example"}),
        ({"phone": "+1"}, {"email": "a@x.example", "phone": "+1"}),
    ],
)
def test_duplicates_are_merged(client, clock, theirs, ours):
    source, target = create_lead(client, **theirs), create_user(client, **ours)
    clock.now += 5
    answer = merge_contacts(client, source, target)
    assert answer.status == 200
    assert answer.body == target | {"updated_at": clock.now}
    assert client.get("/contacts").body["total_count"] == 1


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"email": "a@x.example"}, {"email": "b@x.example"}),
        ({"email": "a@x.example"}, {"external_id": "1"}),
        ({}, {"external_id": "1"}),
    ],
)
def test_others_are_merged_on_demand(client, theirs, ours):
    source, target = create_lead(client, **theirs), create_user(client, **ours)
    assert merge_contacts(client, source, target).error == NO_DUPLICATES
    assert client.get(f"/contacts/{source['id']}").status == 200
    merged = merge_contacts(client, source, target, skip_duplicate_validation=True).body
    assert merged.get("email") == ours.get("email", theirs.get("email"))


def test_the_user_keeps_its_own_and_gets_what_it_lacks(client, clock):
    client.attribute("plan"), client.attribute("city")
    common = {"custom_attributes": {"plan": "free", "city": "Cork"}}
    source = create_lead(client, name="Lead", phone="+1", external_id="lead-1", **common)
    target = create_user(client, name="User", external_id="1", custom_attributes={"plan": "pro"})
    tag, company = client.create("/tags", {"name": "t"}), client.create("/companies", {"company_id": "1"})
    client.create(f"/contacts/{source['id']}/tags", {"id": tag["id"]})
    client.create(f"/contacts/{source['id']}/companies", {"id": company["id"]})
    note = client.create(f"/contacts/{source['id']}/notes", {"body": "Hello"})
    client.post("/events", {"event_name": "e", "created_at": clock.now, "id": source["id"]})
    merged = merge_contacts(client, source, target, skip_duplicate_validation=True).body
    assert (merged["name"], merged["phone"], merged["external_id"]) == ("User", "+1", "1")
    assert merged["custom_attributes"] == {"plan": "pro", "city": "Cork"}
    assert [merged[key]["total_count"] for key in ("tags", "companies", "notes")] == [1, 1, 1]
    assert client.get(f"/notes/{note['id']}").body["contact"]["id"] == target["id"]
    events = client.get("/events", type="user", user_id="1", summary="true").body["events"]
    assert [(event["name"], event["count"]) for event in events] == [("e", 1)]


def test_summaries_of_both_are_one(client, clock):
    source, target = create_lead(client, email="a@x.example"), create_user(client, external_id="1")
    summary = {"event_name": "e", "count": 2, "first": clock.now - 9, "last": clock.now - 5}
    client.post("/events/summaries", {"user_id": "1", "event_summaries": summary})
    with client.sandbox.store(writes=True) as store:
        # The call takes users only; a lead has summaries where it was a user's data that was imported.
        seq = store.number("select seq from contacts where id = ?", source["id"])
        store.run("insert into event_summaries values (?, 'e', 3, 5, ?)", seq, clock.now)
    merge_contacts(client, source, target, skip_duplicate_validation=True)
    (event,) = client.get("/events", type="user", user_id="1", summary="true").body["events"]
    assert (event["count"], event["first"]) == (5, "1970-01-01T00:00:05.000+00:00")


def test_the_leads_id_is_gone_and_links_to_the_user(client, sandbox):
    source = create_lead(client, email="a@x.example")
    target = create_user(client, email="a@x.example")
    merge_contacts(client, source, target)
    message = "This contact has been merged. See the 'Link' header for the canonical contact."
    for path in (f"/contacts/{source['id']}", f"/contacts/find_by_external_id/{source['external_id']}"):
        response = sandbox.handle(Request("GET", path, headers={"authorization": "Bearer x"}))
        assert response.status == 410
        assert response.headers["link"] == f'</contacts/{target["id"]}>; rel="canonical"'
        assert json.loads(response.body)["errors"] == [{"code": "contact_merged", "message": message}]
    assert client.put(f"/contacts/{source['id']}", {}).error == NO_CONTACT
    query = {"field": "email", "operator": "=", "value": "a@x.example"}
    found = client.create("/contacts/search", {"query": query})["data"]
    assert [contact["id"] for contact in found] == [target["id"]]
    # Another user may have the lead's external id, and the link does not outlive what it leads to.
    taken = create_user(client, external_id=source["external_id"])
    assert client.get(f"/contacts/find_by_external_id/{source['external_id']}").body["id"] == taken["id"]
    client.post(f"/contacts/{target['id']}/archive")
    assert client.get(f"/contacts/{source['id']}").error == NO_CONTACT
    client.post(f"/contacts/{target['id']}/unarchive")
    assert client.get(f"/contacts/{source['id']}").status == 410
    client.delete(f"/contacts/{target['id']}")
    assert client.get(f"/contacts/{source['id']}").error == NO_CONTACT


def test_who_is_not_merged(client):
    source, target = create_lead(client, email="a@x.example"), create_user(client, email="a@x.example")
    roles = (400, "invalid_merge", "A lead can only be merged into a user")
    assert merge_contacts(client, target, source).error == roles
    assert merge_contacts(client, source, source).error == roles
    assert merge_contacts(client, source, {"id": "77"}).error == NO_CONTACT
    assert client.post("/contacts/merge", {"into": target["id"]}).error[1:] == (
        "parameter_not_found",
        "from is required",
    )
    assert merge_contacts(client, source, target, skip_duplicate_validation="yes").status == 400
    client.post(f"/contacts/{source['id']}/archive")
    assert merge_contacts(client, source, target).error == NO_CONTACT


def test_the_history_of_a_user(client, clock):
    target = create_user(client, email="a@x.example")
    sources = []
    for _ in range(3):
        clock.now += 1
        sources.append(create_lead(client, email="a@x.example"))
        merge_contacts(client, sources[-1], target)
    expected = [
        {
            "type": "merge_history",
            "source_contact_id": source["id"],
            "source_contact_role": "lead",
            "merged_at": clock.now - age,
        }
        for age, source in enumerate(reversed(sources))
    ]
    path = f"/contacts/{target['id']}/merge_history"
    assert client.get(path).body == {"type": "list", "data": expected, "has_more": False}
    assert client.get(path, order="asc").body["data"] == expected[::-1]
    first = client.get(path, per_page="2").body
    assert (first["data"], first["has_more"]) == (expected[:2], True)
    second = client.get(path, per_page="2", cursor=first["next_cursor"]).body
    assert second == {"type": "list", "data": expected[2:], "has_more": False}
    assert client.get(path, order="up").status == 400
    listed = client.get("/contacts", include_merge_history="true").body["data"]
    assert listed[0]["merge_history"] == expected
    other = create_lead(client)
    shown = client.get(f"/contacts/{other['id']}", include_merge_history="true").body
    assert "merge_history" not in shown
    assert "merge_history" not in client.get(f"/contacts/{target['id']}").body
    for contact_id in (other["id"], "77"):
        error = client.get(f"/contacts/{contact_id}/merge_history").error
        assert error == (404, "not_found", "Contact not found")


def test_blocking_answers_and_changes_nothing(client):
    person = create_user(client, external_id="1")
    answer = client.post(f"/contacts/{person['id']}/block").body
    assert answer == {"type": "contact", "id": person["id"], "external_id": "1", "blocked": True}
    assert client.get(f"/contacts/{person['id']}").body == person
    assert client.post("/contacts/77/block").error == NO_CONTACT
