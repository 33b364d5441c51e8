"""The live side: one `Workspace` protocol, Intercom's API behind it, and the embedded workspace behind that.

`transport` is the only module of the project that may import the sandbox; what a person does in Intercom's own
screens is done to the embedded one through it.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .client import PARALLELISM, Client
    from .exporting import everybody
    from .http import HttpWorkspace
    from .opening import open_workspace
    from .protocol import Workspace
    from .target import Target, Token
    from .timezone import read_timezone
    from .transport import add_embedded_segment, reset_embedded, seed_embedded, serve_embedded

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

__getattr__ = lazy_names(
    __name__,
    {
        "client": ["PARALLELISM", "Client"],
        "exporting": ["everybody"],
        "http": ["HttpWorkspace"],
        "opening": ["open_workspace"],
        "protocol": ["Workspace"],
        "target": ["Target", "Token"],
        "timezone": ["read_timezone"],
        "transport": ["add_embedded_segment", "reset_embedded", "seed_embedded", "serve_embedded"],
    },
)
