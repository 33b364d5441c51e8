"""What no call of the API can do: building segments, and emptying the workspace."""

import pytest

from intercom_iac.sandbox import (
    SegmentExistsError,
    SegmentNameError,
    SegmentQueryError,
    add_segment,
    reset,
)


def test_a_person_adds_a_segment(client, sandbox, clock):
    clock.now += 3
    added = add_segment(sandbox, "Trial users")
    assert added == client.get(f"/segments/{added['id']}").body
    assert (added["name"], added["person_type"], added["created_at"]) == ("Trial users", "user", clock.now)
    assert add_segment(sandbox, "Leads", person_type="contact")["person_type"] == "contact"
    with pytest.raises(SegmentExistsError, match="`Trial users` exists already"):
        add_segment(sandbox, "Trial users")
    with pytest.raises(ValueError, match="person_type"):
        add_segment(sandbox, "Other", person_type="company")
    assert len(client.get("/segments").body["segments"]) == 5


def test_reset_leaves_an_empty_workspace_of_the_same_identity(client, sandbox, clock):
    before = client.get("/me").body
    client.attribute("plan"), client.person("1", plan="x"), client.create("/tags", {"name": "t"})
    client.create("/audiences", {"name": "a"}), client.create("/companies", {"company_id": "1"})
    client.post("/events", {"event_name": "e", "created_at": clock.now, "user_id": "1"})
    contact, company = (
        client.get("/contacts").body["data"][0],
        client.get("/companies", company_id="1").body["data"][0],
    )
    client.create(f"/contacts/{contact['id']}/companies", {"id": company["id"]})
    assert len(client.get("/companies/scroll").body["data"]) == 1
    add_segment(sandbox, "mine")
    reset(sandbox)
    assert client.get("/me").body == before
    assert not any(attribute["custom"] for attribute in client.get("/data_attributes").body["data"])
    for path in ("/contacts", "/audiences", "/tags"):
        assert client.get(path).body["data"] == []
    assert client.get("/companies", company_id="1").status == 404
    assert [segment["name"] for segment in client.get("/segments").body["segments"]] == [
        "Active",
        "New",
        "Slipping Away",
    ]
    assert client.get("/companies/scroll").status == 200
    assert client.attribute("plan")["id"] == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is empty"),
        (" \t\n", "is empty"),
        ("a\0b", "holds control characters"),
        ("a\x1b[31mb", "holds control characters"),
        ("half \ud800", "holds control characters"),
    ],
)
def test_a_name_no_one_could_see(sandbox, client, name, reason):
    with pytest.raises(SegmentNameError) as caught:
        add_segment(sandbox, name)
    assert (caught.value.reason, str(caught.value)) == (reason, f"a segment's name {reason}")
    assert len(client.get("/segments").body["segments"]) == 3


def test_spaces_around_a_name_go(sandbox):
    assert add_segment(sandbox, "  Big \n")["name"] == "Big"
    with pytest.raises(SegmentExistsError):
        add_segment(sandbox, "Big ")


def filter_on(field, value, operator="="):
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({}, "a group's operator must be one of: AND, OR"),
        ("plan", "query must be an object"),
        (filter_on("custom_attributes.nope", 1), "custom_attributes.nope is not a valid search field"),
        (filter_on("created_at", 1, ">="), "operator '>=' is not supported for created_at"),
        (filter_on("name", "\ud800"), "it holds text that is not valid Unicode"),
    ],
)
def test_a_query_no_search_takes(client, sandbox, query, reason):
    with pytest.raises(SegmentQueryError) as caught:
        add_segment(sandbox, "x", query=query)
    assert caught.value.reason == reason
    assert len(client.get("/segments").body["segments"]) == 3


def test_reset_empties_every_table(client, sandbox, clock):
    lead = client.create("/contacts", {"role": "lead"})
    client.person("1"), client.person("2")
    into = client.get("/contacts/find_by_external_id/1").body["id"]
    body = {"from": lead["id"], "into": into, "skip_duplicate_validation": True}
    client.create("/contacts/merge", body)
    client.create(f"/contacts/{into}/notes", {"body": "x"})
    summary = {"event_name": "e", "count": 1, "first": 1, "last": 1}
    assert client.post("/events/summaries", {"user_id": "1", "event_summaries": summary}).status == 200
    client.create("/conversations/attributes", {"name": "x", "data_type": "string"})
    sandbox.timezone = "UTC"
    reset(sandbox)
    with sandbox.store(writes=False) as store:
        tables = [row["name"] for row in store.all("select name from sqlite_schema where type = 'table'")]
        filled = {table for table in tables if store.number(f"select count(*) from {table}")}
    # The log of changes tells searches that everybody is gone.
    assert filled == {"meta", "segments", "counters", "contact_changes"}
