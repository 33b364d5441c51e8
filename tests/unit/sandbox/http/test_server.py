"""The workspace over real HTTP on loopback, in a process of its own."""

import http.client
import json
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from intercom_iac.sandbox import Sandbox, listen

SERVE = """
import pathlib, sys
from intercom_iac.sandbox import Faults, Gateway, Sandbox, listen, serve
with Sandbox(pathlib.Path(sys.argv[1])) as sandbox:
    gateway = Gateway(sandbox, faults=Faults.parse(["slow-body=1@/tags"]), slow_seconds=30)
    with listen(0) as listener:
        serve(gateway, listener, on_ready=lambda url: print(url, flush=True))
print("closed")
"""


@contextmanager
def serving(path):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(path)],
        cwd=Path(__file__).parents[4],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


class Wire:
    def __init__(self, url):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def close(self):
        self.connection.close()

    def call(self, method, path, body=None, token="any"):
        raw = None if body is None else json.dumps(body)
        self.connection.request(method, path, raw, {"Authorization": f"Bearer {token}"})
        response = self.connection.getresponse()
        content = response.read()
        return response, json.loads(content) if content else None


def test_the_same_answers_over_http(tmp_path, client_of):
    path = tmp_path / "a.db"
    with serving(path) as (_process, url), closing(Wire(url)) as wire:
        assert url.startswith("http://127.0.0.1:")
        assert wire.call("GET", "/me", token="")[0].status == 401
        response, attribute = wire.call(
            "POST",
            "/data_attributes",
            {"name": "café", "model": "contact", "data_type": "string"},
        )
        assert (response.status, attribute["name"]) == (200, "café")
        response, contact = wire.call(
            "POST", "/contacts", {"external_id": "a/b", "custom_attributes": {"café": "ü"}}
        )
        assert contact["custom_attributes"] == {"café": "ü"}
        assert wire.call("GET", "/contacts/find_by_external_id/a%2Fb")[1] == contact
        event = {"event_name": "e", "created_at": contact["created_at"], "user_id": "a/b"}
        response, nothing = wire.call("POST", "/events", event)
        assert (response.status, nothing) == (202, None)
        listed = wire.call("GET", "/events?type=user&user_id=a%2Fb")[1]
        assert [event["event_name"] for event in listed["events"]] == ["e"]
        assert listed["pages"]["since"].startswith(f"{url}/events?")
        lead = wire.call("POST", "/contacts", {"role": "lead"})[1]
        both = {"from": lead["id"], "into": contact["id"], "skip_duplicate_validation": True}
        response, merged = wire.call("POST", "/contacts/merge", both)
        assert (response.status, merged["id"]) == (200, contact["id"])
        response, _ = wire.call("GET", f"/contacts/{lead['id']}")
        link = f'</contacts/{contact["id"]}>; rel="canonical"'
        assert (response.status, response.getheader("Link")) == (410, link)
        audience = wire.call("POST", "/audiences", {"name": "a"})[1]
        response, nothing = wire.call("DELETE", f"/audiences/{audience['id']}")
        assert (response.status, nothing, response.headers["content-length"]) == (204, None, None)
        # The same file is readable in process while it is served.
        with Sandbox(path) as sandbox:
            assert client_of(sandbox).get(f"/contacts/{contact['id']}").body == merged


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(tmp_path, number):
    # The connection stays open: it must not hold the server up.
    with serving(tmp_path / "a.db") as (process, url), closing(Wire(url)) as wire:
        assert wire.call("GET", "/me")[0].status == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "closed\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db"]


def test_a_taken_port_is_an_os_error():
    with listen(0) as taken, pytest.raises(OSError, match="in use"):
        listen(taken.getsockname()[1])


def send_text(url, text):
    """A connection over which `text` has been sent."""
    host, port = urlsplit(url).netloc.split(":")
    connection = socket.create_connection((host, int(port)), timeout=60)
    connection.sendall(text.encode())
    return connection


HEAD = "POST /contacts HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\n"


def test_half_a_request_does_nothing(tmp_path):
    with serving(tmp_path / "a.db") as (process, url), closing(Wire(url)) as wire:
        # What has come is an object already, one whose end was lost with the connection.
        send_text(url, f'{HEAD}Content-Length: 90\r\n\r\n{{"external_id": "1"}}').close()
        send_text(url, f'{HEAD}Transfer-Encoding: chunked\r\n\r\n14\r\n{{"external_id": "2"}}\r\n').close()
        # Long enough for the server to see both go: it answers in turn.
        for _ in range(20):
            assert wire.call("GET", "/contacts")[1]["total_count"] == 0
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("closed\n", "")
    with Sandbox(tmp_path / "a.db") as sandbox, sandbox.store(writes=False) as store:
        assert store.number("select count(*) from contacts") == 0


def test_a_stop_cuts_requests_short_without_a_word(tmp_path):
    unfinished = f"{HEAD}Content-Length: 90\r\n\r\n"
    with (
        serving(tmp_path / "a.db") as (process, url),
        closing(Wire(url)) as wire,
        closing(send_text(url, unfinished)),
    ):
        assert wire.call("GET", "/me")[0].status == 200
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("closed\n", "")


def test_what_is_no_http_is_answered_and_not_reported(tmp_path):
    with serving(tmp_path / "a.db") as (process, url):
        with closing(send_text(url, "nonsense\r\n\r\n")) as connection:
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("closed\n", "")


def test_a_request_line_may_name_the_whole_url(tmp_path):
    with serving(tmp_path / "a.db") as (_process, url), closing(Wire(url)) as wire:
        assert wire.call("GET", f"{url}/contacts?per_page=1")[0].status == 200


def test_reads_go_on_while_a_write_waits_for_another_process(tmp_path):
    path = tmp_path / "a.db"
    with serving(path) as (_process, url), closing(Wire(url)) as reader:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            body = json.dumps({"external_id": "1"})
            waiting = send_text(url, f"{HEAD}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            for _ in range(20):
                assert reader.call("GET", "/contacts")[1]["total_count"] == 0
            other.execute("rollback")
        with closing(waiting):
            assert waiting.recv(100).startswith(b"HTTP/1.1 200 ")
        assert reader.call("GET", "/contacts")[1]["total_count"] == 1


def test_a_stop_does_not_wait_for_a_body_that_trickles(tmp_path):
    with serving(tmp_path / "a.db") as (process, url):
        get = "GET /tags HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\n\r\n"
        with closing(send_text(url, get)) as connection:
            assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=60) == ("closed\n", "")
