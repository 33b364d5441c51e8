"""The workspace over HTTP: a small ASGI application around `Sandbox.handle`, run by uvicorn."""

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from intercom_iac.sandbox.messages import Request
from intercom_iac.sandbox.workspace import Sandbox

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CLOSING_SECONDS = 1
"""How long open connections may finish once the server was told to stop."""


def serve(
    sandbox: Sandbox,
    host: str = "127.0.0.1",
    port: int = 8080,
    *,
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves until SIGINT or SIGTERM, then returns; port 0 takes a free one.

    `on_ready` receives the base URL (`http://127.0.0.1:8080`) once connections are accepted. The default host is
    reachable from this machine only. Raises OSError where the port is taken. Call it from the main thread, as
    only that one receives signals.
    """
    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listener.getsockname()[1]}"

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
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
            log_config=None,
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
            body += message.get("body", b"")
            more = message.get("more_body", False)
        request = Request(
            method=scope["method"],
            path=scope["raw_path"].decode("latin-1"),
            query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            headers={
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
            },
            body=body,
        )
        response = sandbox.handle(request)
        headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()
        ]
        # A 204 has no body, hence no length.
        if response.status != 204:
            headers.append((b"content-length", str(len(response.body)).encode()))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})

    return app
