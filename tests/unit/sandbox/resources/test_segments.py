"""Segments: predefined ones, those a person adds, counts and membership."""

import pytest

from intercom_iac.sandbox import (
    Sandbox,
    SegmentExistsError,
    SegmentNameError,
    SegmentQueryError,
    Switches,
    add_segment,
    reset,
)

DAY = 86_400


def test_a_new_workspace_has_the_three_predefined_segments(client):
    body = client.get("/segments").body
    assert body["type"] == "segment.list"
    assert [segment["name"] for segment in body["segments"]] == ["Active", "New", "Slipping Away"]
    for segment in body["segments"]:
        assert segment.keys() == {"type", "id", "name", "created_at", "updated_at", "person_type"}
        assert client.get(f"/segments/{segment['id']}").body == segment


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


def test_there_is_no_call_that_writes_a_segment(client):
    segment = client.get("/segments").body["segments"][0]
    for answer in (
        client.post("/segments", {"name": "x"}),
        client.put(f"/segments/{segment['id']}", {"name": "x"}),
        client.delete(f"/segments/{segment['id']}"),
    ):
        assert answer.status == 404
    assert client.get("/segments/77").error == (404, "not_found", "Resource Not Found")


def test_company_segments_are_none(client):
    assert client.get("/segments", type="company").body["segments"] == []


def test_counts_membership_and_search_agree(client, sandbox, clock):
    days = {"fresh": 1, "quiet": 40, "lost": 90}
    people = {}
    for name, age in days.items():
        seen = clock.now - age * DAY
        people[name] = client.made("/contacts", {"external_id": name, "last_seen_at": seen})["id"]
    clock.now += 2 * DAY
    people["new"] = client.made("/contacts", {"external_id": "new"})["id"]
    client.made("/contacts", {"role": "lead", "last_seen_at": clock.now})
    add_segment(sandbox, "By hand")
    expected = {"Active": {"fresh"}, "New": {"new"}, "Slipping Away": {"quiet"}, "By hand": set()}
    for segment in client.get("/segments", include_count="true").body["segments"]:
        members = expected[segment["name"]]
        assert segment["count"] == len(members)
        query = {"field": "segment_id", "operator": "=", "value": segment["id"]}
        found = client.made("/contacts/search", {"query": query})
        assert {contact["external_id"] for contact in found["data"]} == members
        for name, contact_id in people.items():
            listed = client.get(f"/contacts/{contact_id}/segments").body["data"]
            assert (segment["id"] in {each["id"] for each in listed}) == (name in members)
    assert client.get("/contacts/77/segments").error == (404, "not_found", "User Not Found")


def test_reset_leaves_an_empty_workspace_of_the_same_identity(client, sandbox, clock):
    before = client.get("/me").body
    client.attribute("plan"), client.person("1", plan="x"), client.made("/tags", {"name": "t"})
    client.made("/audiences", {"name": "a"}), client.made("/companies", {"company_id": "1"})
    client.post("/events", {"event_name": "e", "created_at": clock.now, "user_id": "1"})
    contact, company = (
        client.get("/contacts").body["data"][0],
        client.get("/companies", company_id="1").body["data"][0],
    )
    client.made(f"/contacts/{contact['id']}/companies", {"id": company["id"]})
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


def ask(field, value, operator="="):
    return {"field": field, "operator": operator, "value": value}


def names_of(client, segment):
    found = client.made("/contacts/search", {"query": ask("segment_id", segment["id"])})["data"]
    return {contact["external_id"] for contact in found}


def test_a_query_decides_who_is_in_a_segment(client, sandbox):
    client.attribute("plan", "options", "free", "pro")
    people = {name: client.person(name, plan=plan) for name, plan in [("a", "pro"), ("b", "free")]}
    segment = add_segment(sandbox, "Paying", query=ask("custom_attributes.plan", "pro"))
    assert segment.keys() == {"type", "id", "name", "created_at", "updated_at", "person_type"}
    path = f"/segments/{segment['id']}"
    assert client.get(path, include_count="true").body == segment | {"count": 1}
    assert names_of(client, segment) == {"a"}
    client.put(f"/contacts/{people['b']['id']}", {"custom_attributes": {"plan": "pro"}})
    client.post(f"/contacts/{people['a']['id']}/archive")
    assert names_of(client, segment) == {"b"}
    listed = client.get(f"/contacts/{people['b']['id']}/segments").body["data"]
    assert segment in listed
    assert client.get("/segments", include_count="true").body["segments"][-1]["count"] == 1


