"""The way to a workspace: a proxy of the environment is used for the network, and for nothing else."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from intercom_iac.diagnostics import UnexpectedResponse, Unreachable, WorkspaceError
from intercom_iac.sandbox import Faults, Gateway, Sandbox
from intercom_iac.workspace import Client, Target, Token, open_workspace
from intercom_iac.workspace.embedded import Embedded

VARIABLES = (
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "ssl_cert_file",
    "ssl_cert_dir",
    "request_method",
)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@contextmanager
def server(certificate: Path | None = None) -> Iterator[tuple[str, list[str]]]:
    """A loopback server that answers every GET with an empty object and refuses tunnels; its request lines."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.requestline)
            body = json.dumps({}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_CONNECT(self) -> None:
            seen.append(self.requestline)
            seen.extend(value for name, value in self.headers.items() if name.lower() == "authorization")
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}", seen
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def client(base_url: str) -> Client:
    target = Target("live", base_url=base_url, token=Token("abc"), allow_host="api.intercom.test")
    return Client(target, sleep=lambda _: None)


def test_plain_http_is_for_this_machine_only() -> None:
    with pytest.raises(Unreachable, match="the address of `live` is not one that can be called"):
        client("http://api.intercom.test")


@pytest.mark.parametrize("host", ["api.intercom.example", "api.intercom.test.example", "10.0.0.1"])
def test_a_host_that_is_not_allowed_is_refused_before_any_call(host: str) -> None:
    with pytest.raises(Unreachable, match=f"the host `{host}` of `live` is not Intercom's") as raised:
        client(f"https://{host}:8443/path")
    assert f"`allow_host: {host}`" in (raised.value.hint or "")


def test_https_asks_the_proxy_for_a_tunnel_without_the_token_and_says_when_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server() as (proxy, seen):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        made = client("https://api.intercom.test")
        with pytest.raises(
            Unreachable, match=r"`api\.intercom\.test:443` cannot be reached: the proxy"
        ) as raised:
            made.post("/tags", {"name": "vip"})
        made.close()
    assert set(seen) == {"CONNECT api.intercom.test:443 HTTP/1.1"}
    assert not raised.value.maybe_done


def test_this_machine_is_called_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    with server() as (proxy, through), server() as (here, direct):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        made = client(here)
        made.get("/me")
        made.close()
    assert through == []
    assert direct == ["GET /me HTTP/1.1"]


def test_the_embedded_workspace_is_called_directly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with server() as (proxy, seen):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        workspace = open_workspace(Target("sandbox", sandbox=tmp_path / "sandbox.db"))
        assert workspace.snapshot().identity.app_id
        workspace.close()
    assert seen == []


@pytest.mark.parametrize("proxy", ["ftp://proxy.example.com", "http://proxy.example.com:abc"])
def test_a_proxy_that_cannot_be_used_is_named_as_the_reason(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(Unreachable, match="the environment names a proxy that cannot be used"):
        client("https://api.intercom.io")


def test_certificates_that_cannot_be_read_are_named_as_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(Unreachable, match="the certificates that the environment names cannot be read"):
        client("https://api.intercom.io")


@pytest.mark.parametrize(
    ("fault", "error", "made"),
    [
        ("drop-before-accept", Unreachable, False),
        ("drop-after-accept", Unreachable, True),
        ("drop-during-answer", Unreachable, True),
        ("500-after-accept", UnexpectedResponse, True),
        ("503-html", UnexpectedResponse, False),
        ("truncated-json", UnexpectedResponse, True),
    ],
)
def test_a_fault_in_process_is_an_error_in_our_words(
    fault: str, error: type[WorkspaceError], made: bool
) -> None:
    gateway = Gateway(Sandbox(None), faults=Faults.parse([f"{fault}=call:1@POST"]))
    target = Target("sandbox", sandbox=Path("memory"))
    calls = Client(target, transport=Embedded(gateway, Path("memory")), sleep=lambda _: None)
    with pytest.raises(error) as raised:
        calls.post("/tags", {"name": "vip"})
    assert type(raised.value) is error
    assert raised.value.maybe_done
    assert "busy" not in str(raised.value)
    assert [each["name"] for each in calls.get("/tags")["data"]] == ["vip"] * made
    assert gateway.injected == {fault: 1}
    calls.close()


def test_reads_get_through_faults_in_process() -> None:
    gateway = Gateway(Sandbox(None), faults=Faults.parse(["drop-after-accept=every:2", "503-html=every:3"]))
    target = Target("sandbox", sandbox=Path("memory"))
    calls = Client(target, transport=Embedded(gateway, Path("memory")), sleep=lambda _: None)
    for _ in range(20):
        assert calls.get("/tags")["data"] == []
    assert min(gateway.injected.values()) > 5
    calls.close()


SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


@pytest.mark.parametrize("variable", [None, "PYTHONHTTPSVERIFY", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_a_self_signed_certificate_is_refused_whatever_the_environment_says(
    variable: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable is not None:
        monkeypatch.setenv(variable, "0" if variable == "PYTHONHTTPSVERIFY" else "")
    with server(SELF_SIGNED) as (url, seen):
        made = client(url.replace("http://127.0.0.1", "https://localhost"))
        with pytest.raises(Unreachable) as raised:
            made.get("/me")
        calls = made.calls
        made.close()
    where = url.replace("http://127.0.0.1", "localhost")
    said = f"`{where}` shows a certificate that is not trusted: self-signed certificate"
    assert raised.value.message == said
    assert raised.value.exit_code == 5
    assert not raised.value.maybe_done
    assert (calls, seen) == (1, [])


def test_a_certificate_that_is_named_as_trusted_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(SELF_SIGNED))
    with server(SELF_SIGNED) as (url, seen):
        made = client(url.replace("http://127.0.0.1", "https://localhost"))
        assert made.get("/me") == {}
        made.close()
    assert seen == ["GET /me HTTP/1.1"]


@pytest.mark.parametrize(
    ("where", "unused"),
    [
        ("base_url='http://127.0.0.1:9'", "intercom_iac.sandbox"),
        ("sandbox=pathlib.Path('sandbox.db')", "intercom_iac.workspace.client.network"),
    ],
)
def test_the_way_to_one_workspace_loads_nothing_of_the_other(tmp_path: Path, where: str, unused: str) -> None:
    code = (
        "import pathlib, sys\n"
        "from intercom_iac.workspace import Target, open_workspace\n"
        f"open_workspace(Target('w', {where})).close()\n"
        f"print({unused!r} in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
