"""The live side: one `Workspace` protocol, Intercom's API behind it, and the embedded workspace behind that.

`transport` is the only module of the project that may import the sandbox; what a person does in Intercom's own
screens is done to the embedded one through it.
"""

from collections.abc import Callable

from .client import PARALLELISM, Client
from .exporting import everybody
from .http import HttpWorkspace
from .protocol import Workspace
from .target import Target, Token
from .timezone import read_timezone
from .transport import add_embedded_segment, reset_embedded, seed_embedded, serve_embedded


def open_workspace(
    target: Target, *, parallelism: int = PARALLELISM, on_wait: Callable[[str], None] | None = None
) -> HttpWorkspace:
    """The workspace of a target, for so many calls at once; no call is made yet. Close it when done.

    `on_wait` is told, in words and by another thread, of calls that take long.
    """
    return HttpWorkspace(target, Client(target, parallelism=parallelism, on_wait=on_wait))


__all__ = [
    "PARALLELISM",
    "Client",
    "HttpWorkspace",
    "Target",
    "Token",
    "Workspace",
    "add_embedded_segment",
    "everybody",
    "open_workspace",
    "read_timezone",
    "reset_embedded",
    "seed_embedded",
    "serve_embedded",
]
