"""Ctrl-C, once and twice: a word, an outcome, an exit code, no traceback, and nobody waits for the network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from intercom_iac.sandbox import Request, Sandbox


class Server:
    """A loopback address; requests that `slow` picks wait until the end, and `asked` counts them."""

    def __init__(self, slow: Callable[[str, str], bool]) -> None:
        self.asked = threading.Semaphore(0)
        self.release = threading.Event()
        self.workspace = Sandbox(None)
        self._slow = slow
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                outer.answer(self)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_: object) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        if self._slow(handler.command, url.path):
            self.asked.release()
            self.release.wait()
            return
        headers = {name.lower(): value for name, value in handler.headers.items()}
        found = self.workspace.handle(
            Request(handler.command, url.path, dict(parse_qsl(url.query)), headers, body)
        )
        handler.send_response(found.status)
        for name, value in found.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(found.body)


@contextmanager
def serving(slow: Callable[[str, str], bool]) -> Iterator[Server]:
    server = Server(slow)
    thread = threading.Thread(target=server.http.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.http.shutdown()
        thread.join()
        server.http.server_close()
        server.workspace.close()


def interrupted(
    scratch, server: Server, command: str, *, requests: int, times: int, heard: bool = False
) -> tuple[int, str, str]:
    """Exit code, output and errors of a command that gets Ctrl-C once so many slow requests are under way.

    `heard`: the program says that it was asked to stop, and is asked again when it has said so: two signals that come
    before it runs again are one to it. The server answers nothing until the command has ended.
    """
    scratch.write(
        {
            "intercom-iac.yaml": f"version: 1\nworkspaces: {{slow: {{base_url: '{server.url}', token_env: SLOW}}}}\n"
        }
    )
    with subprocess.Popen(
        [sys.executable, "-m", "intercom_iac", *command.split()],
        cwd=scratch.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "SLOW": "any"},
    ) as child:
        for _ in range(requests):
            assert server.asked.acquire(timeout=60)
        child.send_signal(signal.SIGINT)
        assert child.stderr is not None
        said = ""
        while heard and "stopping" not in said:
            line = child.stderr.readline()
            assert line, said
            said += line
        for _ in range(times - 1):
            child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
        err = said + err
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    return child.returncode, out, err


READS = {
    "me": (lambda _, path: path == "/me", 1),
    "the others": (lambda _, path: path != "/me", 5),
}


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("command", ["plan", "apply --auto-approve"])
@pytest.mark.parametrize("slow", READS)
def test_a_read_under_way_is_not_waited_for(scratch, slow: str, command: str, times: int) -> None:
    scratch.spec("attributes: {contact: {tier: {type: string}}}\n")
    pick, requests = READS[slow]
    with serving(pick) as server:
        code, _, err = interrupted(scratch, server, command, requests=requests, times=times)
    assert code == 1
    assert "interrupted" in err


def test_twice_in_a_write_says_what_is_not_known(scratch) -> None:
    scratch.spec("attributes: {contact: {tier: {type: string}, seats: {type: integer}}}\n")
    with serving(lambda method, _: method == "POST") as server:
        command = "apply --auto-approve --parallelism 1"
        code, out, err = interrupted(scratch, server, command, requests=1, times=3, heard=True)
    assert code == 1
    assert (
        "+ create attribute.contact.tier interrupted\nnot known whether done: attribute.contact.tier" in out
    )
    assert "not tried: 1\n  + attribute.contact.seats" in out
    assert "Interrupted: 0 done, 1 not known, 1 not tried." in out
    assert "stopping after the changes under way" in err


def test_twice_in_a_write_leaves_machines_an_outcome(scratch) -> None:
    scratch.spec("attributes: {contact: {tier: {type: string}, seats: {type: integer}}}\n")
    with serving(lambda method, _: method == "POST") as server:
        command = "apply --auto-approve --parallelism 1 --format json"
        code, out, _ = interrupted(scratch, server, command, requests=1, times=2, heard=True)
    assert code == 1
    outcome = json.loads(out)
    assert outcome["interrupted"] is True
    assert outcome["failed"]["in_flight"] is True
    assert [each["address"] for each in outcome["not_tried"]] == ["attribute.contact.seats"]


def test_of_several_writes_under_way_none_is_known(scratch) -> None:
    scratch.spec("attributes: {contact: {a: {type: string}, b: {type: string}, c: {type: string}}}\n")
    with serving(lambda method, _: method == "POST") as server:
        command = "apply --auto-approve --parallelism 2"
        code, out, _ = interrupted(scratch, server, command, requests=2, times=2, heard=True)
    assert code == 1
    assert out.count("not known whether done: ") == 2
    assert "Interrupted: 0 done, 2 not known, 1 not tried." in out
