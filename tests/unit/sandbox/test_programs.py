"""What programs send that are not of Intercom's making, and older clients that are, each as seen on the wire."""

import base64
import json

import pytest

from intercom_iac.sandbox import Request, Sandbox

NOW = 1_790_000_000
UPDATED = {"field": "updated_at", "operator": ">"}


def found(client, query, **body):
    answer = client.post("/contacts/search", {"query": query} | body)
    assert answer.status == 200, answer
    return "".join(contact["external_id"] for contact in answer.body["data"])


@pytest.mark.parametrize("yesterday", [NOW - 86_400, NOW - 86_400.5, str(NOW - 86_400), f"{NOW - 86_400}.25"])
def test_a_search_by_a_moment_as_programs_write_it(client, yesterday):
    client.person("a")
    assert found(client, UPDATED | {"value": yesterday}) == "a"
    assert found(client, UPDATED | {"operator": "=", "value": yesterday}) == ""


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
    assert found(client, {"operator": "OR", "value": [UPDATED | {"value": NOW}, group]}) == "b"


def test_a_filter_without_a_value_is_one_of_null(client):
    client.person("a")
    client.made("/contacts", {"external_id": "b", "email": "b@x.example"})
    assert found(client, {"field": "email", "operator": "="}) == "a"
    assert found(client, {"field": "email", "operator": "!="}) == "b"
    assert client.post("/contacts/search", {"query": {"field": "email", "operator": "~"}}).error == (
        400,
        "parameter_invalid",
        "operator '~' needs a value for email",
    )


def test_the_first_page_by_an_empty_cursor(client):
    client.person("a")
    assert found(client, UPDATED | {"value": 0}, pagination={"per_page": 150, "starting_after": ""}) == "a"


def test_a_body_with_every_method(client):
    contact, tag = client.person("a"), client.made("/tags", {"name": "vip"})
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


def credentials(text):
    return f"Basic {base64.b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (credentials("token:"), 200),
        (credentials("app:key"), 200),
        (credentials("token:").replace("Basic", "BASIC"), 200),
        ("Bearer token", 200),
        (credentials(":token"), 401),
        (credentials("token"), 401),
        (credentials(" :"), 401),
        ("Basic é", 401),
        ("Basic", 401),
        ("Basic token", 401),
        ("Bearer", 401),
        ("Digest token", 401),
        ("token", 401),
    ],
)
def test_who_is_let_in(sandbox, header, status):
    assert sandbox.handle(Request("GET", "/me", headers={"authorization": header})).status == status


def test_commas_in_the_name_of_an_attribute(client):
    client.attribute("City, State")
    assert client.person("a", **{"City, State": "Austin, TX"})["custom_attributes"] == {
        "City, State": "Austin, TX"
    }
    assert found(client, {"field": "custom_attributes.City, State", "operator": "~", "value": "TX"}) == "a"


LISTS = {
    "/teams": ("team.list", "teams"),
    "/subscription_types": ("list", "data"),
    "/ticket_types": ("list", "data"),
    "/ticket_states": ("list", "data"),
    "/conversations": ("conversation.list", "conversations"),
    "/conversations/deleted": ("conversations.list", "conversations"),
    "/articles": ("list", "data"),
    "/help_center/collections": ("list", "data"),
    "/help_center/help_centers": ("list", "data"),
    "/news/news_items": ("list", "data"),
    "/news/newsfeeds": ("list", "data"),
}


@pytest.mark.parametrize("path", LISTS)
def test_lists_of_what_the_workspace_has_none_of(client, path):
    kind, key = LISTS[path]
    answer = client.get(path, per_page="5")
    assert (answer.status, answer.body["type"], answer.body[key]) == (200, kind, [])
    if "pages" in answer.body:
        assert answer.body["pages"] == {"type": "pages", "page": 1, "per_page": 5, "total_pages": 0}
        assert answer.body["total_count"] == 0


@pytest.mark.parametrize(
    ("path", "kind", "key"),
    [
        ("/conversations/search", "conversation.list", "conversations"),
        ("/tickets/search", "ticket.list", "tickets"),
    ],
)
def test_searches_for_what_the_workspace_has_none_of(client, path, kind, key):
    body = {"query": UPDATED | {"value": 0}, "sort": {"field": "id"}, "pagination": {"per_page": 150}}
    answer = client.post(path, body)
    assert answer.body == {
        "type": kind,
        "pages": {"type": "pages", "page": 1, "per_page": 150, "total_pages": 0},
        "total_count": 0,
        key: [],
    }
    assert client.post(path, {}).error == (400, "parameter_not_found", "query is required")
    for wrong in (
        {"query": 5},
        {"query": {}, "pagination": []},
        {"query": {}, "pagination": {"per_page": "x"}},
    ):
        assert client.post(path, wrong).error[:2] == (400, "parameter_invalid")


def test_one_of_what_the_workspace_has_none_of(client):
    assert client.get("/conversations/5").error == (404, "not_found", "Resource Not Found")
    assert client.get("/tickets/5").error == (404, "not_found", "Resource Not Found")
    assert client.get("/teams/5").error == (404, "team_not_found", "Team not found")
    contact = client.person("a")
    assert client.get(f"/contacts/{contact['id']}/subscriptions").body == {"type": "list", "data": []}
    assert client.get("/contacts/5/subscriptions").error == (404, "not_found", "User Not Found")


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
