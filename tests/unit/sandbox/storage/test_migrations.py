"""A workspace file of an earlier format is brought up to the newest and keeps what it holds."""

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intercom_iac.sandbox import Sandbox, SandboxFileError, add_segment
from intercom_iac.sandbox.storage.migrations import MIGRATIONS, NEWEST_FORMAT
from intercom_iac.sandbox.storage.opening import APPLICATION_ID
from intercom_iac.sandbox.storage.tables import TABLES


def write_first_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES)
        connection.execute(
            "insert into meta values ('app_id', 'old'), ('timezone', 'UTC'), ('created_at', '5')"
        )
        connection.execute("insert into segments values (1, 'a', 'Kept', 'user', 1, 1)")
        connection.execute("insert into counters values ('segments', 1)")
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma user_version = 1")
        connection.commit()


ROWS = """
insert into meta values ('app_id', 'old'), ('timezone', 'UTC'), ('created_at', '5'), ('name', 'Old');
insert into counters values ('segments', 1), ('attributes', 2), ('contacts', 5), ('companies', 1), ('tags', 2);
insert into attributes values
    (1, 'contact', 'plan', 'string', null, null, 0, 0, 5, 5),
    (2, 'company', 'seats', 'integer', null, null, 0, 0, 5, 5);
insert into contacts values
    (1, 'a1', 'user', 'u1', 'A@x.example', 0, 10, 11, '{"last_seen_at":9,"custom_attributes.plan":"pro"}'),
    (2, 'a2', 'lead', null, 'l@x.example', 0, 20, 21, '{}'), (3, 'a3', 'lead', null, null, 0, 30, 31, '{}'),
    (4, 'a4', 'user', 'u4', 'd@x.example', 1, 40, 41, '{}'), (5, 'a5', 'lead', 'own', null, 0, 50, 51, '{}');
insert into companies values (1, 'c1', 'acme', 'Acme', 5, 5, null, '{"custom_attributes.seats":3}');
insert into memberships values (1, 1);
insert into tags values (1, 'vip', 'vip'), (2, 'Beta', 'beta');
insert into contact_tags values (1, 1, 7), (1, 2, 6);
insert into segments (seq, id, name, person_type, created_at, updated_at) values (1, 's1', 'Kept', 'user', 1, 1);
insert into event_names values ('did', 'Did', '["k"]');
insert into events values (1, 'did', 1700000000, '{"k":1}');
"""
# Of the tables as the releases made them that wrote these formats.
SCHEMAS = {1: "c7423a629db274e2", 2: "86c59b24174c0e16", 3: "c797d5faaa9634ee", 4: "80d3fff2368350e9"}
# From the third format on every lead has an external id.
LEAD_IDS = {
    "(2, 'a2', 'lead', null": "(2, 'a2', 'lead', '0a1b2c3d-1111-2222-3333-444455556666'",
    "(3, 'a3', 'lead', null": "(3, 'a3', 'lead', '0a1b2c3d-1111-2222-3333-444455556677'",
}


def write_format(path: Path, number: int) -> None:
    """A file as a release of that format left it, with something in each table of the first."""
    rows = ROWS
    for without, with_id in LEAD_IDS.items() if number >= 3 else ():
        rows = rows.replace(without, with_id)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES + "".join(MIGRATIONS[added] for added in range(2, number + 1)) + rows)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute(f"pragma user_version = {number}")
        connection.commit()
    schema = "".join(sorted(str(sql) for _, sql in read_tables(path) if sql))
    assert hashlib.sha256(schema.encode()).hexdigest()[:16] == SCHEMAS[number]


def read_tables(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("select name, sql from sqlite_schema"))


def test_an_old_file_comes_out_like_a_new_one(tmp_path, client_of):
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    write_first_format(old)
    Sandbox(new).close()
    for _ in range(2):
        with Sandbox(old) as sandbox:
            client = client_of(sandbox)
            assert client.get("/me").body["app"]["id_code"] == "old"
            assert client.get("/segments").body["segments"][0]["name"] == "Kept"
    with Sandbox(old) as sandbox:
        add_segment(sandbox, "Users", query={"field": "role", "operator": "=", "value": "user"})
    assert read_tables(old) == read_tables(new)


def test_a_file_is_brought_up_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "old.db"
    write_first_format(path)
    before = read_tables(path)
    monkeypatch.setitem(MIGRATIONS, NEWEST_FORMAT, MIGRATIONS[NEWEST_FORMAT] + "create table meta (x)")
    with pytest.raises(SandboxFileError, match="already exists"):
        Sandbox(path)
    assert read_tables(path) == before


def test_a_file_without_a_format_is_refused(tmp_path):
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("create table x (y)")
        connection.commit()
    with pytest.raises(SandboxFileError, match="its format is 0"):
        Sandbox(path)


@pytest.mark.parametrize("number", SCHEMAS)
def test_what_an_old_file_holds_is_answered_as_a_new_one_s(tmp_path, client_of, number):
    path = tmp_path / "old.db"
    write_format(path, number)
    leads = set()
    for _ in range(2):
        with Sandbox(path) as sandbox:
            client = client_of(sandbox)
            page = client.get("/contacts").body
            assert [contact["id"] for contact in page["data"]] == ["a1", "a2", "a3", "a5"]
            ann, *others = page["data"]
            assert (ann["email"], ann["custom_attributes"]) == ("A@x.example", {"plan": "pro"})
            assert [link["id"] for link in ann["companies"]["data"]] == ["c1"]
            tags = client.get("/contacts/a1/tags").body["data"]
            assert [tag["name"] for tag in tags] == ["Beta", "vip"]
            # A lead without an external id is given one, once.
            leads.add(tuple(lead["external_id"] for lead in others))
            summary = client.get("/events", type="user", user_id="u1", summary="true").body
            assert [(event["name"], event["count"]) for event in summary["events"]] == [("Did", 1)]
            for field, value, found in (
                ("email", "A@x.example", ["a1"]),
                ("role", "lead", ["a2", "a3", "a5"]),
                ("tag_id", "1", ["a1"]),
                ("custom_attributes.plan", "pro", ["a1"]),
            ):
                query = {"field": field, "operator": "=", "value": value}
                answer = client.post("/contacts/search", {"query": query}).body
                assert [contact["id"] for contact in answer["data"]] == found
            assert client.post("/contacts", {"external_id": "u4"}).status == 409
            assert client.get("/companies/c1").body["custom_attributes"] == {"seats": 3}
    ((first, second, third),) = leads
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first)
    assert first != second
    assert third == "own"
    with Sandbox(path) as sandbox:
        client = client_of(sandbox)
        # What the earlier format had no room for: another of an archived one's external id, a deletion remembered.
        assert client.put("/contacts/a1", {"external_id": "u4"}).status == 200
        assert client.delete("/contacts/a1").status == 200
        assert client.post("/contacts", {"email": "a@x.example"}).status == 409
        assert client.post("/companies", {"company_id": "b"}).body["custom_attributes"] == {
            "creation_source": "api"
        }
