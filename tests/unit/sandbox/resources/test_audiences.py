"""Audiences: the full life of one, paging, and the three messages."""

import pytest

PREDICATE = {
    "attribute": "custom_attributes.plan",
    "type": "string",
    "comparison": "eq",
    "value": "enterprise",
}
ROLE = {"attribute": "role", "type": "role", "comparison": "eq", "value": "user"}


def test_the_life_of_an_audience(client, clock):
    body = {"name": "VIP Customers", "predicates": [PREDICATE], "role_predicates": [ROLE]}
    created = client.post("/audiences", body)
    assert created.status == 201
    audience = created.body
    assert audience == body | {
        "type": "audience",
        "id": audience["id"],
        "created_at": clock.now,
        "updated_at": clock.now,
    }
    assert isinstance(audience["id"], str)
    path = f"/audiences/{audience['id']}"
    assert client.get(path).body == audience
    clock.now += 100
    updated = client.put(path, {"name": "Enterprise"})
    assert (updated.status, updated.body) == (200, audience | {"name": "Enterprise", "updated_at": clock.now})
    assert client.put(path, {"predicates": []}).body["predicates"] == []
    deleted = client.delete(path)
    assert (deleted.status, deleted.body) == (204, None)
    for answer in (client.get(path), client.put(path, {"name": "x"}), client.delete(path)):
        assert answer.error == (404, "not_found", "Resource Not Found")


def test_an_audience_needs_a_name(client):
    assert client.post("/audiences", {}).error == (422, "validation_error", "Name is required")
    for name in ("", "  "):
        assert client.post("/audiences", {"name": name}).error == (
            422,
            "validation_error",
            "Name must not be blank",
        )
    audience = client.create("/audiences", {"name": "a"})
    answer = client.put(f"/audiences/{audience['id']}", {"name": ""})
    assert answer.error == (422, "validation_error", "Name must not be blank")


@pytest.mark.parametrize(
    "predicates",
    ["x", {"a": 1}, ["x"], [PREDICATE | {"value": 5}], [{"attribute": "role"}], [PREDICATE | {"more": ""}]],
)
@pytest.mark.parametrize("key", ["predicates", "role_predicates"])
def test_predicates_are_four_texts_each(client, key, predicates):
    answer = client.post("/audiences", {"name": "a", key: predicates})
    assert answer.error == (422, "validation_error", f"{key} is invalid")


def test_paging(client):
    for number in range(53):
        client.create("/audiences", {"name": str(number)})
    first = client.get("/audiences").body
    assert (first["type"], first["total_count"], first["page"], first["per_page"], first["total_pages"]) == (
        ("list", 53, 1, 50, 2)
    )
    assert len(first["data"]) == 50
    assert [audience["name"] for audience in client.get("/audiences", page="2").body["data"]] == [
        "50",
        "51",
        "52",
    ]
    assert client.get("/audiences", page="3").body["data"] == []
    assert client.get("/audiences", per_page="500").body["per_page"] == 50
