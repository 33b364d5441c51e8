"""The workspace as a whole: who may call, what is no call, the file, threads and processes."""

import json
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import intercom_iac.sandbox
from intercom_iac.sandbox import (
    Request,
    Sandbox,
    SandboxBusyError,
    SandboxDiskError,
    SandboxFileError,
    add_segment,
    reset,
    seed,
)
from intercom_iac.sandbox.storage import opening

TODAY = date(2026, 9, 21)


def test_me_tells_which_workspace_this_is(client, sandbox, clock):
    body = client.get("/me").body
    assert (body["type"], body["app"]["type"]) == ("admin", "app")
    assert re.fullmatch("sandbox_[0-9a-f]{8}", body["app"]["id_code"])
    assert body["app"]["id_code"] == sandbox.app_id
    assert (body["app"]["timezone"], body["app"]["region"]) == ("America/New_York", "US")
    assert body["app"]["created_at"] == clock.now


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": ""}, {"authorization": "Bearer "}, {"authorization": "Basic x"}]
)
@pytest.mark.parametrize("path", ["/me", "/no/such/path"])
def test_a_call_without_a_token_is_unauthorized(sandbox, path, headers):
    response = sandbox.handle(Request("GET", path, headers=headers))
    body = json.loads(response.body)
    assert response.status == 401
    assert body["errors"] == [{"code": "unauthorized", "message": "Access Token Invalid"}]
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", body["request_id"])


@pytest.mark.parametrize("headers", [{}, {"intercom-version": "2.14"}, {"intercom-version": "2.16"}])
@pytest.mark.parametrize("path", ["/me", "/me/"])
def test_any_token_version_and_final_slash_will_do(sandbox, path, headers):
    response = sandbox.handle(Request("GET", path, headers={"authorization": "bearer x"} | headers))
    assert response.status == 200
    assert response.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nope"),
        ("GET", "/"),
        ("DELETE", "/me"),
        ("GET", "/contacts/1/2/3"),
        ("DELETE", "/data_attributes/1"),
    ],
)
def test_what_is_no_call(client, method, path):
    assert client.call(method, path).error == (
        404,
        "not_found",
        "The requested resource does not exist; check your path and try again",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nope",
        b"\xff\xfe",
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_that_is_not_json(sandbox, body):
    response = sandbox.handle(Request("POST", "/contacts", headers={"authorization": "Bearer x"}, body=body))
    assert response.status == 400
    assert json.loads(response.body)["errors"] == [
        {"code": "bad_request", "message": "The request body is not valid JSON"}
    ]


@pytest.mark.parametrize("body", [[1], "x", 5])
def test_a_body_is_an_object(client, body):
    assert client.post("/contacts", body).error == (
        400,
        "bad_request",
        "The request body is not a JSON object",
    )


def test_text_that_is_no_unicode_is_refused_and_nothing_is_stored(client):
    client.attribute("x")
    for body in ({"external_id": "\ud800"}, {"external_id": "1", "custom_attributes": {"x": "\ud800"}}):
        assert client.post("/contacts", body).error[:2] == (400, "bad_request")
    assert client.get("/contacts").body["total_count"] == 0


def test_an_error_inside_shows_nothing_of_the_inside(tmp_path):
    path = tmp_path / "sandbox.db"
    with Sandbox(path) as sandbox:
        with sqlite3.connect(path) as other:
            other.execute("drop table tags")
        other.close()
        response = sandbox.handle(Request("GET", "/tags", headers={"authorization": "Bearer x"}))
    assert response.status == 500
    assert json.loads(response.body)["errors"] == [
        {"code": "server_error", "message": "An internal error occurred"}
    ]


def test_a_workspace_outlives_its_process(tmp_path, client_of):
    path = tmp_path / "new" / "folder" / "sandbox.db"
    with Sandbox(path, timezone="Europe/Dublin", name="Acme") as sandbox:
        client = client_of(sandbox)
        client.attribute("plan", "options", "free", "pro")
        client.person("1", plan="pro")
        add_segment(sandbox, "mine")
        paths = ("/me", "/data_attributes", "/contacts", "/segments")
        before = [client.get(each).body for each in paths]
    with Sandbox(path, timezone="UTC", name="Other", app_id="other") as sandbox:
        assert [client_of(sandbox).get(each).body for each in paths] == before
        assert (sandbox.timezone, before[0]["app"]["name"]) == ("Europe/Dublin", "Acme")
        assert client_of(sandbox).attribute("next")["id"] == 2


def test_an_identity_can_be_chosen_on_creation(tmp_path):
    with Sandbox(tmp_path / "a.db", app_id="abc12345") as sandbox:
        assert sandbox.app_id == "abc12345"
    with Sandbox(None) as one, Sandbox(None) as other:
        assert one.app_id != other.app_id


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd", "/etc/passwd"])
def test_an_unknown_time_zone(tmp_path, sandbox, zone):
    with pytest.raises(ValueError, match="unknown time zone"):
        Sandbox(tmp_path / "a.db", timezone=zone)
    with pytest.raises(ValueError, match="unknown time zone"):
        sandbox.timezone = zone
    assert not (tmp_path / "a.db").exists()


def text_file(path: Path) -> None:
    path.write_text("version: 1\n" * 200)


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (x)")
    connection.close()


def later_format(path: Path) -> None:
    Sandbox(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text_file, "file is not a database"),
        (other_database, "it is the database of another program"),
        (later_format, "its format is 99, this release reads format 3"),
        (Path.mkdir, "it is a folder"),
    ],
)
def test_a_file_that_is_no_workspace_is_left_as_it_is(tmp_path, make, reason):
    path = tmp_path / "sandbox.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(SandboxFileError) as caught:
        Sandbox(path)
    assert (caught.value.path, caught.value.reason) == (path, reason)
    assert str(caught.value) == f"`{path}` cannot serve as a sandbox workspace: {reason}"
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SandboxFileError) as caught:
        Sandbox(tmp_path / "file" / "sandbox.db")
    assert caught.value.reason == "a file stands where its folder would be"


