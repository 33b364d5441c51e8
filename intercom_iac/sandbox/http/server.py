"""Serving the workspace over HTTP on a port of this machine."""

import socket
import threading
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from queue import SimpleQueue

from ..network.gateway import Gateway
from ..workspace import Sandbox


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Takes a port, 0 for a free one; the default host is reachable from this machine only.

    Raises OSError where the port is taken or may not be used.
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
    origins: Collection[str] = (),
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves on what `listen` returned until SIGINT or SIGTERM, then returns; the caller closes `listener`.

    `names`: hosts (in lowercase) that requests may be for, besides this machine's own. `origins`: those of pages that
    may call the Messenger's paths, as browsers send them (`http://localhost:3000`). `on_ready` receives the base URL
    (`http://127.0.0.1:8080`) once connections are accepted. Call it from the main thread, as only that one receives
    signals.
    """
    # Here, since most users of the workspace call it in their own process and need no server.
    from .uvicorn_server import make_server

    make_server(_gateway(workspace), listener, on_ready, names, origins).run(sockets=[listener])


@contextmanager
def serving(workspace: Sandbox | Gateway, *, port: int = 0, origins: Collection[str] = ()) -> Generator[str]:
    """Serves in a thread of this process while the block runs, for tests; yields the base URL.

    `origins`: as in `serve`; read at each request, so that a page that is served later can be added to a set.
    Raises OSError where the port is taken.
    """
    from .uvicorn_server import make_server

    with listen(port) as listener:
        ready: SimpleQueue[str] = SimpleQueue()
        server = make_server(_gateway(workspace), listener, ready.put, origins=origins)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield ready.get(timeout=10)
        finally:
            server.should_exit = True
            thread.join()


def _gateway(workspace: Sandbox | Gateway) -> Gateway:
    return workspace if isinstance(workspace, Gateway) else Gateway(workspace)
