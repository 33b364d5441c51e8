"""Resources that the workspace has none of."""

import pytest

UPDATED = {"field": "updated_at", "operator": ">"}

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
