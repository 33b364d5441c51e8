"""Calls to which no answer came: what happened, in words."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def never_sent(error: Exception) -> bool:
    """Whether the other side cannot have seen any of it."""
    return isinstance(error, _NEVER_SENT)


def host_and_port(url: httpx.URL) -> str:
    """`api.intercom.io:443`."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{url.port or (80 if url.scheme == 'http' else 443)}"


def lost_call_message(call: str, error: Exception) -> str:
    """`did not answer GET /me in time`."""
    if never_sent(error):
        return f"cannot be reached: {_unreachable_reason(error)}"
    if isinstance(error, httpx.TimeoutException):
        return f"did not answer {call} in time"
    if isinstance(error, httpx.NetworkError):
        return f"did not answer {call}: the connection was closed"
    return f"did not answer {call}: the connection was closed, or it does not speak HTTP"


def _unreachable_reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it could not be connected to in time"
    if isinstance(error, httpx.ProxyError):
        return "the proxy refused"
    causes = list(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "there is no address for this name"
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "the connection was refused"
    return "it could not be connected to"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
