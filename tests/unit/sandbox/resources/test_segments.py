"""Segments: predefined ones, those a person adds, counts and membership."""

import pytest

from intercom_iac.sandbox import (
    Sandbox,
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
        people[name] = client.create("/contacts", {"external_id": name, "last_seen_at": seen})["id"]
    clock.now += 2 * DAY
    people["new"] = client.create("/contacts", {"external_id": "new"})["id"]
    client.create("/contacts", {"role": "lead", "last_seen_at": clock.now})
    add_segment(sandbox, "By hand")
    expected = {"Active": {"fresh"}, "New": {"new"}, "Slipping Away": {"quiet"}, "By hand": set()}
    for segment in client.get("/segments", include_count="true").body["segments"]:
        members = expected[segment["name"]]
        assert segment["count"] == len(members)
        query = {"field": "segment_id", "operator": "=", "value": segment["id"]}
        found = client.create("/contacts/search", {"query": query})
        assert {contact["external_id"] for contact in found["data"]} == members
        for name, contact_id in people.items():
            listed = client.get(f"/contacts/{contact_id}/segments").body["data"]
            assert (segment["id"] in {item["id"] for item in listed}) == (name in members)
    assert client.get("/contacts/77/segments").error == (404, "not_found", "User Not Found")


def filter_on(field, value, operator="="):
    return {"field": field, "operator": operator, "value": value}


def segment_names(client, segment):
    found = client.create("/contacts/search", {"query": filter_on("segment_id", segment["id"])})["data"]
    return {contact["external_id"] for contact in found}


def test_a_query_decides_who_is_in_a_segment(client, sandbox):
    client.attribute("plan", "options", "free", "pro")
    people = {name: client.person(name, plan=plan) for name, plan in [("a", "pro"), ("b", "free")]}
    segment = add_segment(sandbox, "Paying", query=filter_on("custom_attributes.plan", "pro"))
    assert segment.keys() == {"type", "id", "name", "created_at", "updated_at", "person_type"}
    path = f"/segments/{segment['id']}"
    assert client.get(path, include_count="true").body == segment | {"count": 1}
    assert segment_names(client, segment) == {"a"}
    client.put(f"/contacts/{people['b']['id']}", {"custom_attributes": {"plan": "pro"}})
    client.post(f"/contacts/{people['a']['id']}/archive")
    assert segment_names(client, segment) == {"b"}
    listed = client.get(f"/contacts/{people['b']['id']}/segments").body["data"]
    assert segment in listed
    assert client.get("/segments", include_count="true").body["segments"][-1]["count"] == 1


def test_a_segment_may_rest_on_earlier_ones_and_never_on_itself(client, sandbox):
    client.person("a"), client.create("/contacts", {"external_id": "b", "email": "b@x.example"})
    first = add_segment(sandbox, "With email", query=filter_on("email", None, "!="))
    second = add_segment(sandbox, "Without", query=filter_on("segment_id", first["id"], "!="))
    assert (segment_names(client, first), segment_names(client, second)) == ({"b"}, {"a"})
    reset(sandbox)
    client.person("c")
    # Ids are given out anew, so the second of before can be named before it is there.
    circular = add_segment(sandbox, "Circular", query=filter_on("segment_id", first["id"]))
    later = add_segment(sandbox, "Later", query=filter_on("segment_id", second["id"], "!="))
    assert circular["id"] == first["id"]
    assert later["id"] == second["id"]
    assert (segment_names(client, circular), segment_names(client, later)) == (set(), {"c"})


def test_a_tag_that_a_segment_names_stays(client, sandbox):
    tag, other = client.create("/tags", {"name": "vip"}), client.create("/tags", {"name": "other"})
    query = {"operator": "OR", "value": [filter_on("tag_id", tag["id"]), filter_on("name", "x")]}
    (
        add_segment(sandbox, "Seg 1", query=query),
        add_segment(sandbox, "Seg 2", query=filter_on("tag_id", tag["id"])),
    )
    message = "Unable to delete Tag with dependent objects. Segments: Seg 1, Seg 2."
    assert client.delete(f"/tags/{tag['id']}").error == (400, "tag_has_dependent_objects", message)
    assert client.delete(f"/tags/{other['id']}").status == 200


def test_an_attribute_that_a_segment_tests_is_not_archived(client_with):
    message = "The Data Attribute you are trying to archive has a dependant object"
    for blocks in (True, False):
        client = client_with(segments_block_archiving=blocks)
        attribute = client.attribute("plan")
        client.person("a", plan="pro")
        segment = add_segment(client.sandbox, "Pro", query=filter_on("custom_attributes.plan", "pro"))
        answer = client.put(f"/data_attributes/{attribute['id']}", {"archived": True})
        assert (answer.error if blocks else answer.status) == (
            (422, "data_invalid", message) if blocks else 200
        )
        assert client.get(f"/segments/{segment['id']}", include_count="true").body["count"] == 1


def test_a_stored_query_holds_whatever_the_switches_say_later(tmp_path, client_of):
    path = tmp_path / "sandbox.db"
    inner = {"operator": "OR", "value": [filter_on("role", "user")]}
    query = {"operator": "AND", "value": [inner, filter_on("name", "Ada")]}
    with Sandbox(path) as sandbox:
        client_of(sandbox).create("/contacts", {"external_id": "1", "name": "Ada"})
        segment = add_segment(sandbox, "Ada", query=query)
    with Sandbox(path, switches=Switches(mixed_groups_accepted=False)) as sandbox:
        assert segment_names(client_of(sandbox), segment) == {"1"}
        with pytest.raises(SegmentQueryError, match="may not hold both"):
            add_segment(sandbox, "Again", query=query)


def test_a_long_chain_of_segments(client, sandbox):
    client.person("a")
    last = add_segment(sandbox, "0", query=filter_on("role", "user"))
    for number in range(1, 200):
        twice = {"operator": "AND", "value": [filter_on("segment_id", last["id"])] * 2}
        last = add_segment(sandbox, str(number), query=twice)
    assert segment_names(client, last) == {"a"}
