"""The token stands in the header of requests and nowhere else: no output, file, exception, traceback or `repr`."""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.workspace import Client, Target, Token, open_workspace

SECRET = "dG9rOjEyMzQ1Njc4/90ab+cdef=="
SPECS = "version: 1\nattributes: {contact: {seats: {type: integer}, tier: {type: string}}}\n"
# What can be told of it in other ways.
FORMS = (SECRET, SECRET[4:-2], json.dumps(SECRET).replace("/", "\\/"), SECRET.replace("/", "%2F"))


class Handler(BaseHTTPRequestHandler):
    """Answers as Intercom would, but for what `misbehave` does to requests whose method is in `to`."""

    workspace: Sandbox
    misbehave: str
    to: tuple[str, ...]
    tokens: list[str | None]

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.tokens.append(self.headers.get("Authorization"))
        if self.command in self.to and self.misbehave:
            getattr(self, self.misbehave)()
            return
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        found = self.workspace.handle(
            Request(self.command, url.path, dict(parse_qsl(url.query)), headers, body)
        )
        self.give(found.status, found.body, **found.headers)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def give(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def echo(self, status: int) -> None:
        error = {"code": "unauthorized", "message": f"no use: {self.headers['Authorization']}"}
        body = json.dumps({"type": "error.list", "request_id": SECRET, "errors": [error]})
        # As some servers write it.
        body = body.replace("/", "\\/").replace("=", "\\u003d")
        self.give(status, body.encode(), **{"X-Request-Id": SECRET})

    def unauthorized(self) -> None:
        self.echo(401)

    def failure(self) -> None:
        self.echo(500)

    def refused(self) -> None:
        self.echo(422)

    def page(self) -> None:
        self.give(200, f"<html>{self.headers['Authorization']}</html>".encode(), **{"X-Request-Id": SECRET})

    def listed(self) -> None:
        self.give(200, json.dumps([SECRET]).encode())

    def named(self) -> None:
        app = {"id_code": SECRET, "name": SECRET, "timezone": SECRET}
        self.give(200, json.dumps({"app": app, "data": [{"custom": True, "data_type": SECRET}]}).encode())

    def escaped(self) -> None:
        self.give(200, json.dumps({"app": {"id_code": 7, "name": SECRET}}).replace("/", "\\/").encode())

    def redirect(self) -> None:
        self.give(301, b"", Location=f"https://elsewhere.example/{SECRET}?{SECRET}")

    def astray(self) -> None:
        self.give(301, b"", Location=f"https://[{SECRET}")

    def dropped(self) -> None:
        self.close_connection = True
        self.connection.close()

    def garbage(self) -> None:
        self.wfile.write(f"{self.headers['Authorization']}\r\n\r\n".encode())
        self.close_connection = True

    def cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(f'{{"data": "{SECRET}'.encode())
        self.close_connection = True

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving(misbehave: str = "", *to: str) -> Iterator[tuple[str, list[str | None]]]:
    """A loopback address, and the `Authorization` headers that came to it."""
    tokens: list[str | None] = []
    with Sandbox(None) as workspace:
        kind = type(
            "It", (Handler,), {"workspace": workspace, "misbehave": misbehave, "to": to, "tokens": tokens}
        )
        server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        server.handle_error = lambda *_: None
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", tokens
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Every exception that ended a command."""
    from intercom_iac.cli import app

    found: list[BaseException] = []
    kept = app._print_failure

    def failed(error: Exception) -> int:
        found.append(error)
        return kept(error)

    monkeypatch.setattr(app, "_print_failure", failed)
    monkeypatch.setattr(Client, "back_off", lambda *_: None)
    return found


def told(error: BaseException) -> str:
    """An exception, what it came from, and the variables of every frame on the way."""
    parts = ["".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())]
    each: BaseException | None = error
    while each is not None:
        parts += [repr(each), str(each), repr(vars(each)), repr(each.args)]
        parts += ["".join(traceback.TracebackException.from_exception(each, capture_locals=True).format())]
        each = each.__cause__ or each.__context__
    return "\n".join(parts)


def files(root: Path) -> str:
    paths = [each for each in root.rglob("*") if each.is_file()]
    return "\n".join(f"{each}\n{each.read_bytes().decode(errors='replace')}" for each in paths)


def in_none(*texts: str) -> None:
    for text in texts:
        assert [form for form in FORMS if form in text] == []


MISDEEDS = [
    "unauthorized",
    "failure",
    "refused",
    "page",
    "listed",
    "named",
    "escaped",
    "redirect",
    "astray",
    "dropped",
    "garbage",
    "cut",
]
COMMANDS = [
    "plan",
    "plan --format json --out plan.json",
    "apply --auto-approve",
    "apply --auto-approve --format json",
]


@pytest.mark.parametrize("to", ["GET", "POST"])
@pytest.mark.parametrize("misdeed", ["", *MISDEEDS])
def test_no_output_file_or_exception_tells_the_token(
    misdeed: str, to: str, scratch, raised: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVE_TOKEN", SECRET)
    with serving(misdeed, to) as (url, tokens):
        project = f"version: 1\nworkspaces:\n  live: {{base_url: '{url}', token_env: LIVE_TOKEN}}\n"
        scratch.write({"intercom-iac.yaml": project, "specs/a.yaml": SPECS})
        for command in COMMANDS:
            result = scratch.run(command)
            in_none(result.out, result.err)
            assert "Traceback" not in result.err
        assert set(tokens) == {f"Bearer {SECRET}"}
    in_none(files(scratch.root), *map(told, raised))


def test_nor_does_a_server_that_is_not_there(
    scratch, raised: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERCOM_TOKEN", SECRET)
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRET.replace('/', '%2F')}@127.0.0.1:9")
    projects = ["base_url: 'http://127.0.0.1:9'", "region: us", "base_url: 'https://localhost:9'"]
    for settings in projects:
        scratch.write({"intercom-iac.yaml": f"version: 1\nworkspaces:\n  live: {{{settings}}}\n"})
        scratch.write({"specs/a.yaml": SPECS})
        result = scratch.run("plan")
        assert result.code == 5
        in_none(result.out, result.err)
    assert len(raised) == len(projects)
    in_none(files(scratch.root), *map(told, raised))


@pytest.mark.parametrize("slip", [f"{SECRET}\u2013", f"{SECRET} {SECRET}", f"{SECRET}\n{SECRET}"])
def test_nor_does_a_token_that_is_none(
    slip: str, scratch, raised: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERCOM_TOKEN", slip)
    scratch.write(
        {"intercom-iac.yaml": "version: 1\nworkspaces: {live: {region: us}}\n", "specs/a.yaml": SPECS}
    )
    result = scratch.run("plan")
    assert result.code == 4
    assert raised
    in_none(result.out, result.err, str(raised[0]), repr(raised[0]))


def test_nothing_that_holds_the_token_shows_it() -> None:
    token = Token(SECRET)
    target = Target("live", base_url="https://api.intercom.io", token=token)
    client = Client(target)
    workspace = open_workspace(target)
    held = [token, target, asdict(target), client, client._http, client._http.headers, client._http.auth]
    held += [workspace, vars(workspace), vars(client), vars(client._http)]
    for each in held:
        in_none(repr(each), str(each), f"{each}")
    client.close()
    workspace.close()


def test_a_redirect_is_an_error_that_names_the_host_and_is_not_followed(
    scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVE_TOKEN", SECRET)
    with serving() as (elsewhere, others):
        monkeypatch.setattr(Handler, "redirect", lambda self: self.give(307, b"", Location=f"{elsewhere}/me"))
        with serving("redirect", "GET") as (url, tokens):
            project = f"version: 1\nworkspaces:\n  live: {{base_url: '{url}', token_env: LIVE_TOKEN}}\n"
            scratch.write({"intercom-iac.yaml": project, "specs/a.yaml": SPECS})
            result = scratch.run("plan")
    assert result.code == 1
    assert "the answer to GET /me sends elsewhere, to `127.0.0.1`: status 307" in result.err
    assert "no redirect is followed" in result.err
    assert (len(tokens), others) == (1, [])
