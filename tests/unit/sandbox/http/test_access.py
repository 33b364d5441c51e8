"""Who `sandbox serve` answers, and how much of a connection a stranger may draw out: over real HTTP on loopback."""

import json
import socket
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import pytest

from intercom_iac.sandbox import Gateway, Sandbox
from intercom_iac.sandbox.http.access import LARGEST_BODY, LARGEST_HEAD
from intercom_iac.sandbox.http.server import serving

TOKEN = "Authorization: Bearer x\r\n"


@pytest.fixture(scope="module")
def url():
    with Sandbox(None) as sandbox, serving(Gateway(sandbox)) as url:
        yield url


def open_connection(url):
    place = urlsplit(url)
    return socket.create_connection((place.hostname, place.port), timeout=20)


def read_answer(connection, method="GET"):
    """Status, headers and body of one answer."""
    with connection.makefile("rb") as stream:
        status = int(stream.readline().split()[1])
        headers = {}
        while line := stream.readline().strip():
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        length = 0 if method == "HEAD" else int(headers.get("content-length", 0))
        return status, headers, stream.read(length)


def send_text(url, text):
    with closing(open_connection(url)) as connection:
        connection.sendall(text.encode("latin-1"))
        return read_answer(connection, text.partition(" ")[0])


def send_request(url, *headers, host="127.0.0.1", target="/me", method="GET", token=TOKEN):
    lines = "".join(f"{header}\r\n" for header in headers)
    named = "" if host is None else f"Host: {host}\r\n"
    return send_text(url, f"{method} {target} HTTP/1.1\r\n{named}{token}{lines}\r\n")


def test_its_own_names_are_answered(url):
    port = urlsplit(url).port
    for host in (
        "127.0.0.1",
        f"127.0.0.1:{port}",
        "localhost",
        f"LocalHost:{port}",
        "localhost.",
        "127.8.8.8",
    ):
        assert send_request(url, host=host)[0] == 200, host
    assert send_request(url, host=f"[::1]:{port}")[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1@evil.example",
        "127.0.0.1,evil.example",
        "0.0.0.0",
        "192.168.0.1",
        "[::2]",
        "api.intercom.io",
        "2130706433",
        "",
        "\xe9",
    ],
)
def test_another_host_is_told_and_not_answered(url, host):
    for target in ("/me", "/sandbox/counts"):
        status, _, body = send_request(url, host=host, target=target)
        (error,) = json.loads(body)["errors"]
        assert (status, error["code"]) == (421, "misdirected_request")
        assert "ask for 127.0.0.1 or localhost" in error["message"]


def test_no_host_and_two(url):
    assert send_text(url, f"GET /me HTTP/1.0\r\n{TOKEN}\r\n")[0] == 421
    assert send_request(url, host=None)[0] == 400
    assert send_request(url, "Host: evil.example")[0] == 400


def test_the_whole_url_in_a_request_line_is_looked_at_too(url):
    assert send_request(url, target="http://127.0.0.1:5/me")[0] == 200
    for target in (
        "http://evil.example/me",
        "HTTP://evil.example/me",
        "http://127.0.0.1@evil.example/me",
        "http:///me",
        "ws://evil.example/me",
    ):
        assert send_request(url, target=target)[0] == 421, target


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Origin: http://localhost:3000", 200),
        ("Origin: http://127.0.0.1", 200),
        ("Origin: http://[::1]:3000", 200),
        ("Origin: https://evil.example", 403),
        ("Origin: http://127.0.0.1.evil.example", 403),
        ("Origin: null", 403),
        ("Origin: file://", 403),
        ("Sec-Fetch-Site: cross-site", 403),
        ("Sec-Fetch-Site: none", 200),
        ("Sec-Fetch-Site: same-origin", 200),
    ],
)
def test_a_page_of_another_site_is_not_answered(url, header, status):
    for method in ("GET", "OPTIONS"):
        answered, headers, body = send_request(url, header, method=method)
        assert answered == (status if method == "GET" or status != 200 else 404)
        assert not [name for name in headers if name.startswith("access-control-")]
        assert body
    if status == 403:
        assert send_request(url, header, method="POST", target="/tags", token="")[0] == 403


ALLOWED = "https://app.example"
BOOT = "/sandbox/messenger/boot"
SCRIPT = "/sandbox/messenger/widget.js"


