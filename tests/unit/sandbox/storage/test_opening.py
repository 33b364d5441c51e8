"""The workspace's file: created, refused, locked by another process, on a full disk, opened by several at once."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import intercom_iac.sandbox
from intercom_iac.sandbox import (
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


def test_a_workspace_outlives_its_process(tmp_path, client_of):
    path = tmp_path / "new" / "folder" / "sandbox.db"
    with Sandbox(path, timezone="Europe/Dublin", name="Acme") as sandbox:
        client = client_of(sandbox)
        client.attribute("plan", "options", "free", "pro")
        client.person("1", plan="pro")
        add_segment(sandbox, "mine")
        paths = ("/me", "/data_attributes", "/contacts", "/segments")
        before = [client.get(name).body for name in paths]
    with Sandbox(path, timezone="UTC", name="Other", app_id="other") as sandbox:
        assert [client_of(sandbox).get(name).body for name in paths] == before
        assert (sandbox.timezone, before[0]["app"]["name"]) == ("Europe/Dublin", "Acme")
        assert client_of(sandbox).attribute("next")["id"] == 2


def write_text_file(path: Path) -> None:
    path.write_text("version: 1\n" * 200)


def write_other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (x)")
    connection.close()


def write_later_format(path: Path) -> None:
    Sandbox(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (write_text_file, "file is not a database"),
        (write_other_database, "it is the database of another program"),
        (write_later_format, "its format is 99, this release reads format 5"),
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
def full_disk(tmp_path, monkeypatch):
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


def test_a_full_disk_answers_507_and_undoes_the_call_alone(full_disk, client_of):
    with Sandbox(full_disk) as sandbox:
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


def test_a_persons_act_on_a_full_disk(full_disk):
    with Sandbox(full_disk) as sandbox:
        with pytest.raises(SandboxDiskError) as caught:
            seed(sandbox, people=200, today=TODAY)
        assert (caught.value.path, caught.value.reason) == (full_disk, "database or disk is full")
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


def count_contacts(client) -> int:
    query = {"field": "role", "operator": "=", "value": "user"}
    return client.create("/contacts/search", {"query": query})["total_count"]


def test_two_open_handles_see_each_others_writes(tmp_path, client_of):
    path = tmp_path / "a.db"
    with Sandbox(path) as one, Sandbox(path) as other:
        assert one.app_id == other.app_id
        contact = client_of(one).person("1")
        assert client_of(other).get(f"/contacts/{contact['id']}").body == contact
        for handle in (one, other):
            assert count_contacts(client_of(handle)) == 1
        client_of(other).delete(f"/contacts/{contact['id']}")
        for handle in (one, other):
            assert count_contacts(client_of(handle)) == 0
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
    root = Path(__file__).parents[4]
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