def test_an_error_may_quote_text_that_is_no_unicode(client):
    query = {"field": "\ud800", "operator": "=", "value": 1}
    answer = client.post("/contacts/search", {"query": query})
    assert answer.error == (400, "invalid_field", "? is not a valid search field")


def test_whatever_goes_wrong_inside_is_an_answer_and_a_log_entry(clock, client, caplog):
    clock.now = 10**30
    assert client.post("/contacts", {"external_id": "1"}).error == (
        500,
        "server_error",
        "An internal error occurred",
    )
    assert "POST /contacts failed inside the embedded workspace" in caplog.text


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """A workspace file another connection is writing to, for longer than anyone waits."""
    monkeypatch.setattr("intercom_iac.sandbox.storage.opening.BUSY_SECONDS", 0.05)
    path = tmp_path / "a.db"
    Sandbox(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield path


def test_a_file_another_process_writes_to_answers_503_to_writes_alone(locked, client_of):
    with Sandbox(locked) as sandbox:
        client = client_of(sandbox)
        assert client.post("/contacts", {"external_id": "1"}).error == (
            503,
            "service_unavailable",
            "Another process is writing to the workspace; try again later",
        )
        assert client.get("/contacts").body["total_count"] == 0


@pytest.mark.parametrize(
    "act", [reset, lambda sandbox: add_segment(sandbox, "x"), lambda sandbox: seed(sandbox, today=TODAY)]
)
def test_a_persons_act_on_a_file_another_process_writes_to(locked, act):
    with Sandbox(locked) as sandbox, pytest.raises(SandboxBusyError) as caught:
        act(sandbox)
    assert (caught.value.path, caught.value.reason) == (locked, "another process is writing to it")


@pytest.fixture
def full(tmp_path, monkeypatch):
    """A workspace whose file SQLite may not let grow."""
    path = tmp_path / "a.db"
    Sandbox(path).close()
    real = opening._connect

    def connect(target):
        connection = real(target)
        connection.execute("pragma max_page_count = 1")  # that is, as many as there are
        return connection

    monkeypatch.setattr(opening, "_connect", connect)
    return path


def test_a_full_disk_answers_507_and_undoes_the_call_alone(full, client_of):
    with Sandbox(full) as sandbox:
        client = client_of(sandbox)
        made = 0
        while (
            answer := client.post("/contacts", {"external_id": f"{made}", "name": "x" * 200})
        ).status == 200:
            made += 1
        assert answer.error == (
            507,
            "server_error",
            "The workspace cannot be stored: database or disk is full",
        )
        assert client.get("/contacts").body["total_count"] == made
        assert client.post("/tags", {"name": "x" * 200}).status in (200, 507)


def test_a_persons_act_on_a_full_disk(full):
    with Sandbox(full) as sandbox:
        with pytest.raises(SandboxDiskError) as caught:
            seed(sandbox, people=200, today=TODAY)
        assert (caught.value.path, caught.value.reason) == (full, "database or disk is full")
        reset(sandbox)


def test_a_file_another_process_is_creating(tmp_path, monkeypatch):
    monkeypatch.setattr("intercom_iac.sandbox.storage.opening.BUSY_SECONDS", 0.05)
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(SandboxBusyError):
            Sandbox(path)


def test_an_empty_file_becomes_a_workspace(tmp_path, client_of):
    path = tmp_path / "sandbox.db"
    path.touch()
    with Sandbox(path) as sandbox:
        assert client_of(sandbox).get("/me").status == 200


@pytest.mark.parametrize("in_memory", [True, False])
def test_threads_may_call_at_once(tmp_path, client_of, in_memory):
    with Sandbox(None if in_memory else tmp_path / "a.db") as sandbox:
        client = client_of(sandbox)
        client.attribute("n", "integer")
        answers = []

        def work(thread: int) -> None:
            for number in range(20):
                answers.append(
                    client.post(
                        "/contacts", {"external_id": f"{thread}-{number}", "custom_attributes": {"n": 1}}
                    )
                )
                answers.append(
                    client.post(
                        "/data_attributes", {"name": "same", "model": "contact", "data_type": "string"}
                    )
                )
                answers.append(client.get("/contacts"))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = [answer.status for answer in answers]
        assert len(statuses) == 360
        assert (statuses.count(200), statuses.count(400)) == (241, 119)
        assert client.get("/contacts").body["total_count"] == 120


def count(client) -> int:
    query = {"field": "role", "operator": "=", "value": "user"}
    return client.made("/contacts/search", {"query": query})["total_count"]


def test_two_open_handles_see_each_others_writes(tmp_path, client_of):
    path = tmp_path / "a.db"
    with Sandbox(path) as one, Sandbox(path) as other:
        assert one.app_id == other.app_id
        contact = client_of(one).person("1")
        assert client_of(other).get(f"/contacts/{contact['id']}").body == contact
        for handle in (one, other):
            assert count(client_of(handle)) == 1
        client_of(other).delete(f"/contacts/{contact['id']}")
        for handle in (one, other):
            assert count(client_of(handle)) == 0
        assert client_of(one).get(f"/contacts/{contact['id']}").status == 404


RACER = """
import json, pathlib, sys
from intercom_iac.sandbox import Request, Sandbox
path, name = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
with Sandbox(pathlib.Path(path)) as sandbox:
    for number in range(25):
        body = json.dumps({"external_id": f"{name}-{number}"}).encode()
        response = sandbox.handle(Request("POST", "/contacts", {}, {"authorization": "Bearer x"}, body))
        assert response.status == 200, response
    print(sandbox.app_id)
"""


def test_processes_may_meet_at_a_new_file(tmp_path, client_of):
    path = tmp_path / "a.db"
    root = Path(__file__).parents[3]
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(path), str(number)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    answers = []
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        out, err = racer.communicate(timeout=60)
        assert racer.returncode == 0, err
        answers.append(out.strip())
    assert len(set(answers)) == 1
    with Sandbox(path) as sandbox:
        assert sandbox.app_id == answers[0]
        assert client_of(sandbox).get("/contacts").body["total_count"] == 100


def test_no_statement_numbers_its_values():
    """Python 3.12.0 to 3.12.3 warn of `?1` beside a sequence, and where warnings are errors the call fails."""
    folder = Path(intercom_iac.sandbox.__file__).parent
    numbered = [path.name for path in folder.rglob("*.py") if re.search(r"= *\?\d", path.read_text())]
    assert numbered == []


@pytest.mark.parametrize(("path", "status"), [("/tags", 200), ("/tags/9", 404), ("/nowhere", 404)])
def test_every_answer_in_process_tells_the_usual_limit(sandbox, clock, path, status):
    """Past it as well: it is told, and nothing is refused."""
    clock.now = 1_790_000_000
    headers = {"authorization": "Bearer x", "intercom-version": "2.16"}
    answers = [sandbox.handle(Request("GET", path, headers=headers)) for _ in range(1668)]
    assert {answer.status for answer in answers} == {status}
    told = [
        [answer.headers[f"x-ratelimit-{name}"] for name in ("limit", "remaining", "reset")]
        for answer in answers
    ]
    assert told[0] == ["1667", "1666", "1790000010"]
    assert told[-2:] == [["1667", "0", "1790000010"]] * 2
    assert "x-ratelimit-limit" not in sandbox.handle(Request("GET", path)).headers
