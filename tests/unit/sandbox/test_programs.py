"""What programs of others and older clients of Intercom send, each as seen on the wire."""

import json

import pytest

from intercom_iac.sandbox import Request, Sandbox

NOW = 1_790_000_000

UPDATED = {"field": "updated_at", "operator": ">"}


def search_ids(client, query, **body):
    answer = client.post("/contacts/search", {"query": query} | body)
    assert answer.status == 200, answer
    return "".join(contact["external_id"] for contact in answer.body["data"])


@pytest.mark.parametrize("yesterday", [NOW - 86_400, NOW - 86_400.5, str(NOW - 86_400), f"{NOW - 86_400}.25"])
def test_a_search_by_a_moment_as_programs_write_it(client, yesterday):
    client.person("a")
    assert search_ids(client, UPDATED | {"value": yesterday}) == "a"
    assert search_ids(client, UPDATED | {"operator": "=", "value": yesterday}) == ""


@pytest.mark.parametrize("moment", [NOW, NOW + 0.75, str(NOW), f"{NOW}.0"])
def test_an_event_at_a_moment_as_programs_write_it(client, moment):
    client.person("a")
    event = {"event_name": "e", "user_id": "a", "created_at": moment}
    assert client.post("/events", event).status == 202
    summary = {"event_name": "s", "count": 1, "first": moment, "last": moment}
    assert client.post("/events/summaries", {"user_id": "a", "event_summaries": summary}).status == 200
    listed = client.get("/events", type="user", user_id="a").body["events"]
    assert [event["created_at"] for event in listed] == [NOW]
    contact = client.put(
        f"/contacts/{client.get('/contacts').body['data'][0]['id']}", {"signed_up_at": moment}
    )
    assert contact.body["signed_up_at"] == NOW


@pytest.mark.parametrize("moment", ["soon", "", True, [], NOW * 1000, f"{NOW}000", "1e9", " 5", "٥", 1e300])
def test_what_is_no_moment(client, moment):
    client.person("a")
    event = {"event_name": "e", "user_id": "a", "created_at": moment}
    assert client.post("/events", event).status == 400
    assert client.post("/contacts/search", {"query": UPDATED | {"value": moment}}).status == 400


def test_filters_beside_groups(client):
    """A connector's search from where it left off: later, or the same moment and past the last id."""
    client.person("a"), client.person("b")
    group = {
        "operator": "AND",
        "value": [
            {"field": "updated_at", "operator": "=", "value": NOW},
            {"field": "external_id", "operator": "=", "value": "b"},
        ],
    }
    assert search_ids(client, {"operator": "OR", "value": [UPDATED | {"value": NOW}, group]}) == "b"


def test_a_filter_without_a_value_is_one_of_null(client):
    client.person("a")
    client.create("/contacts", {"external_id": "b", "email": "b@x.example"})
    assert search_ids(client, {"field": "email", "operator": "="}) == "a"
    assert search_ids(client, {"field": "email", "operator": "!="}) == "b"
    assert client.post("/contacts/search", {"query": {"field": "email", "operator": "~"}}).error == (
        400,
        "parameter_invalid",
        "operator '~' needs a value for email",
    )


def test_the_first_page_by_an_empty_cursor(client):
    client.person("a")
    assert (
        search_ids(client, UPDATED | {"value": 0}, pagination={"per_page": 150, "starting_after": ""}) == "a"
    )


def test_a_body_with_every_method(client):
    contact, tag = client.person("a"), client.create("/tags", {"name": "vip"})
    path = f"/contacts/{contact['id']}"
    assert client.post(f"{path}/tags", {"id": tag["id"]}).status == 200
    for body in ({"id": tag["id"]}, [], "text", None):
        assert client.call("DELETE", f"{path}/tags/{tag['id']}", body).status == 200
        assert client.call("GET", path, body).status == 200


def test_a_body_that_is_no_json_is_no_matter_where_none_is_read(sandbox, client):
    contact = client.person("a")
    request = Request("DELETE", f"/contacts/{contact['id']}", {}, {"authorization": "Bearer x"}, b"id=5")
    assert sandbox.handle(request).status == 200


def test_no_fields_as_php_writes_them(client):
    contact = client.person("a")
    assert client.post(f"/contacts/{contact['id']}/archive", []).status == 200


def test_commas_in_the_name_of_an_attribute(client):
    client.attribute("City, State")
    assert client.person("a", **{"City, State": "Austin, TX"})["custom_attributes"] == {
        "City, State": "Austin, TX"
    }
    assert (
        search_ids(client, {"field": "custom_attributes.City, State", "operator": "~", "value": "TX"}) == "a"
    )


def test_the_old_names_of_versions_reach_the_workspace():
    with Sandbox(None) as sandbox:
        headers = {"authorization": "Bearer x", "intercom-version": "Preview"}
        answer = sandbox.handle(Request("GET", "/me", headers=headers))
        assert json.loads(answer.body)["type"] == "admin"


def test_a_doubled_slash_is_one(client):
    contact = client.person("a")
    assert client.get(f"//contacts/{contact['id']}/tags").body == {"type": "list", "data": []}
    assert client.get("/contacts//", per_page="1").body["total_count"] == 1
    assert client.get("//audiences").status == 200
