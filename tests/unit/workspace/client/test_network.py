"""Whatever a server does, and however long it goes on, an exchange ends, in little memory, with an error in words."""

from __future__ import annotations

import socket
import ssl
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpcore
import httpx
import pytest

from intercom_iac.diagnostics import UnexpectedResponse, Unreachable, WorkspaceError
from intercom_iac.workspace import Client, Target, Token
from intercom_iac.workspace.client.deadline import BoundedNetwork, Deadline
from intercom_iac.workspace.client.network import Network


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


OK = b"HTTP/1.1 200 OK\r\n"
LONGEST = 0.2
MEBIBYTE = 1024 * 1024


class Peer:
    """The server's end of one connection, which lasts until the client has gone or the test is over."""

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self.connection = connection
        self._over = over

    def read_request(self) -> None:
        got = b""
        while b"\r\n\r\n" not in got and (more := self.connection.recv(65536)):
            got += more

    def send(self, content: bytes) -> None:
        self.connection.sendall(content)

    def trickle(self, content: bytes = b"x") -> None:
        """A little now and then, without end: never so long that a single read would give up."""
        while not self._over.wait(LONGEST / 20):
            self.send(content)

    def flood(self, content: bytes, times: int) -> None:
        for _ in range(times):
            self.send(content)

    def wait(self) -> None:
        self._over.wait()


Act = Callable[[Peer], None]


