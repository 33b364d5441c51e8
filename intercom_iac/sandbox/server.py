"""The workspace over HTTP: a small ASGI application around a gateway, run by uvicorn."""

import asyncio
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Collection, Generator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from .access import LARGEST_BODY, LARGEST_HEAD, check_framing, check_sender, has_token, too_long
from .errors import ApiError, error_response
from .gateway import Answer, Gateway
from .messages import Request, Response
from .workspace import Sandbox

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
    workspace: Sandbox | Gateway,
    listener: socket.socket,
    *,
    names: Collection[str] = (),
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves on what `listen` returned until SIGINT or SIGTERM, then returns; the caller closes `listener`.

    `names`: hosts (in lowercase) that requests may be for, besides this machine's own. `on_ready`
    receives the base URL (`http://127.0.0.1:8080`) once connections are accepted. Call it from the main thread, as
    only that one receives signals.
    """
    _server(workspace, listener, on_ready, names).run(sockets=[listener])


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
    workspace: Sandbox | Gateway,
    listener: socket.socket,
    on_ready: Callable[[str], None],
    names: Collection[str] = (),
) -> "Server":
    import uvicorn

    from .protocol import ClosingProtocol

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
        application(workspace if isinstance(workspace, Gateway) else Gateway(workspace), names),
        http=ClosingProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=SILENT,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
    return Server(config)


def application(
    gateway: Gateway, names: Collection[str] = ()
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The workspace as an ASGI application; to drop a connection it needs a scope with the extension `CLOSE`.

    `names`: as `serve` has it. Who may not ask is answered before the body is read.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        target = scope["raw_path"].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        headers = [
            (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]
        ]
        try:
            check_sender(target, headers, names)
            check_framing(f"{target}?{query}", headers)
            request = Request(
                method=scope["method"],
                # A request line may name the whole URL, as one sent through a proxy does.
                path=ORIGIN.sub("", target),
                query=dict(parse_qsl(query, keep_blank_values=True)),
                headers=dict(headers),
            )
            known = has_token(request)
            if known:
                body = await _body(receive)
                if body is None:
                    return
                request = replace(request, body=body)
        except ApiError as error:
            await _send(Answer(_early(error_response(error), headers)), send, 0)
            return
        if (delay := gateway.delay(request)) > 0:
            await asyncio.sleep(delay)
        # In a thread: a write that waits for another process must not keep everyone else waiting.
        answer = await asyncio.to_thread(gateway.answer, request)
        if answer.response is not None and not known:
            answer = replace(answer, response=_early(answer.response, headers))
        if answer.response is not None:
            await _send(answer, send, gateway.slow_seconds)
        if answer.response is None or answer.manner == "half":
            scope["extensions"][CLOSE]()
            # Not before the connection has gone: a server answers for an application that ends without a word.
            while (await receive())["type"] != "http.disconnect":
                pass

    return app


async def _body(receive: Receive) -> bytes | None:
    """What the client sends, None where it goes away before the end: that must not be taken for a request.

    Raises 413 once it is longer than `LARGEST_BODY`, declared or not.
    """
    pieces: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > LARGEST_BODY:
            raise too_long()
        more = message.get("more_body", False)
    return b"".join(pieces)


def _early(response: Response, headers: list[tuple[str, str]]) -> Response:
    """An answer to a request whose body was not read.

    The connection ends where it is not known what a client sends next: the body that it asked leave for, or another
    request; or where the request ends. Else uvicorn passes over the rest, so that the client reads the answer.
    """
    names = {name for name, _ in headers}
    unclear = "expect" in names or {"content-length", "transfer-encoding"} <= names
    return replace(response, headers={**response.headers, "connection": "close"}) if unclear else response


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