def test_a_segment_may_rest_on_earlier_ones_and_never_on_itself(client, sandbox):
    client.person("a"), client.made("/contacts", {"external_id": "b", "email": "b@x.example"})
    first = add_segment(sandbox, "With email", query=ask("email", None, "!="))
    second = add_segment(sandbox, "Without", query=ask("segment_id", first["id"], "!="))
    assert (names_of(client, first), names_of(client, second)) == ({"b"}, {"a"})
    reset(sandbox)
    client.person("c")
    # Ids are given out anew, so the second of before can be named before it is there.
    circular = add_segment(sandbox, "Circular", query=ask("segment_id", first["id"]))
    later = add_segment(sandbox, "Later", query=ask("segment_id", second["id"], "!="))
    assert circular["id"] == first["id"]
    assert later["id"] == second["id"]
    assert (names_of(client, circular), names_of(client, later)) == (set(), {"c"})


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({}, "a group's operator must be one of: AND, OR"),
        ("plan", "query must be an object"),
        (ask("custom_attributes.nope", 1), "custom_attributes.nope is not a valid search field"),
        (ask("created_at", 1, ">="), "operator '>=' is not supported for created_at"),
        (ask("name", "\ud800"), "it holds text that is not valid Unicode"),
    ],
)
def test_a_query_no_search_takes(client, sandbox, query, reason):
    with pytest.raises(SegmentQueryError) as caught:
        add_segment(sandbox, "x", query=query)
    assert caught.value.reason == reason
    assert len(client.get("/segments").body["segments"]) == 3


def test_a_tag_that_a_segment_names_stays(client, sandbox):
    tag, other = client.made("/tags", {"name": "vip"}), client.made("/tags", {"name": "other"})
    query = {"operator": "OR", "value": [ask("tag_id", tag["id"]), ask("name", "x")]}
    add_segment(sandbox, "Seg 1", query=query), add_segment(sandbox, "Seg 2", query=ask("tag_id", tag["id"]))
    message = "Unable to delete Tag with dependent objects. Segments: Seg 1, Seg 2."
    assert client.delete(f"/tags/{tag['id']}").error == (400, "tag_has_dependent_objects", message)
    assert client.delete(f"/tags/{other['id']}").status == 200


def test_an_attribute_that_a_segment_tests_is_not_archived(client_with):
    message = "The Data Attribute you are trying to archive has a dependant object"
    for blocks in (True, False):
        client = client_with(segments_block_archiving=blocks)
        attribute = client.attribute("plan")
        client.person("a", plan="pro")
        segment = add_segment(client.sandbox, "Pro", query=ask("custom_attributes.plan", "pro"))
        answer = client.put(f"/data_attributes/{attribute['id']}", {"archived": True})
        assert (answer.error if blocks else answer.status) == (
            (422, "data_invalid", message) if blocks else 200
        )
        assert client.get(f"/segments/{segment['id']}", include_count="true").body["count"] == 1


def test_a_stored_query_holds_whatever_the_switches_say_later(tmp_path, client_of):
    path = tmp_path / "sandbox.db"
    inner = {"operator": "OR", "value": [ask("role", "user")]}
    query = {"operator": "AND", "value": [inner, ask("name", "Ada")]}
    with Sandbox(path) as sandbox:
        client_of(sandbox).made("/contacts", {"external_id": "1", "name": "Ada"})
        segment = add_segment(sandbox, "Ada", query=query)
    with Sandbox(path, switches=Switches(mixed_groups_accepted=False)) as sandbox:
        assert names_of(client_of(sandbox), segment) == {"1"}
        with pytest.raises(SegmentQueryError, match="may not hold both"):
            add_segment(sandbox, "Again", query=query)


def test_a_long_chain_of_segments(client, sandbox):
    client.person("a")
    last = add_segment(sandbox, "0", query=ask("role", "user"))
    for number in range(1, 200):
        twice = {"operator": "AND", "value": [ask("segment_id", last["id"])] * 2}
        last = add_segment(sandbox, str(number), query=twice)
    assert names_of(client, last) == {"a"}


def test_reset_empties_every_table(client, sandbox, clock):
    lead = client.made("/contacts", {"role": "lead"})
    client.person("1"), client.person("2")
    into = client.get("/contacts/find_by_external_id/1").body["id"]
    body = {"from": lead["id"], "into": into, "skip_duplicate_validation": True}
    client.made("/contacts/merge", body)
    client.made(f"/contacts/{into}/notes", {"body": "x"})
    summary = {"event_name": "e", "count": 1, "first": 1, "last": 1}
    assert client.post("/events/summaries", {"user_id": "1", "event_summaries": summary}).status == 200
    client.made("/conversations/attributes", {"name": "x", "data_type": "string"})
    sandbox.timezone = "UTC"
    reset(sandbox)
    with sandbox.store(writes=False) as store:
        tables = [row["name"] for row in store.all("select name from sqlite_schema where type = 'table'")]
        filled = {table for table in tables if store.number(f"select count(*) from {table}")}
    assert filled == {"meta", "segments", "counters"}