@pytest.fixture(scope="module")
def page_url():
    """A workspace that pages of one origin may call."""
    with Sandbox(None) as sandbox, serving(Gateway(sandbox), origins={ALLOWED}) as url:
        yield url


def send_json(url, path, body, *headers, token=TOKEN):
    text = json.dumps(body)
    lines = "".join(f"{header}\r\n" for header in headers)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{token}Content-Length: {len(text)}\r\n{lines}\r\n"
    return send_text(url, head + text)


def permissions(headers):
    return {name: value for name, value in headers.items() if name.startswith("access-control-")}


def test_a_page_of_a_named_origin_calls_the_messenger(page_url):
    page = (f"Origin: {ALLOWED}", "Sec-Fetch-Site: cross-site")
    asked = (
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization,content-type",
    )
    status, headers, body = send_request(page_url, *page, *asked, method="OPTIONS", target=BOOT, token="")
    assert (status, body) == (204, b"")
    assert permissions(headers) == {
        "access-control-allow-origin": ALLOWED,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-max-age": "600",
    }
    for body, token, status in (({"user_id": "1"}, TOKEN, 200), ({}, TOKEN, 400), ({}, "", 401)):
        answered, headers, _ = send_json(page_url, BOOT, body, *page, token=token)
        assert answered == status
        assert permissions(headers) == {"access-control-allow-origin": ALLOWED}
        assert headers["vary"] == "Origin"


@pytest.mark.parametrize(
    ("origin", "path"),
    [
        (ALLOWED, "/contacts"),
        (ALLOWED, "/sandbox/counts"),
        (ALLOWED, "/sandbox/messenger"),
        (ALLOWED, "/sandbox//messenger/boot"),
        (f"{ALLOWED}:8443", BOOT),
        (f"{ALLOWED}.evil.example", BOOT),
        ("http://app.example", BOOT),
        ("https://APP.example", BOOT),
        ("https://evil.example", BOOT),
        ("https://evil.example", SCRIPT),
        ("null", BOOT),
    ],
)
def test_no_other_page_and_no_other_path(page_url, origin, path):
    for method in ("OPTIONS", "GET", "POST"):
        status, headers, _ = send_request(page_url, f"Origin: {origin}", method=method, target=path)
        assert (status, permissions(headers)) == (403, {})


def test_two_origins_are_none(page_url):
    evil = "Origin: https://evil.example"
    assert send_request(page_url, f"Origin: {ALLOWED}", evil, method="OPTIONS", target=BOOT)[0] == 403


def test_a_page_of_this_machine_that_is_not_named_reads_nothing(page_url):
    status, headers, _ = send_request(
        page_url, "Origin: http://localhost:3000", method="OPTIONS", target=BOOT, token=""
    )
    assert (status, permissions(headers)) == (401, {})


def test_the_host_of_a_page_is_looked_at_too(page_url):
    assert send_request(page_url, f"Origin: {ALLOWED}", host="evil.example", target=BOOT)[0] == 421


def test_the_script_calls_where_it_was_loaded_from(url, page_url):
    cross_site = "Sec-Fetch-Site: cross-site"
    for host in ("127.0.0.1:8080", "localhost"):
        status, headers, body = send_request(page_url, cross_site, host=host, target=SCRIPT, token="")
        assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert f'const WORKSPACE = "http://{host}";' in body.decode()
    # Without any named origin, only pages of this machine load it.
    assert send_request(url, cross_site, target=SCRIPT, token="")[0] == 403
    assert send_request(url, "Sec-Fetch-Site: same-site", target=SCRIPT, token="")[0] == 200


def test_other_methods_than_the_api_has(url):
    for method in ("HEAD", "OPTIONS", "PATCH", "TRACE", "FOO"):
        status, headers, body = send_request(url, method=method)
        assert (status, headers["content-type"]) == (404, "application/json; charset=utf-8")
        assert bool(body) == (method != "HEAD")
    assert send_request(url, method="CONNECT", target="evil.example:443")[0] in (400, 404, 421)


def test_who_has_no_token_is_answered_before_the_body(url):
    head = f"POST /contacts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {LARGEST_BODY}\r\n"
    for more in ("\r\n", "Authorization: Bearer \r\n\r\n", "Expect: 100-continue\r\n\r\n"):
        status, headers, _ = send_text(url, head + more)
        assert status == 401
        assert ("connection" in headers) == ("Expect" in more)
    chunked = "POST /contacts HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
    assert send_text(url, chunked)[0] == 401


