"""Searches that are made again after writes: what is kept of them changes no answer, with and without a lag."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intercom_iac.sandbox import Sandbox, Switches, add_segment, reset
from intercom_iac.sandbox.search import kept_searches, pages
from intercom_iac.sandbox.search.members import find_everyone
from intercom_iac.sandbox.search.search_index import SearchIndex
from intercom_iac.sandbox.storage import changes

DAY = 86_400
NUMBERS = st.integers(0, 5)
PLANS = st.sampled_from(["free", "pro", None])

STEPS = st.one_of(
    st.tuples(st.just("create"), NUMBERS, PLANS),
    st.tuples(st.just("put"), NUMBERS, PLANS),
    st.tuples(st.sampled_from(["archive", "unarchive", "delete", "tag", "untag"]), NUMBERS),
    st.tuples(st.just("wait"), st.sampled_from([1, 4, 11, DAY])),
    st.tuples(st.just("search")),
)

QUERIES = {
    "numbers": (
        {"field": "external_id", "operator": "IN", "value": ["0", "2", "4"]},
        lambda contact: contact["external_id"] in ("0", "2", "4"),
    ),
    "pro": (
        {"field": "custom_attributes.plan", "operator": "=", "value": "pro"},
        lambda contact: contact["custom_attributes"].get("plan") == "pro",
    ),
    "unknown": (
        {"field": "custom_attributes.plan", "operator": "=", "value": None},
        lambda contact: contact["custom_attributes"].get("plan") is None,
    ),
    # One that SQL cannot decide.
    "starts": (
        {"field": "custom_attributes.plan", "operator": "^", "value": "P"},
        lambda contact: (contact["custom_attributes"].get("plan") or "").startswith("p"),
    ),
    "users": ({"field": "role", "operator": "=", "value": "user"}, lambda contact: contact["role"] == "user"),
}


class History:
    """What GET answered about each contact after each write, with the time of the write."""

    def __init__(self, client, clock):
        self._client, self._clock = client, clock
        self.ids, self._states = {}, {}

    def write(self, contact_id):
        answer = self._client.get(f"/contacts/{contact_id}")
        state = answer.body if answer.status == 200 else None
        self._states.setdefault(contact_id, []).append((self._clock.now, state))

    def forget(self, contact_id):
        del self._states[contact_id]

    def seen(self, lag):
        """The contacts as a search sees them: each as it was before the first write that is still too new."""
        for states in self._states.values():
            state = None
            for moment, following in states:
                if lag and moment >= self._clock.now - lag:
                    break
                state = following
            if state is not None:
                yield state


def search_all(client, query, size=2, **sort):
    """Every page: who was found, and the total of the first."""
    found, pagination, total = [], {"per_page": size}, None
    while True:
        page = client.create("/contacts/search", {"query": query, "pagination": pagination, **sort})
        found += page["data"]
        total = page["total_count"] if total is None else total
        if "next" not in page["pages"]:
            return found, total
        pagination["starting_after"] = page["pages"]["next"]["starting_after"]


def take(client, clock, history, step):
    """Does one step; one that does not apply, such as archiving somebody who is not there, does nothing."""
    kind, *rest = step
    if kind == "wait":
        clock.now += rest[0]
        return
    number = rest[0]
    contact_id = history.ids.get(number, "none")
    if kind == "create":
        body = {"external_id": str(number), "custom_attributes": {"plan": rest[1]}}
        answer = client.post("/contacts", body)
        if answer.status == 200:
            contact_id = history.ids[number] = answer.body["id"]
    elif kind == "put":
        answer = client.put(f"/contacts/{contact_id}", {"custom_attributes": {"plan": rest[1]}})
    elif kind == "delete":
        answer = client.delete(f"/contacts/{contact_id}")
    elif kind == "tag":
        answer = client.post(f"/contacts/{contact_id}/tags", {"id": "1"})
    elif kind == "untag":
        answer = client.delete(f"/contacts/{contact_id}/tags/1")
    else:
        answer = client.post(f"/contacts/{contact_id}/{kind}")
    if answer.status != 200:
        return
    if kind == "delete":
        history.forget(contact_id)
        del history.ids[number]
    else:
        history.write(contact_id)


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("lag", [0, 10])
@settings(max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=8, max_size=30))
def test_a_search_made_again_finds_what_a_first_one_does(
    tmp_path_factory, client_of, monkeypatch, lag, few, steps
):
    """In the order asked for, as each contact was when the index last took it up, whether few or many are found."""
    monkeypatch.setattr(pages, "LARGEST_FEW", few)
    monkeypatch.setattr(pages, "MOST_VISITED", 3)
    clock = Moment()
    path = tmp_path_factory.mktemp("kept") / "a.db"
    switches = Switches(search_lag=lag)
    with Sandbox(path, clock=clock, switches=switches) as sandbox:
        client = client_of(sandbox)
        client.attribute("plan")
        client.post("/tags", {"name": "vip"})
        history = History(client, clock)
        for step in [*steps, ("search",)]:
            if step != ("search",):
                take(client, clock, history, step)
                continue
            with Sandbox(path, clock=clock, switches=switches) as other:
                for query, test in QUERIES.values():
                    found, total = search_all(client, query)
                    assert (found, total) == search_all(client_of(other), query)
                    assert total == len(found)
                    seen = [contact for contact in history.seen(lag) if test(contact)]
                    seen.sort(key=lambda contact: (contact["created_at"], contact["id"]))
                    assert [without_links(contact) for contact in found] == [
                        without_links(contact) for contact in seen
                    ]
                    for sort in SORTS:
                        found, _ = search_all(client, query, sort=sort)
                        assert [contact["id"] for contact in found] == plainly_sorted(seen, sort)
                tagged = {"field": "tag_id", "operator": "=", "value": "1"}
                assert search_all(client, tagged) == search_all(client_of(other), tagged)
                # Members of the predefined ones come and go with time alone.
                counted = client.get("/segments", include_count="true").body
                assert counted == client_of(other).get("/segments", include_count="true").body


SORTS = [
    {"field": field, "order": order}
    for field in ("custom_attributes.plan", "updated_at")
    for order in ("ascending", "descending")
]


def plainly_sorted(contacts, sort):
    """Their ids by the field and then by the id; those without a value come last, by the id."""
    name = sort["field"].removeprefix("custom_attributes.")
    values = {contact["id"]: (contact | contact["custom_attributes"]).get(name) for contact in contacts}
    known = sorted((value, contact) for contact, value in values.items() if value is not None)
    if sort["order"] == "descending":
        known.reverse()
    return [contact for _, contact in known] + sorted(c for c, value in values.items() if value is None)


def without_links(contact):
    """Tags do not lag."""
    return {key: value for key, value in contact.items() if key != "tags"}


class Moment:
    def __init__(self):
        self.now = 1_790_000_000

    def __call__(self):
        return self.now


@pytest.fixture
def searches(monkeypatch):
    """The questions for which everybody was looked at, in order."""
    asked = []
    get = kept_searches.KeptSearches.get

    def watched(self, question, index, search, update):
        # That of the values of contacts is about no query.
        return get(self, question, index, lambda: (question and asked.append(question)) or search(), update)

    monkeypatch.setattr(kept_searches.KeptSearches, "get", watched)
    return asked


PRO = QUERIES["pro"][0]
STARTS = QUERIES["starts"][0]


@pytest.mark.parametrize("query", [PRO, STARTS], ids=["SQL", "Python"])
@pytest.mark.parametrize("in_memory", [True, False])
def test_after_a_write_only_who_changed_is_looked_at(tmp_path, clock, client_of, searches, query, in_memory):
    with Sandbox(None if in_memory else tmp_path / "a.db", clock=clock) as sandbox:
        client = client_of(sandbox)
        client.attribute("plan")
        people = [client.person(str(number), plan="pro") for number in range(4)]
        assert search_all(client, query)[1] == 4
        first = len(searches)
        for number, person in enumerate(people):
            client.put(f"/contacts/{person['id']}", {"custom_attributes": {"plan": "free"}})
            client.post("/events", {"event_name": "e", "created_at": clock.now, "id": person["id"]})
            assert search_all(client, query)[1] == 3 - number
        assert (
            client.post("/contacts/search", {"query": {"field": "no", "operator": "=", "value": 1}}).status
            == 400
        )
        assert client.get("/contacts/none").status == 404
        assert search_all(client, query) == ([], 0)
        assert len(searches) == first


def test_another_process_writes(tmp_path, clock, client_of, searches):
    with Sandbox(tmp_path / "a.db", clock=clock) as one, Sandbox(tmp_path / "a.db", clock=clock) as other:
        client_of(one).attribute("plan")
        assert search_all(client_of(one), PRO)[1] == 0
        client_of(other).person("a", plan="pro")
        assert search_all(client_of(one), PRO)[1] == 1
        assert len(searches) == 1


def test_what_a_failed_transaction_wrote_is_not_kept(client, sandbox):
    """In memory searches and writes share a connection, and the numbers of changes are given again."""
    person = client.person("a")
    with pytest.raises(ZeroDivisionError), sandbox.store(writes=True) as store:
        store.run("update contacts set archived = 1")
        assert find_everyone(store, SearchIndex(store)) == set()
        raise ZeroDivisionError
    client.put(f"/contacts/{person['id']}", {"name": "A"})
    with sandbox.store(writes=False) as store:
        assert find_everyone(store, SearchIndex(store)) == {1}


def test_the_time_zone_and_attributes_matter_to_every_search(client, sandbox, clock, searches):
    client.attribute("since", "date")
    client.person("a", since=clock.now - clock.now % DAY + 2 * 3600)
    query = {"field": "custom_attributes.since", "operator": "=", "value": clock.now}
    assert search_all(client, query)[1] == 0  # two in the morning in UTC: the day before in New York
    sandbox.timezone = "UTC"
    assert search_all(client, query)[1] == 1
    reset(sandbox)
    client.attribute("since", "date")
    assert search_all(client, query) == ([], 0)


def test_more_changes_than_are_logged(client, sandbox, monkeypatch, searches):
    client.attribute("plan")
    client.person("a", plan="pro")
    assert search_all(client, PRO)[1] == 1
    with sandbox.store(writes=True) as store:
        store.run_many("insert into contact_changes (contact) values (?)", [(1,)] * 12_000)
        assert store.number("select count(*) from contact_changes") <= 11_000
        assert changes.changed_contacts(store, 1) is None
        assert changes.changed_contacts(store, changes.last_change(store) - 5) == {1}
    assert search_all(client, PRO)[1] == 1
    assert len(searches) == 2


def test_more_changed_contacts_than_a_result_is_worth(client, monkeypatch, searches):
    monkeypatch.setattr(kept_searches, "LARGEST_UPDATE", 2)
    client.attribute("plan")
    for number in range(9):
        client.person(str(number), plan="pro")
        if number in (0, 2, 5):
            assert search_all(client, PRO)[1] == number + 1
    assert len(searches) == 2


def test_only_so_many_results_are_kept(client, monkeypatch, searches):
    monkeypatch.setattr(kept_searches, "LARGEST_NUMBER", 2)
    client.attribute("plan")
    queries = [PRO | {"value": value} for value in "abc"]
    for query in (*queries, queries[2], queries[1], queries[0]):
        search_all(client, query)
    assert len(searches) == 4
    monkeypatch.setattr(kept_searches, "LARGEST_SIZE", 1)
    for number in range(2):
        client.person(str(number), plan="b")
    assert search_all(client, queries[1])[1] == 2


def test_a_segment_with_a_query_is_asked_of_one_contact(client, sandbox):
    client.attribute("plan")
    contact = client.person("a", plan="pro")
    client.person("b", plan="free")
    for name, query in (("Pro", PRO), ("P", STARTS)):
        add_segment(sandbox, name, query=query)
    listed = client.get(f"/contacts/{contact['id']}/segments").body["data"]
    assert [segment["name"] for segment in listed] == ["New", "Pro", "P"]
    inside = {"field": "segment_id", "operator": "=", "value": listed[1]["id"]}
    add_segment(sandbox, "Within", query=inside)
    assert client.get(f"/contacts/{contact['id']}/segments").body["data"][-1]["name"] == "Within"
