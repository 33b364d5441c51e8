"""What the database is asked for in a search: the same as the query means, by an index, a page at a time."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.sandbox import Request, Sandbox, Switches, seed
from intercom_iac.sandbox.resources.contacts import search
from intercom_iac.sandbox.search.fields import SEARCH_FIELDS
from intercom_iac.sandbox.search.members import Members, find_members
from intercom_iac.sandbox.search.pages import ContactTable, Position
from intercom_iac.sandbox.search.query import OPERATORS, compile_query
from intercom_iac.sandbox.search.records import read_contacts
from intercom_iac.sandbox.search.search_index import SearchIndex
from intercom_iac.sandbox.search.segment_members import search_fields
from intercom_iac.sandbox.search.sql import Sql, sql_condition, sql_field

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


@settings(max_examples=400, deadline=None)
@given(query=QUERIES, switches=SWITCHES)
def test_the_database_finds_whom_the_query_means(seeded_sandbox, query, switches):
    with seeded_sandbox.store(writes=False) as store:
        fields = search_fields(store, NOW, switches)
        test = compile_query(query, fields)
        index = SearchIndex(store)
        meant = {contact["seq"] for contact in read_contacts(store, index) if test(contact)}
        where = sql_condition(query, fields)
        found = index.members(where)
    assert meant == found if where.exact else meant <= found


@settings(max_examples=100, deadline=None)
@given(
    field=st.sampled_from(sorted(FIELDS)), descending=st.booleans(), size=st.integers(1, 9), few=st.booleans()
)
def test_pages_of_the_file_are_those_of_memory(seeded_sandbox, field, descending, size, few):
    """Whatever the field: in its order, every contact once, those without a value last."""
    if FIELDS[field] in ("tag", "segment"):
        return
    order = sql_field(field)
    if order is None:
        return
    with seeded_sandbox.store(writes=False) as store:
        index = SearchIndex(store)
        contacts = read_contacts(store, index)
        known = sorted(((c[field], c["id"]) for c in contacts if field in c), reverse=descending)
        unknown = sorted(c["id"] for c in contacts if field not in c)
        members = Members(len(contacts), index.members(Sql("1")) if few else None)
        pages = ContactTable(index, Sql("1"), members, order, FIELDS[field], descending=descending)
        found, key = [], None
        while page := pages.after(key, size):
            found += page
            key = page[-1]
    assert [item.contact_id for item in found] == [contact_id for _, contact_id in known] + unknown


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
        ({"field": "role", "operator": "=", "value": "lead"}, "contacts_by_role"),
        ({"field": "tag_id", "operator": "=", "value": "1"}, "contact_tags_by_tag"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whom_a_search_finds_is_read_from_an_index(seeded_sandbox, query, index):
    """No step goes through all contacts."""
    with seeded_sandbox.store(writes=False) as store:
        where = sql_condition(query, search_fields(store, NOW, Switches()))
        sql = f"select count(*) from contacts where not archived and {where.text}"
        found = count_steps(store, sql, where.values)
    assert any(index in step for step in found), found
    assert not any(step.startswith("SCAN contacts") for step in found), found


MANY = Members(1_000_000, None)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", ["created_at", "updated_at", "last_seen_at"])
def test_a_late_page_is_read_from_where_it_begins(seeded_sandbox, field, descending):
    """By an index in the order asked for: nothing is sorted, and nothing that lies before is looked at."""
    order = sql_field(field)
    assert order is not None
    with seeded_sandbox.store(writes=False) as store:
        pages = ContactTable(SearchIndex(store), Sql("1"), MANY, order, FIELDS[field], descending=descending)
        (statement,) = pages.statements(Position("x", "y"), 50)
        found = count_steps(store, *statement)
    (step,) = found
    assert step.startswith(f"SEARCH contacts USING INDEX contacts_by_{field} "), step


@pytest.mark.parametrize("few", [False, True])
def test_many_matches_are_read_in_order_and_few_are_sorted(seeded_sandbox, few):
    query = {"field": "role", "operator": "=", "value": "user"}
    order = sql_field("last_seen_at")
    assert order is not None
    with seeded_sandbox.store(writes=False) as store:
        where = sql_condition(query, search_fields(store, NOW, Switches()))
        members = Members(3, {1, 2, 3}) if few else MANY
        pages = ContactTable(SearchIndex(store), where, members, order, "date", descending=True)
        (statement,) = pages.statements(None, 5)
        found = count_steps(store, *statement)
    assert ("INTEGER PRIMARY KEY" if few else "contacts_by_last_seen_at") in found[0]
    assert any("TEMP B-TREE" in step for step in found) == few


def test_no_page_visits_more_rows_than_it_shows():
    """Counted by a function in the query: the last page of many costs what the first one does."""
    with Sandbox(None, clock=lambda: NOW) as sandbox:
        seed(sandbox, today=date(2026, 9, 21), people=3000)
        with sandbox.store(writes=False) as store:
            visited = []
            store._connection.create_function("visit", 1, lambda seq: visited.append(seq) or 1)
            index, where = SearchIndex(store), Sql("visit(seq)")
            members = find_members(store, index, where)
            assert members.total == 3000
            pages = ContactTable(index, where, members, Sql("created_at"), "date", descending=False)
            visited.clear()
            key, costs = None, []
            while page := pages.after(key, 100):
                costs.append(len(visited))
                visited.clear()
                key = page[-1]
    assert len(costs) == 30
    assert max(costs) <= 101


def test_a_search_no_index_knows_is_made_once_for_all_its_pages(monkeypatch, client):
    for number in range(9):
        client.person(f"x{number}")
    made = []
    monkeypatch.setattr(search, "read_contacts", lambda *args: made.append(1) or read_contacts(*args))
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