def test_a_body_has_a_bound(url):
    head = f"POST /contacts HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}"
    status, _, body = send_text(url, f"{head}Content-Length: {LARGEST_BODY + 1}\r\n\r\n")
    (error,) = json.loads(body)["errors"]
    assert (status, error["message"]) == (413, "A request's body may have at most 4,194,304 bytes")
    assert send_text(url, f"{head}Content-Length: {'9' * 20}\r\n\r\n")[0] in (400, 413)
    piece = "10000\r\n" + " " * 0x10000 + "\r\n"
    assert send_text(url, f"{head}Transfer-Encoding: chunked\r\n\r\n{piece * 65}")[0] == 413


def test_a_client_that_sends_all_of_a_long_body_reads_the_answer(url):
    with closing(open_connection(url)) as connection:
        size = 3 * LARGEST_BODY
        head = f"POST /contacts HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}Content-Length: {size}\r\n\r\n"
        connection.sendall(head.encode() + b" " * size)
        assert read_answer(connection)[0] == 413
        connection.sendall(f"GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}\r\n".encode())
        assert read_answer(connection)[0] == 200


def test_a_body_within_the_bound_is_read(url):
    body = json.dumps({"name": "x", "companies": []}) + " " * 2_000_000
    head = f"POST /tags HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}Content-Length: {len(body)}\r\n\r\n"
    assert send_text(url, head + body)[0] == 200


def test_a_head_has_a_bound(url):
    words = {400: "bad_request", 431: "request_header_fields_too_large"}
    many = [f"X-{number}: {'a' * 100}" for number in range(1000)]
    for status, _, body in (
        send_request(url, f"X: {'a' * LARGEST_HEAD}"),
        send_request(url, *many),
        send_request(url, target=f"/me?x={'a' * LARGEST_HEAD}"),
    ):
        # Which of the two depends on whether the end has come already.
        assert json.loads(body)["errors"][0]["code"] == words[status]


def test_two_lengths_of_one_body_are_refused(url):
    hidden = "GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    for framing in (
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
        "Content-Length: 6\r\nContent-Length: 7\r\n",
        "Content-Length: 6, 7\r\n",
        "Content-Length: +6\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
    ):
        text = f"POST /tags HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}{framing}\r\n0\r\n\r\n{hidden}"
        with closing(open_connection(url)) as connection:
            connection.sendall(text.encode())
            answers = b""
            while piece := connection.recv(65_536):
                answers += piece
        assert answers.startswith(b"HTTP/1.1 400 "), framing
        assert answers.count(b"HTTP/1.1 ") == 1, framing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GET /me HT",
        "GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        f"POST /tags HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}Content-Length: 9\r\n\r\n{{",
        f"POST /tags HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n",
    ],
    ids=["nothing", "half a line", "half a head", "half a body", "half of the chunks"],
)
def test_what_does_not_arrive_is_not_waited_for(monkeypatch, text):
    monkeypatch.setattr("intercom_iac.sandbox.http.connection.SENDING_SECONDS", 0.2)
    with Sandbox(None) as sandbox, serving(Gateway(sandbox)) as url:
        status, _, body = send_text(url, text)
        (error,) = json.loads(body)["errors"]
        assert (status, error["code"]) == (408, "request_timeout")
        # Whoever has got an answer is not cut off: it is uvicorn that closes an idle connection.
        assert send_request(url)[0] == 200


def test_a_body_nobody_reads_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("intercom_iac.sandbox.http.connection.SENDING_SECONDS", 0.2)
    head = "POST /tags HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{"
    with (
        Sandbox(None) as sandbox,
        serving(Gateway(sandbox)) as url,
        closing(open_connection(url)) as connection,
    ):
        connection.sendall(head.encode())
        assert read_answer(connection)[0] == 401
        assert connection.recv(100) == b""


def test_connections_have_a_bound(monkeypatch):
    monkeypatch.setattr("intercom_iac.sandbox.http.connection.CONNECTION_LIMIT", 3)
    with Sandbox(None) as sandbox, serving(Gateway(sandbox)) as url, ExitStack() as opened:
        *_, fourth = [opened.enter_context(closing(open_connection(url))) for _ in range(4)]
        status, _, body = read_answer(fourth)
        assert (status, json.loads(body)["errors"][0]["code"]) == (503, "service_unavailable")
        assert fourth.recv(100) == b""
