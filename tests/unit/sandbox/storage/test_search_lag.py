"""The lag of the search index, a switch: searches see contacts as they were, everything else as they are."""

import pytest

from intercom_iac.sandbox import Sandbox, Switches, reset


@pytest.fixture
def lagging_client(client_with):
    return client_with(search_lag=10)


def search_ids(client, field="role", value="user"):
    query = {"field": field, "operator": "=", "value": value}
    return client.create("/contacts/search", {"query": query})["data"]


def test_without_the_switch_nothing_lags(client):
    client.person("a")
    assert len(search_ids(client)) == 1


def test_a_new_contact_is_found_later_and_read_at_once(lagging_client, clock):
    made = lagging_client.person("a")
    assert search_ids(lagging_client) == []
    assert lagging_client.get(f"/contacts/{made['id']}").status == 200
    assert lagging_client.get("/contacts/find_by_external_id/a").status == 200
    assert lagging_client.get("/contacts").body["total_count"] == 1
    assert lagging_client.post("/contacts", {"external_id": "a"}).status == 409
    clock.now += 10
    assert search_ids(lagging_client) == []
    clock.now += 1
    assert search_ids(lagging_client) == [made]


def test_a_change_is_found_later_step_by_step(lagging_client, clock):
    path = f"/contacts/{lagging_client.person('a')['id']}"
    clock.now += 100
    for name in ("b", "c"):
        lagging_client.put(path, {"name": name})
        clock.now += 6
    # The first change came twelve seconds ago, the second six.
    (seen,) = search_ids(lagging_client)
    assert (seen["name"], lagging_client.get(path).body["name"]) == ("b", "c")
    assert [len(search_ids(lagging_client, "name", name)) for name in ("b", "c")] == [1, 0]
    clock.now += 5
    assert [len(search_ids(lagging_client, "name", name)) for name in ("b", "c")] == [0, 1]
    assert search_ids(lagging_client)[0]["name"] == "c"


def test_changes_of_one_second_come_together(lagging_client, clock):
    path = f"/contacts/{lagging_client.person('a')['id']}"
    clock.now += 100
    lagging_client.put(path, {"name": "b"})
    lagging_client.put(path, {"name": "c"})
    assert search_ids(lagging_client)[0]["name"] is None
    clock.now += 11
    assert search_ids(lagging_client)[0]["name"] == "c"


def test_an_archived_contact_is_found_for_a_while(lagging_client, clock):
    contact_id = lagging_client.person("a")["id"]
    clock.now += 100
    lagging_client.post(f"/contacts/{contact_id}/archive")
    assert len(search_ids(lagging_client)) == 1
    clock.now += 11
    assert search_ids(lagging_client) == []
    lagging_client.post(f"/contacts/{contact_id}/unarchive")
    assert search_ids(lagging_client) == []
    clock.now += 11
    assert len(search_ids(lagging_client)) == 1


def test_a_deleted_contact_is_gone_at_once(lagging_client, clock):
    contact_id = lagging_client.person("a")["id"]
    clock.now += 100
    lagging_client.delete(f"/contacts/{contact_id}")
    assert search_ids(lagging_client) == []
    lagging_client.person("b")
    reset(lagging_client.sandbox)
    clock.now += 100
    assert search_ids(lagging_client) == []


def test_what_is_no_longer_needed_is_not_kept(lagging_client, clock):
    path = f"/contacts/{lagging_client.person('a')['id']}"
    for number in range(30):
        lagging_client.put(path, {"name": str(number)})
        clock.now += 5
    with lagging_client.sandbox.store(writes=False) as store:
        assert store.number("select count(*) from contact_versions") == 3


def test_pages_hold_what_the_index_holds(lagging_client, clock):
    for number in range(5):
        lagging_client.person(str(number))
        clock.now += 4
    query = {"field": "role", "operator": "=", "value": "user"}
    body = {"query": query, "pagination": {"per_page": 2}}
    first = lagging_client.create("/contacts/search", body)
    assert (first["total_count"], first["pages"]["total_pages"]) == (3, 2)
    assert [contact["external_id"] for contact in first["data"]] == ["0", "1"]


def test_a_file_served_with_and_without_it(tmp_path, clock, client_of):
    path = tmp_path / "a.db"
    with (
        Sandbox(path, switches=Switches(search_lag=10), clock=clock) as lagging,
        Sandbox(path, clock=clock) as prompt,
    ):
        client_of(lagging).person("a")
        assert search_ids(client_of(lagging)) == []
        assert len(search_ids(client_of(prompt))) == 1
        client_of(prompt).person("b")
        assert len(search_ids(client_of(lagging))) == 1
    with Sandbox(path, switches=Switches(search_lag=5), clock=clock) as again:
        clock.now += 6
        assert len(search_ids(client_of(again))) == 2
