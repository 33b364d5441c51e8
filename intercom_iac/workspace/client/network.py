"""The network as a transport: through the proxy of the environment or straight, each exchange within its time."""

from __future__ import annotations

import os
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from intercom_iac.diagnostics import Unreachable
from intercom_iac.model import LOOPBACK

from .deadline import BoundedNetwork, Deadline

_FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)
_CONNECTIONS = 100
_IDLE_SECONDS = 5.0


class Network(httpx.BaseTransport):
    """Calls of one host. Certificates are read, and a proxy looked for, only where they have a say: not for plain
    http, which is for this machine."""

    def __init__(self, base_url: str, *, longest: float) -> None:
        """`longest` is for an exchange, in seconds.

        Raises `Unreachable` where the certificates or the proxy that the environment names are of no use.
        """
        self._deadline = Deadline()
        self._longest = longest
        url = httpx.URL(base_url)
        certificates = _certificates() if url.scheme == "https" else None
        with suppress(httpx.InvalidURL, ValueError, RuntimeError):
            proxy = None if url.host in LOOPBACK else _proxy(url)
            self._pool = _pool(proxy, certificates, BoundedNetwork(self._deadline))
            return
        # Not as what it came from, which may tell the password of the proxy.
        raise Unreachable(
            "the environment names a proxy that cannot be used",
            hint="check the variables `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`; a proxy is like "
            "`http://proxy.example.com:3128`",
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises what httpx does, a time-out of its own where the exchange takes too long altogether."""
        assert isinstance(request.stream, httpx.SyncByteStream)
        self._deadline.begin(self._longest)
        target = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        with _in_terms_of_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    target,
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _in_terms_of_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _in_terms_of_httpx() -> Generator[None]:
    """httpx names its failures as the library below it does."""
    try:
        yield
    except _FAILURES as error:
        kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
        raise kind(str(error)) from error


def _proxy(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy that the environment has for an https address. Raises ValueError or `InvalidURL` for a wrong one."""
    proxies = getproxies()
    named = proxies.get("https") or proxies.get("all")
    if not named or proxy_bypass(f"{url.host}:{url.port or 443}"):
        return None
    return httpx.Proxy(named if "://" in named else f"http://{named}")


def _pool(
    proxy: httpx.Proxy | None, certificates: ssl.SSLContext | None, network: httpcore.NetworkBackend
) -> httpcore.ConnectionPool:
    if proxy is None:
        return httpcore.ConnectionPool(
            ssl_context=certificates,
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=network,
        )
    url = httpcore.URL(
        scheme=proxy.url.raw_scheme,
        host=proxy.url.raw_host,
        port=proxy.url.port,
        target=proxy.url.raw_path,
    )
    if proxy.url.scheme.startswith("socks"):
        return httpcore.SOCKSProxy(
            url,
            proxy.raw_auth,
            ssl_context=certificates,
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=network,
        )
    return httpcore.HTTPProxy(
        url,
        proxy.raw_auth,
        proxy.headers.raw,
        ssl_context=certificates,
        proxy_ssl_context=certificates if proxy.url.scheme == "https" else None,
        max_connections=_CONNECTIONS,
        keepalive_expiry=_IDLE_SECONDS,
        network_backend=network,
    )


def _certificates() -> ssl.SSLContext:
    """Whom to trust: the authorities that the environment names, or those that come with httpx.

    A folder that is not there is no error to OpenSSL: it would trust nobody, and blame the other side.
    """
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        if not file and folder and not Path(folder).is_dir():
            raise NotADirectoryError(0, "it is no folder")
        return httpx.create_ssl_context()
    except OSError as error:
        named = [
            f"`{name}={os.environ[name]}`"
            for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")
            if os.environ.get(name)
        ]
        why = "it holds no certificate" if isinstance(error, ssl.SSLError) else (error.strerror or "").lower()
        raise Unreachable(
            f"the certificates that the environment names cannot be read: {why}",
            hint=f"check {' and '.join(named)}: a file in PEM format, or a folder of such files",
        ) from error
