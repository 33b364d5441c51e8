"""uvicorn, set up to run the application."""

import asyncio
import socket
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor

import uvicorn

from ..network.gateway import Gateway
from .access import LARGEST_HEAD
from .application import application
from .connection import Connection

CLOSING_SECONDS = 1
"""How long open connections may finish after the server is asked to stop."""

ANSWERING_THREADS = 32
"""How many requests are answered at once: well above the writes that may be waiting for another process."""

# uvicorn logs clients' broken requests and those cut off by stopping, with tracebacks, to standard error.
SILENT_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {"uvicorn": {"handlers": ["nowhere"], "propagate": False}},
}


class Server(uvicorn.Server):
    """uvicorn's server, which calls `on_ready` with the base URL, and returns after SIGINT and SIGTERM."""

    def __init__(self, config: uvicorn.Config, url: str, on_ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._url = url
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to accept connections."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(ANSWERING_THREADS))
        await super().startup(sockets)
        self._on_ready(self._url)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Stops; uvicorn's own method would also raise the signal again afterwards, and so end the caller."""
        self.should_exit = True


def make_server(
    gateway: Gateway,
    listener: socket.socket,
    on_ready: Callable[[str], None],
    names: Collection[str] = (),
    origins: Collection[str] = (),
) -> Server:
    """A server of the gateway for `listener`; the arguments are those of `server.serve`."""
    host, port = listener.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config = uvicorn.Config(
        application(gateway, names, origins),
        http=Connection,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=SILENT_LOGGING,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
    return Server(config, url, on_ready)
