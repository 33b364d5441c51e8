"""The lag of the search index, a switch: searches see contacts as they were, everything else as they are."""

import pytest

from intercom_iac.sandbox import Sandbox, Switches, reset


@pytest.fixture
def late(client_with):
    return client_with(search_lag=10)


def found(client, field="role", value="user"):
    query = {"field": field, "operator": "=", "value": value}
    return client.made("/contacts/search", {"query": query})["data"]


def test_without_the_switch_nothing_lags(client):
    client.person("a")
    assert len(found(client)) == 1


def test_a_new_contact_is_found_later_and_read_at_once(late, clock):
    made = late.person("a")
    assert found(late) == []
    assert late.get(f"/contacts/{made['id']}").status == 200
    assert late.get("/contacts/find_by_external_id/a").status == 200
    assert late.get("/contacts").body["total_count"] == 1
    assert late.post("/contacts", {"external_id": "a"}).status == 409
    clock.now += 10
    assert found(late) == []
    clock.now += 1
    assert found(late) == [made]


def test_a_change_is_found_later_step_by_step(late, clock):
    path = f"/contacts/{late.person('a')['id']}"
    clock.now += 100
    for name in ("b", "c"):
        late.put(path, {"name": name})
        clock.now += 6
    # The first change came twelve seconds ago, the second six.
    (seen,) = found(late)
    assert (seen["name"], late.get(path).body["name"]) == ("b", "c")
    assert [len(found(late, "name", name)) for name in ("b", "c")] == [1, 0]
    clock.now += 5
    assert [len(found(late, "name", name)) for name in ("b", "c")] == [0, 1]
    assert found(late)[0]["name"] == "c"


def test_changes_of_one_second_come_together(late, clock):
    path = f"/contacts/{late.person('a')['id']}"
    clock.now += 100
    late.put(path, {"name": "b"})
    late.put(path, {"name": "c"})
    assert found(late)[0]["name"] is None
    clock.now += 11
    assert found(late)[0]["name"] == "c"


def test_an_archived_contact_is_found_for_a_while(late, clock):
    contact_id = late.person("a")["id"]
    clock.now += 100
    late.post(f"/contacts/{contact_id}/archive")
    assert len(found(late)) == 1
    clock.now += 11
    assert found(late) == []
    late.post(f"/contacts/{contact_id}/unarchive")
    assert found(late) == []
    clock.now += 11
    assert len(found(late)) == 1


def test_a_deleted_contact_is_gone_at_once(late, clock):
    contact_id = late.person("a")["id"]
    clock.now += 100
    late.delete(f"/contacts/{contact_id}")
    assert found(late) == []
    late.person("b")
    reset(late.sandbox)
    clock.now += 100
    assert found(late) == []


def test_what_is_no_longer_needed_is_not_kept(late, clock):
    path = f"/contacts/{late.person('a')['id']}"
    for number in range(30):
        late.put(path, {"name": str(number)})
        clock.now += 5
    with late.sandbox.store(writes=False) as store:
        assert store.number("select count(*) from contact_versions") == 3


def test_pages_hold_what_the_index_holds(late, clock):
    for number in range(5):
        late.person(str(number))
        clock.now += 4
    query = {"field": "role", "operator": "=", "value": "user"}
    body = {"query": query, "pagination": {"per_page": 2}}
    first = late.made("/contacts/search", body)
    assert (first["total_count"], first["pages"]["total_pages"]) == (3, 2)
    assert [each["external_id"] for each in first["data"]] == ["0", "1"]


def test_a_file_served_with_and_without_it(tmp_path, clock, client_of):
    path = tmp_path / "a.db"
    with (
        Sandbox(path, switches=Switches(search_lag=10), clock=clock) as lagging,
        Sandbox(path, clock=clock) as prompt,
    ):
        client_of(lagging).person("a")
        assert found(client_of(lagging)) == []
        assert len(found(client_of(prompt))) == 1
        client_of(prompt).person("b")
        assert len(found(client_of(lagging))) == 1
    with Sandbox(path, switches=Switches(search_lag=5), clock=clock) as again:
        clock.now += 6
        assert len(found(client_of(again))) == 2
