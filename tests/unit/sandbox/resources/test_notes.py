"""Notes on contacts and companies, and the one teammate who writes them."""

import pytest


@pytest.fixture(params=["contact", "company"])
def owner(request, client):
    """What a note is on: its kind, its path, its id."""
    if request.param == "contact":
        made = client.create("/contacts", {"external_id": "1"})
        return "contact", f"/contacts/{made['id']}", made["id"]
    made = client.create("/companies", {"company_id": "1"})
    return "company", f"/companies/{made['id']}", made["id"]


def test_a_note_is_written_and_read(client, owner, clock):
    kind, path, owner_id = owner
    note = client.create(f"{path}/notes", {"body": "Sales & co", "admin_id": 1})
    assert note["body"] == "<p>Sales &amp; co</p>"
    assert note[kind] == {"type": kind, "id": owner_id}
    assert (note["type"], note["created_at"], note["author"]["id"]) == ("note", clock.now, "1")
    assert client.create(f"{path}/notes", {"body": "<b>x</b>"})["body"] == "<b>x</b>"
    assert client.get(f"/notes/{note['id']}").body == note
    assert client.get("/notes/77").error == (404, "not_found", "Resource Not Found")


def test_notes_are_listed_latest_first_in_pages(client, owner):
    _, path, _ = owner
    notes = [client.create(f"{path}/notes", {"body": f"<p>{number}</p>"}) for number in range(5)][::-1]
    whole = client.get(f"{path}/notes").body
    pages = {"type": "pages", "next": None, "page": 1, "per_page": 50, "total_pages": 1}
    assert whole == {"type": "list", "data": notes, "total_count": 5, "pages": pages}
    first = client.get(f"{path}/notes", per_page="3").body
    assert first["data"] == notes[:3]
    following = {key: str(value) for key, value in first["pages"]["next"].items()}
    assert client.get(f"{path}/notes", **following).body["data"] == notes[3:]
    assert client.get(f"{path}/notes", page="9").body["data"] == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, (400, "parameter_not_found", "body is required")),
        ({"body": 5}, (400, "parameter_invalid", "body must be a string")),
        ({"body": "x", "admin_id": "123"}, (404, "not_found", "Resource Not Found")),
    ],
)
def test_what_is_no_note(client, owner, body, error):
    _, path, _ = owner
    assert client.post(f"{path}/notes", body).error == error
    assert client.get(f"{path}/notes").body["data"] == []


def test_notes_go_with_what_they_are_on(client, owner):
    _, path, _ = owner
    note = client.create(f"{path}/notes", {"body": "x"})
    client.delete(path)
    assert client.get(f"/notes/{note['id']}").status == 404


def test_notes_of_no_one(client):
    nobody, nothing = (404, "not_found", "User Not Found"), (404, "company_not_found", "Company Not Found")
    for call in (client.get, lambda path: client.post(path, {"body": "x"})):
        assert call("/contacts/77/notes").error == nobody
        assert call("/companies/77/notes").error == nothing


def test_a_contact_shows_its_latest_notes(client):
    person = client.person("1")
    path = f"/contacts/{person['id']}"
    notes = [client.create(f"{path}/notes", {"body": "x"})["id"] for _ in range(12)][::-1]
    shown = client.get(path).body["notes"]
    assert [item["id"] for item in shown["data"]] == notes[:10]
    assert shown["data"][0] == {"type": "note", "id": notes[0], "url": f"/notes/{notes[0]}"}
    assert (shown["total_count"], shown["has_more"]) == (12, True)


def test_the_one_teammate(client):
    (admin,) = client.get("/admins").body["admins"]
    assert client.get(f"/admins/{admin['id']}").body == admin
    me = client.get("/me").body
    assert (admin["id"], admin["email"]) == (me["id"], me["email"])
    assert client.get("/admins/77").error == (404, "admin_not_found", "Admin not found")