@contextmanager
def server(act: Act, *, reads: bool = True) -> Iterator[str]:
    """The address of a loopback server that does the same with each connection."""
    over = threading.Event()
    threads: list[threading.Thread] = []

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            peer = Peer(connection, over)
            if reads:
                peer.read_request()
            act(peer)

    def accept(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threads.append(threading.Thread(target=serve, args=(connection,)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        accepting = threading.Thread(target=accept, args=(listening,))
        accepting.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for each in threads:
                each.join()


def client(url: str, longest: float = LONGEST) -> Client:
    target = Target("live", base_url=url, token=Token("abc"), allow_host="api.intercom.test")
    return Client(target, transport=Network(url, longest=longest), sleep=lambda _: None)


def refused(url: str, body: str = "", longest: float = LONGEST) -> WorkspaceError:
    made = client(url, longest)
    try:
        with pytest.raises(WorkspaceError) as raised:
            made.post("/tags", {"name": body})
    finally:
        made.close()
    return raised.value


def begun(*parts: bytes) -> Act:
    """Sends the parts, and the last of them again and again."""

    def act(peer: Peer) -> None:
        for part in parts[:-1]:
            peer.send(part)
        peer.trickle(parts[-1])

    return act


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"

ENDLESS: dict[str, Act] = {
    "no answer": Peer.wait,
    "a status line": begun(b"HTTP/1.1 200 ", b"x"),
    "a header": begun(OK + b"X-Long: ", b"x"),
    "headers": begun(OK, b"X: y\r\n"),
    "informational answers": begun(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body": begun(OK + b"Content-Length: 1000000\r\n\r\n", b" "),
    "a body without a length": begun(b"HTTP/1.0 200 OK\r\n\r\n", b" "),
    "a body shorter than it says": lambda peer: (peer.send(OK + b"Content-Length: 9\r\n\r\n{}"), peer.wait())[
        1
    ],
    "chunks": begun(CHUNKED, b"1\r\n \r\n"),
    "a chunk's extension": begun(CHUNKED + b"1;a=", b"x"),
    "trailers": begun(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: y\r\n"),
    "a name in a gzip header": begun(GZIP + b"\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"x"),
    "a comment in a gzip header": begun(GZIP + b"\x1f\x8b\x08\x10\0\0\0\0\0\x03", b"x"),
    "an extra field of a gzip header": begun(GZIP + b"\x1f\x8b\x08\x04\0\0\0\0\0\x03\xff\xff", b"x"),
    "empty blocks of gzip": begun(GZIP + b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\0\0\0\xff\xff"),
}


@pytest.mark.parametrize("endless", ENDLESS)
def test_what_has_no_end_is_given_up(endless: str) -> None:
    with server(ENDLESS[endless]) as url:
        found = refused(url)
    assert isinstance(found, Unreachable)
    assert found.message.endswith("did not answer POST /tags in time")
    assert found.maybe_done


def test_a_request_that_is_not_taken_is_given_up() -> None:
    with server(Peer.wait, reads=False) as url:
        found = refused(url, "x" * 20 * MEBIBYTE)
    assert found.message.endswith("did not answer POST /tags in time")


def test_a_handshake_without_end_is_given_up() -> None:
    with server(Peer.wait, reads=False) as url:
        found = refused(url.replace("http", "https"))
    assert found.message.endswith("cannot be reached: it could not be connected to in time")
    assert not found.maybe_done


def test_a_proxy_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(begun(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x")) as url:
        monkeypatch.setenv("HTTPS_PROXY", url)
        found = refused("https://api.intercom.test")
    assert found.message.endswith("did not answer POST /tags in time")


def test_a_name_that_is_looked_up_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [] if over.wait() else None)
    try:
        found = refused("https://api.intercom.test")
    finally:
        over.set()
    assert found.message.endswith("cannot be reached: it could not be connected to in time")


@pytest.mark.parametrize("error", [socket.gaierror(-2, "x"), UnicodeError("label too long")])
def test_a_name_that_has_no_address_is_told(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert "cannot be reached" in refused("https://api.intercom.test").message


def test_a_name_without_addresses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    assert "cannot be reached" in refused("https://api.intercom.test").message


def answer(peer: Peer) -> None:
    peer.send(OK + b"Content-Length: 2\r\n\r\n{}")


def test_each_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    system = socket.getaddrinfo
    with server(answer) as url, socket.create_server(("127.0.0.1", 0)) as unused:
        refusing = unused.getsockname()[1]
        unused.close()
        port = int(url.rpartition(":")[2])

        def look_up(host: str, asked: int, *more: int, **named: int):
            if host != "localhost":
                return system(host, asked, *more, **named)
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, asked)) for each in ("::1", "127.0.0.1")
            ]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        made = client(f"http://localhost:{port}", longest=30)
        assert made.post("/tags", {}) == {}
        made.close()
        assert refused(f"http://localhost:{refusing}", longest=30).message.endswith(
            "the connection was refused"
        )


# Sent as fast as it is taken, with an end that nobody should have to wait for.
FLOODS: dict[str, Act] = {
    "a header": lambda peer: (peer.send(OK + b"X-Long: "), peer.flood(b"x" * MEBIBYTE, 64))[1],
    "headers": lambda peer: (peer.send(OK), peer.flood(b"X: y\r\n" * 10_000, 1_000))[1],
    "a chunk's extension": lambda peer: (peer.send(CHUNKED + b"1;a="), peer.flood(b"x" * MEBIBYTE, 64))[1],
    "trailers": lambda peer: (peer.send(CHUNKED + b"0\r\n"), peer.flood(b"X: y\r\n" * 10_000, 1_000))[1],
    "a gzip header": lambda peer: (
        peer.send(GZIP + b"\x1f\x8b\x08\x08\0\0\0\0\0\x03"),
        peer.flood(b"x" * MEBIBYTE, 80),
    )[1],
}


@pytest.mark.parametrize("flood", FLOODS)
def test_what_is_far_too_long_is_not_kept(flood: str) -> None:
    with server(FLOODS[flood]) as url:
        tracemalloc.start()
        try:
            found = refused(url, longest=60)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert isinstance(found, (Unreachable, UnexpectedResponse))
    assert "in time" not in found.message
    assert most < 16 * MEBIBYTE


def test_an_answer_that_comes_before_the_request_is_read_is_read() -> None:
    with server(answer, reads=False) as url:
        made = client(url, longest=30)
        assert made.post("/tags", {}) == {}
        made.close()


def test_an_exchange_has_its_time_whatever_the_one_before_took(monkeypatch: pytest.MonkeyPatch) -> None:
    deadline = Deadline()
    now = 100.0
    monkeypatch.setattr("intercom_iac.workspace.client.deadline.time.monotonic", lambda: now)
    assert deadline.remaining(None, httpcore.ReadTimeout) is None
    deadline.begin(60)
    assert deadline.remaining(None, httpcore.ReadTimeout) == 60
    assert deadline.remaining(30, httpcore.ReadTimeout) == 30
    now = 160.0
    with pytest.raises(httpcore.ReadTimeout):
        deadline.remaining(30, httpcore.ReadTimeout)
    deadline.begin(60)
    assert deadline.remaining(30, httpcore.ReadTimeout) == 30


def test_what_the_library_asks_of_a_connection_is_answered() -> None:
    with server(Peer.wait, reads=False) as url:
        stream = BoundedNetwork(Deadline()).connect_tcp("127.0.0.1", int(url.rpartition(":")[2]))
        assert stream.get_extra_info("is_readable") is False
        assert isinstance(stream.get_extra_info("socket"), socket.socket)
        stream.close()


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "ftp://proxy.example.com", "http://h:abc"])
def test_a_proxy_of_no_use_is_told(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(Unreachable, match="names a proxy that cannot be used") as raised:
        Network("https://api.intercom.test", longest=30)
    assert "abc" not in raised.value.message


@pytest.mark.parametrize(
    ("environment", "through"),
    [
        ({"HTTPS_PROXY": "http://user:pw@127.0.0.1:1"}, httpcore.HTTPProxy),
        ({"https_proxy": "127.0.0.1:1"}, httpcore.HTTPProxy),
        ({"ALL_PROXY": "https://127.0.0.1:1"}, httpcore.HTTPProxy),
        ({"HTTP_PROXY": "http://127.0.0.1:1"}, httpcore.ConnectionPool),
        ({"HTTPS_PROXY": "http://127.0.0.1:1", "NO_PROXY": "intercom.test"}, httpcore.ConnectionPool),
        ({"HTTPS_PROXY": "http://127.0.0.1:1", "NO_PROXY": "*"}, httpcore.ConnectionPool),
        ({}, httpcore.ConnectionPool),
    ],
)
def test_the_proxy_of_the_environment_is_for_https(
    environment: dict[str, str], through: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    network = Network("https://api.intercom.test", longest=30)
    assert type(network._pool) is through
    network.close()


def test_a_failure_keeps_its_kind() -> None:
    for each in (httpcore.ReadError, httpcore.PoolTimeout, httpcore.ProxyError, httpcore.RemoteProtocolError):
        assert issubclass(getattr(httpx, each.__name__), httpx.TransportError)


BROKEN: dict[str, Callable[[object], dict[str, str]]] = {
    "a file that is missing": lambda folder: {"SSL_CERT_FILE": f"{folder}/none.pem"},
    "an empty file": lambda folder: {"SSL_CERT_FILE": f"{folder}/empty.pem"},
    "a file of something else": lambda folder: {"SSL_CERT_FILE": f"{folder}/other.pem"},
    "a folder as a file": lambda folder: {"SSL_CERT_FILE": f"{folder}"},
    "a folder that is missing": lambda folder: {"SSL_CERT_DIR": f"{folder}/none"},
    "a file as a folder": lambda folder: {"SSL_CERT_DIR": f"{folder}/empty.pem"},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_certificates_of_no_use_matter_where_https_is_asked_only(
    broken: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.pem").touch()
    (tmp_path / "other.pem").write_text("nothing of the kind")
    environment = BROKEN[broken](tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with server(answer) as url:
        made = client(url, longest=30)
        assert made.post("/tags", {}) == {}
        made.close()
    with pytest.raises(
        Unreachable, match="the certificates that the environment names cannot be read"
    ) as raised:
        Network("https://api.intercom.test", longest=30)
    [(name, value)] = environment.items()
    assert f"`{name}={value}`" in (raised.value.hint or "")


def test_certificates_of_a_folder_are_taken(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    network = Network("https://api.intercom.test", longest=30)
    assert isinstance(network._pool._ssl_context, ssl.SSLContext)
    network.close()
