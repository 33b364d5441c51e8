"""Tags: by name and by id, on contacts and on companies."""

import pytest

NO_TAG = (404, "not_found", "Resource Not Found")
NOBODY = (404, "not_found", "User Not Found")


def test_a_tag_is_created_once_whatever_the_case_of_its_name(client):
    tag = client.create("/tags", {"name": "Independent"})
    assert tag == {"type": "tag", "id": tag["id"], "name": "Independent"}
    assert client.create("/tags", {"name": "independent"}) == tag
    assert client.get("/tags").body == {"type": "list", "data": [tag]}
    assert client.get(f"/tags/{tag['id']}").body == tag


def test_a_tag_is_renamed_by_id(client):
    tag, other = client.create("/tags", {"name": "a"}), client.create("/tags", {"name": "b"})
    assert client.create("/tags", {"id": tag["id"], "name": "A2"}) == tag | {"name": "A2"}
    assert client.create("/tags", {"id": tag["id"], "name": "a2"})["name"] == "a2"
    assert client.post("/tags", {"id": tag["id"], "name": "B"}).status == 400
    assert client.post("/tags", {"id": "77", "name": "c"}).error == NO_TAG
    assert client.get(f"/tags/{other['id']}").body["name"] == "b"


@pytest.mark.parametrize(
    "body",
    [
        {"test": "invalid"},
        {"name": " "},
        {"name": "a\0b"},
        {"name": "a\nb"},
        {"name": 5},
        {"name": "a", "users": "x"},
        {"name": "a", "users": ["x"]},
    ],
)
def test_what_is_no_tag(client, body):
    assert client.post("/tags", body).error == (400, "parameter_invalid", "invalid tag parameters")
    assert client.get("/tags").body["data"] == []


def test_deleting_a_tag_takes_it_off_everyone(client):
    tag, contact = client.create("/tags", {"name": "vip"}), client.person("1")
    client.post(f"/contacts/{contact['id']}/tags", {"id": tag["id"]})
    deleted = client.delete(f"/tags/{tag['id']}")
    assert (deleted.status, deleted.body) == (200, None)
    assert client.delete(f"/tags/{tag['id']}").error == NO_TAG
    assert client.get(f"/tags/{tag['id']}").error == NO_TAG
    assert client.get(f"/contacts/{contact['id']}").body["tags"]["total_count"] == 0


@pytest.mark.parametrize("kind", [str, int])
def test_tagging_and_untagging_a_contact(client, clock, kind):
    tag, contact = client.create("/tags", {"name": "vip"}), client.person("1")
    path = f"/contacts/{contact['id']}/tags"
    tagged = client.create(path, {"id": kind(tag["id"])})
    assert tagged == tag | {"applied_at": clock.now, "applied_by": {"type": "admin", "id": "1"}}
    clock.now += 9
    assert client.create(path, {"id": tag["id"]}) == tagged
    assert client.get(path).body == {"type": "list", "data": [tagged]}
    inline = client.get(f"/contacts/{contact['id']}").body["tags"]
    assert inline["data"] == [{"type": "tag", "id": tag["id"], "url": f"/tags/{tag['id']}"}]
    assert client.delete(f"{path}/{tag['id']}").body["id"] == tag["id"]
    assert client.get(path).body["data"] == []


def test_errors_of_a_contacts_tags(client):
    tag, contact = client.create("/tags", {"name": "vip"}), client.person("1")
    path = f"/contacts/{contact['id']}/tags"
    assert client.post(path, {"id": "77"}).error == NO_TAG
    assert client.post(path, {}).error == NO_TAG
    assert client.delete(f"{path}/77").error == NO_TAG
    for answer in (
        client.get("/contacts/77/tags"),
        client.post("/contacts/77/tags", {"id": tag["id"]}),
        client.delete(f"/contacts/77/tags/{tag['id']}"),
    ):
        assert answer.error == NOBODY


def test_several_companies_and_users_are_tagged_at_once(client):
    contact = client.person("1")
    companies = [client.create("/companies", {"company_id": number}) for number in "ab"]
    body = {"name": "big", "companies": [{"id": companies[0]["id"]}, {"company_id": "b"}]}
    tag = client.create("/tags", body)
    assert tag["companies"] == [{"id": company["id"], "tagged": True} for company in companies]
    untagged = client.create("/tags", {"name": "big", "companies": [{"company_id": "b", "untag": True}]})
    assert untagged["companies"] == [{"id": companies[1]["id"], "tagged": False}]
    users = client.create("/tags", {"name": "big", "users": [{"id": contact["id"]}]})
    assert users["users"] == [{"id": contact["id"], "tagged": True}]
    assert client.get(f"/contacts/{contact['id']}/tags").body["data"][0]["name"] == "big"


def test_tagging_someone_unknown_creates_no_tag(client):
    unknown = (404, "company_not_found", "Company Not Found")
    assert client.post("/tags", {"name": "test", "companies": [{"company_id": "123"}]}).error == unknown
    assert client.post("/tags", {"name": "test", "users": [{"id": "123"}]}).error == NOBODY
    assert client.get("/tags").body["data"] == []
