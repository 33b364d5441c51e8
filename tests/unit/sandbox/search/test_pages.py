"""What the database is asked for in a search: the same as the query means, by an index, a page at a time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.sandbox import Request, Sandbox, Switches
from intercom_iac.sandbox.search import kept_values as kept_values_module
from intercom_iac.sandbox.search import order, pages
from intercom_iac.sandbox.search.fields import SEARCH_FIELDS
from intercom_iac.sandbox.search.kept_values import KeptValues, kept_values
from intercom_iac.sandbox.search.members import find_members
from intercom_iac.sandbox.search.order import Order, Position, place_of
from intercom_iac.sandbox.search.pages import CreatedContacts, SelectedContacts
from intercom_iac.sandbox.search.query import OPERATORS, compile_query, value_fields
from intercom_iac.sandbox.search.search_index import SearchIndex
from intercom_iac.sandbox.search.segment_members import search_fields
from intercom_iac.sandbox.search.sql import indexed_condition, sql_condition
from intercom_iac.sandbox.storage.columns import FLAGS

NOW = 1_790_000_000
ATTRIBUTES = {
    "plan": "string",
    "seats": "integer",
    "score": "float",
    "beta": "boolean",
    "since": "date",
    "a'b": "string",
}

TEXTS = ["", "free", "Pro", "ada@x.example", "ADA@x.example", "x.example", "user", "lead", "O'Neil", "É", "1"]
NUMBERS = [0, 1, -1, 5, 2**53 + 1, 2**63, -(2**70)]
DATES = [NOW, NOW - 86_400, NOW + 4_000, 0, -1]


@pytest.fixture(scope="module")
def seeded_sandbox():
    """A workspace with contacts that differ in all that can be set."""
    with Sandbox(None, clock=lambda: NOW) as sandbox:
        fill_workspace(sandbox)
        yield sandbox


def call(sandbox, method, path, body):
    request = Request(method, path, {}, {"authorization": "Bearer x"}, json.dumps(body).encode())
    answer = json.loads(sandbox.handle(request).body)
    assert "errors" not in answer, answer
    return answer


def fill_workspace(sandbox):
    for name, data_type in ATTRIBUTES.items():
        call(
            sandbox,
            "POST",
            "/data_attributes",
            {"name": name.replace("'", ""), "model": "contact", "data_type": data_type},
        )
    with sandbox.store(writes=True) as store:
        store.run("update attributes set name = ? where name = ?", "a'b", "ab")
    tag = call(sandbox, "POST", "/tags", {"name": "vip"})
    for number in range(24):
        custom = {
            "plan": TEXTS[1 + number % 2] if number % 3 else None,
            "seats": NUMBERS[number % len(NUMBERS)] if number % 4 else None,
            "score": [0.5, 1, -1.0, 5.0][number % 4] if number % 5 else None,
            "beta": number % 2 == 0 if number % 3 else None,
            "since": DATES[number % len(DATES)] if number % 2 else None,
            "a'b": "O'Neil" if number % 2 else None,
        }
        body = {"name": TEXTS[number % len(TEXTS)], "custom_attributes": custom} | (
            {"role": "lead", "email": f"l{number}@x.example"}
            if number % 6 == 5
            else {"external_id": str(number), "email": ["ada@x.example", "ADA@x.example", None][number % 3]}
        )
        if number % 4 == 1:
            body |= {
                "unsubscribed_from_emails": number % 8 == 1,
                "last_seen_at": DATES[number % 3],
                "phone": "1",
            }
        contact = call(sandbox, "POST", "/contacts", body)
        if number % 7 == 0:
            call(
                sandbox,
                "PUT",
                f"/contacts/{contact['id']}",
                {"email": None, "custom_attributes": {"plan": None}},
            )
        if number % 5 == 0:
            call(sandbox, "POST", f"/contacts/{contact['id']}/tags", tag)


FIELDS = {**SEARCH_FIELDS, **{f"custom_attributes.{name}": kind for name, kind in ATTRIBUTES.items()}}
VALUES = {
    "string": st.sampled_from(TEXTS),
    "boolean": st.booleans(),
    "integer": st.sampled_from(NUMBERS),
    "float": st.sampled_from(NUMBERS),
    "date": st.sampled_from([*DATES, str(NOW)]),
    "tag": st.sampled_from(["1", "01", "2", "x", 1, ""]),
    "segment": st.just("none"),
}


@st.composite
def filters(draw):
    name = draw(st.sampled_from(sorted(FIELDS)))
    operator = draw(st.sampled_from(sorted(OPERATORS[FIELDS[name]])))
    value = VALUES[FIELDS[name]]
    if operator in ("IN", "NIN"):
        value = st.lists(value, max_size=3)
    elif operator in ("=", "!=") and FIELDS[name] not in ("tag", "segment"):
        value |= st.none()
    return {"field": name, "operator": operator, "value": draw(value)}


def groups(members):
    return st.fixed_dictionaries(
        {"operator": st.sampled_from(["AND", "OR"]), "value": st.lists(members, min_size=1, max_size=3)}
    )


QUERIES = filters() | groups(filters()) | groups(groups(filters()))
SWITCHES = st.builds(Switches, email_search_folds_case=st.booleans())


def plain_contacts(store):
    """Every contact as a query sees it, from its whole row: the plain way that all else is held to."""
    contacts = []
    for row in store.all("select * from contacts where not archived"):
        values = {name: value for name, value in json.loads(row["fields"]).items() if value is not None}
        contact = {**dict.fromkeys(FLAGS, False), **values}
        contact |= {name: row[name] for name in ("seq", "id", "role", "created_at", "updated_at")}
        if row["external_id"] is not None:
            contact["external_id"] = row["external_id"]
        if row["email"]:
            contact |= {"email": row["email"], "email_domain": row["email"].rpartition("@")[2]}
        if "phone" in contact:
            contact["formatted_phone"] = contact["phone"]
        contacts.append(contact)
    return contacts


@settings(max_examples=400, deadline=None)
@given(query=QUERIES, switches=SWITCHES)
def test_a_search_finds_whom_the_query_means(seeded_sandbox, query, switches):
    """By the indexes of the file, by its other columns and by the values in memory."""
    with seeded_sandbox.store(writes=False) as store:
        fields = search_fields(store, NOW, switches)
        test = compile_query(query, fields)
        index = SearchIndex(store)
        meant = {contact["seq"] for contact in plain_contacts(store) if test(contact)}
        where = sql_condition(query, fields)
        found = index.members(where)
        narrowed = indexed_condition(query, fields)
        assert narrowed is None or meant <= index.members(narrowed)
        # The switches of a workspace do not change, and what is kept rests on them.
        store._lasting.pop("members", None)
        assert find_members(store, index, query, test, fields, NOW) == meant
        names = value_fields(query, fields)
        assert kept_values(store, index, names).matching(test, names) == meant
    assert meant == found if where.exact else meant <= found


@settings(max_examples=100, deadline=None)
@given(
    field=st.sampled_from(sorted(set(FIELDS) - {"tag_id", "segment_id"})),
    descending=st.booleans(),
    size=st.integers(1, 9),
    few=st.booleans(),
    data=st.data(),
)
def test_pages_are_those_of_a_plain_sort(seeded_sandbox, field, descending, size, few, data):
    """Whatever the field: in its order, every member once, those without a value last."""
    with seeded_sandbox.store(writes=False) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "LARGEST_FEW", 1000 if few else 0)
        # By the index, by the order that is kept, or first by the one and then by the other.
        patch.setattr(pages, "MOST_VISITED", data.draw(st.sampled_from([0, 3, 1000])))
        store._lasting.pop("values", None)
        everyone = plain_contacts(store)
        members = data.draw(st.sets(st.sampled_from([contact["seq"] for contact in everyone])))
        contacts = [contact for contact in everyone if contact["seq"] in members]
        known = sorted(((c[field], c["id"]) for c in contacts if field in c), reverse=descending)
        unknown = sorted(c["id"] for c in contacts if field not in c)
        selected = SelectedContacts(store, SearchIndex(store), members, field, descending=descending)
        found, key = [], None
        while page := selected.after(key, size):
            assert len(page) == min(size, len(members) - len(found))
            found += page
            key = page[-1]
    assert [item.contact_id for item in found] == [contact_id for _, contact_id in known] + unknown


PLACES = st.lists(
    st.tuples(st.sampled_from([None, "a", "b", "É", 0, 1, 1.0, True, 0.5, 2**70]), st.integers(0, 30)),
    unique_by=lambda pair: pair[1],
)


@settings(max_examples=100, deadline=None)
@given(before=PLACES, after=PLACES, at_once=st.sampled_from([0, 100]))
def test_an_order_that_is_kept_is_one_made_anew(before, after, at_once):
    """Numbers before texts, and what has no value last; one by one or many at once."""

    def places(pairs):
        return [place_of(value, f"id{seq % 7}{seq}", seq) for value, seq in pairs]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "_MANY", at_once)
        kept = Order(places(before))
        kept.replace(places(before[: len(before) // 2]), [])
        kept.replace(places(before[len(before) // 2 :]), places(after))
    for descending in (False, True):
        assert kept.after(None, 99, descending=descending) == Order(places(after)).after(
            None, 99, descending=descending
        )


def count_steps(store, sql, values):
    return [row["detail"] for row in store.all(f"explain query plan {sql}", *values)]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({"field": "email", "operator": "=", "value": "a@x.example"}, "contacts_by_email"),
        ({"field": "external_id", "operator": "=", "value": "1"}, "contact_external_ids"),
        ({"field": "id", "operator": "=", "value": "1"}, "sqlite_autoindex_contacts_1"),
        ({"field": "last_seen_at", "operator": ">", "value": NOW}, "contacts_by_last_seen_at"),
        ({"field": "updated_at", "operator": ">", "value": NOW}, "contacts_by_updated_at"),
        ({"field": "created_at", "operator": "=", "value": NOW}, "contacts_by_created_at"),
        ({"field": "tag_id", "operator": "=", "value": "1"}, "contact_tags_by_tag"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whom_a_search_finds_is_read_from_an_index(seeded_sandbox, query, index):
    """No step goes through all contacts."""
    with seeded_sandbox.store(writes=False) as store:
        where = indexed_condition(query, search_fields(store, NOW, Switches()))
        sql = f"select seq from contacts where not archived and {where.text}"
        found = count_steps(store, sql, where.values)
    assert any(index in step for step in found), found
    assert not any(step.startswith("SCAN contacts") for step in found), found


def test_a_late_page_of_everyone_is_read_from_where_it_begins(seeded_sandbox):
    """By an index in the order asked for: nothing is sorted, and nothing that lies before is looked at."""
    with seeded_sandbox.store(writes=False) as store:
        sql, values = CreatedContacts(store, set()).statement(Position(NOW, "y"), 50)
        (step,) = count_steps(store, sql, values)
    assert step.startswith("SEARCH contacts USING INDEX contacts_by_created_at "), step


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", list(pages.ORDER_INDEXES))
def test_a_late_page_of_a_search_is_read_from_where_it_begins(seeded_sandbox, field, descending):
    with seeded_sandbox.store(writes=False) as store:
        selected = SelectedContacts(store, SearchIndex(store), set(), field, descending=descending)
        sql, *values = selected.statement(pages.ORDER_INDEXES[field], Position(NOW, "y"))
        (step,) = count_steps(store, sql, values)
    assert step.startswith(f"SEARCH contacts USING INDEX contacts_by_{field} "), step


class Watched(set):
    """Counts who is asked about."""

    asked = 0

    def __contains__(self, item):
        self.asked += 1
        return super().__contains__(item)


@pytest.mark.parametrize("descending", [False, True])
def test_a_page_of_many_visits_about_those_that_it_shows(descending):
    """The last page costs what the first one does, whoever comes before it."""
    everyone = Order(place_of(seq, f"{seq}", seq) for seq in range(10_000))
    members = Watched(range(0, 10_000, 2))
    position, costs = None, []
    while page := everyone.after(position, 50, descending=descending, members=members):
        position = page[-1]
        costs.append(members.asked)
        members.asked = 0
    assert len(costs) == 100
    assert max(costs) <= 200


def test_a_search_no_index_knows_is_made_once_for_all_its_pages(monkeypatch, client):
    for number in range(9):
        client.person(f"x{number}")
    made = []
    matching = KeptValues.matching
    monkeypatch.setattr(KeptValues, "matching", lambda *args: made.append(1) or matching(*args))
    body = {"query": {"field": "external_id", "operator": "~", "value": "x"}, "pagination": {"per_page": 2}}
    seen = []
    while True:
        answer = client.create("/contacts/search", body)
        seen += [contact["id"] for contact in answer["data"]]
        if "next" not in answer["pages"]:
            break
        body["pagination"]["starting_after"] = answer["pages"]["next"]["starting_after"]
    assert (len(set(seen)), len(made)) == (9, 1)
    client.person("x9")
    assert client.create("/contacts/search", body | {"pagination": {}})["total_count"] == 10
    assert len(made) == 1


def test_only_so_many_values_are_kept(monkeypatch, seeded_sandbox):
    """Those of the fields that were asked for last; the file is read again for others."""
    monkeypatch.setattr(kept_values_module, "LARGEST_SIZE", 100)
    with seeded_sandbox.store(writes=False) as store:
        index = SearchIndex(store)
        for field in ("name", "phone", "role", "email", "name"):
            values = kept_values(store, index, (field,))
            known = [place for place in values.order(field).after(None, 99) if place.value is not None]
            assert len(known) == sum(field in contact for contact in plain_contacts(store))
            assert len(values) <= 100
        assert len(kept_values(store, index, ("name", "phone", "role", "email", "os"))) > 100


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", [None, "name", "custom_attributes.seats", "email_domain"])
def test_what_is_written_between_two_pages_hides_nobody(client, field, descending):
    """Whoever is there all the time comes once, whatever comes and goes meanwhile, many having equal values."""
    client.post("/data_attributes", {"name": "seats", "model": "contact", "data_type": "integer"})
    ids = []
    for number in range(24):
        body = {"external_id": str(number), "email": f"{number}@x.example", "name": "ab"[number % 2]}
        body |= {"custom_attributes": {"seats": number // 8}} if number % 3 else {}
        ids.append(client.post("/contacts", body).body["id"])
    query = {"query": {"field": "role", "operator": "=", "value": "user"}}
    if field is not None:
        query["sort"] = {"field": field, "order": "descending" if descending else "ascending"}
    seen, gone, position, number = [], set(), {}, 100
    while position is not None:
        page = client.post("/contacts/search", {**query, "pagination": {"per_page": 5, **position}}).body
        seen += [contact["id"] for contact in page["data"]]
        position = page["pages"].get("next")
        if position is not None:
            position = {"starting_after": position["starting_after"]}
        # The one that the next page is to begin after goes, and one that has not come yet.
        for leaving in {seen[-1], next((other for other in ids if other not in seen), seen[-1])}:
            client.delete(f"/contacts/{leaving}")
            gone.add(leaving)
        client.post("/contacts", {"external_id": str(number), "name": "a"})
        number += 1
    assert len(seen) == len(set(seen))
    assert set(ids) - gone <= set(seen)
