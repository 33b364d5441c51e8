"""The workspace over HTTP: a small ASGI application around a gateway, run by uvicorn."""

import asyncio
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from intercom_iac.sandbox.gateway import Answer, Gateway
from intercom_iac.sandbox.messages import Request
from intercom_iac.sandbox.workspace import Sandbox

if TYPE_CHECKING:
    from uvicorn import Server

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CLOSING_SECONDS = 1
"""How long open connections may finish once the server was told to stop."""


THREADS = 32
"""How many requests are answered at once: well above the writes that may be waiting for another process."""

# uvicorn tells of clients' broken requests and of those cut off by stopping, tracebacks and all, on standard error.
SILENT = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {"uvicorn": {"handlers": ["nowhere"], "propagate": False}},
}

CLOSE = "intercom_iac.close"
"""The scope's extension that closes the connection."""

PIECES = 20
"""Into how many a body that trickles is cut, at most."""

ORIGIN = re.compile("^https?://[^/]*", re.IGNORECASE)


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Takes a port, 0 for a free one; the default host is reachable from this machine only.

    Raises OSError where the port is taken or may not be had.
    """
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    # Inherited by each connection. asyncio leaves it out where a socket does not name its protocol, and then every
    # answer waits some 40 ms for the client's acknowledgement of its headers.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(
    workspace: Sandbox | Gateway, listener: socket.socket, *, on_ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serves on what `listen` returned until SIGINT or SIGTERM, then returns; the caller closes `listener`.

    `on_ready` receives the base URL (`http://127.0.0.1:8080`) once connections are accepted. Call it from the main
    thread, as only that one receives signals.
    """
    _server(workspace, listener, on_ready).run(sockets=[listener])


@contextmanager
def serving(workspace: Sandbox | Gateway, *, port: int = 0) -> Generator[str]:
    """Serves in a thread of this process while the block runs, for tests; gives the base URL.

    Raises OSError where the port is taken.
    """
    with listen(port) as listener:
        ready: SimpleQueue[str] = SimpleQueue()
        server = _server(workspace, listener, ready.put)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield ready.get(timeout=10)
        finally:
            server.should_exit = True
            thread.join()


def _server(
    workspace: Sandbox | Gateway, listener: socket.socket, on_ready: Callable[[str], None]
) -> "Server":
    import uvicorn

    from intercom_iac.sandbox.protocol import ClosingProtocol

    host, port = listener.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
            await super().startup(sockets)
            on_ready(url)

        def handle_exit(self, sig: int, frame: object) -> None:
            # uvicorn's own would raise the signal again after stopping and so end the caller too.
            self.should_exit = True

    config = uvicorn.Config(
        application(workspace if isinstance(workspace, Gateway) else Gateway(workspace)),
        http=ClosingProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=SILENT,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
    return Server(config)


def application(gateway: Gateway) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The workspace as an ASGI application; to drop a connection it needs a scope with the extension `CLOSE`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                # What came is not all of the request: it must not be taken for one.
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        request = Request(
            method=scope["method"],
            # A request line may name the whole URL, as one sent through a proxy does.
            path=ORIGIN.sub("", scope["raw_path"].decode("latin-1")),
            query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            headers={
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
            },
            body=body,
        )
        if (delay := gateway.delay(request)) > 0:
            await asyncio.sleep(delay)
        # In a thread: a write that waits for another process must not keep everyone else waiting.
        answer = await asyncio.to_thread(gateway.answer, request)
        if answer.response is not None:
            await _send(answer, send, gateway.slow_seconds)
        if answer.response is None or answer.manner == "half":
            scope["extensions"][CLOSE]()
            # Not before the connection has gone: a server answers for an application that ends without a word.
            while (await receive())["type"] != "http.disconnect":
                pass

    return app


async def _send(answer: Answer, send: Send, slow_seconds: float) -> None:
    """Sends the answer, or the half of it that is to arrive."""
    response = answer.response
    assert response is not None
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    body = response.body
    # A 204 has no body, hence no length.
    if response.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if answer.manner == "half":
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        return
    if answer.manner == "slow":
        size = -(-len(body) // PIECES)
        starts = range(0, len(body), size)
        for start in starts:
            await asyncio.sleep(slow_seconds / len(starts))
            piece = body[start : start + size]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body})
