"""A bound on the time of a whole exchange, whatever it is spent on: a name, a connection, headers, single bytes.

The time-outs of the HTTP library are for single reads and writes. Whoever sends a byte a second, or one
`100 Continue` after the other, never meets them.
"""

from __future__ import annotations

import math
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

_PIECE = 16 * 1024  # bytes handed to a socket before the clock is looked at again


class Deadline(threading.local):
    """When the exchange that this thread makes has to have ended; no thread makes two at once."""

    def __init__(self) -> None:
        self._ends = math.inf

    def begin(self, seconds: float) -> None:
        """An exchange begins, which may take so long."""
        self._ends = time.monotonic() + seconds

    def remaining(self, timeout: float | None, late: type[Exception]) -> float | None:
        """What is left of `timeout` seconds for one step of it. Raises `late` where no time is left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise late("the exchange does not come to an end")
        bound = min(math.inf if timeout is None else timeout, left)
        return None if bound == math.inf else bound


class BoundedNetwork(httpcore.NetworkBackend):
    """Connections whose every step ends by the deadline of its thread's exchange."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that takes one; `timeout` is for the name, and for each."""
        refusal: Exception = httpcore.ConnectError("the name has no address")
        for address in _addresses(host, port, self._deadline.remaining(timeout, httpcore.ConnectTimeout)):
            left = self._deadline.remaining(timeout, httpcore.ConnectTimeout)
            try:
                stream = self._network.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise refusal


class _BoundedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.remaining(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            left = self._deadline.remaining(timeout, httpcore.WriteTimeout)
            self._stream.write(buffer[start : start + _PIECE], left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.remaining(timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: str, port: int, seconds: float | None) -> list[str]:
    """The addresses of a name, in the system's order; its own lookup knows no time-out, so it has a thread."""
    found: list[str] = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            failed.append(error)
        else:
            found.extend(str(address[0]) for *_, address in answers)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise httpcore.ConnectError(str(failed[0])) from failed[0]
    if thread.is_alive():
        raise httpcore.ConnectTimeout("the name is not looked up in time")
    return found
