"""Segments: predefined ones, those a person adds, counts and membership."""

import pytest

from intercom_iac.sandbox import SegmentExistsError, SegmentNameError, add_segment, reset

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
