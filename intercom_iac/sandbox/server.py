"""The workspace over HTTP: a small ASGI application around `Sandbox.handle`, run by uvicorn."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

from intercom_iac.sandbox.messages import Request
from intercom_iac.sandbox.workspace import Sandbox

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

ORIGIN = re.compile("^https?://[^/]*", re.IGNORECASE)


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Takes a port, 0 for a free one; the default host is reachable from this machine only.

    Raises OSError where the port is taken or may not be had.
    """
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def serve(
    sandbox: Sandbox, listener: socket.socket, *, on_ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serves on what `listen` returned until SIGINT or SIGTERM, then returns; the caller closes `listener`.

    `on_ready` receives the base URL (`http://127.0.0.1:8080`) once connections are accepted. Call it from the main
    thread, as only that one receives signals.
    """
    import uvicorn

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
        application(sandbox),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=SILENT,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
    Server(config).run(sockets=[listener])


def application(sandbox: Sandbox) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The workspace as an ASGI application."""

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
        # In a thread: a write that waits for another process must not keep everyone else waiting.
        response = await asyncio.to_thread(sandbox.handle, request)
        headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()
        ]
        # A 204 has no body, hence no length.
        if response.status != 204:
            headers.append((b"content-length", str(len(response.body)).encode()))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})

    return app
