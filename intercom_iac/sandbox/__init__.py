"""An embedded Intercom workspace, API version 2.16, over one SQLite file.

It stands in for Intercom on a laptop and in CI: `Sandbox(path).handle(request)` in the same process, or `serve` over
HTTP; a `Gateway` before it adds a rate limit, latency and faults. What it answers follows the official API
description; where that is silent, a field of `Switches` or a docstring names the assumption. It imports nothing of
the rest of this package, so that a mistake about the wire cannot hide by being made on both sides.
"""

from .administration import (
    SegmentExistsError,
    SegmentNameError,
    SegmentQueryError,
    add_segment,
    end_scroll,
    reset,
)
from .http.server import listen, serve, serving
from .network.behaviour import Behaviour
from .network.faults import KINDS, Dropped, Fault, Faults
from .network.gateway import Gateway
from .network.latency import Latency
from .rate_limit import RateLimit
from .seeding.declarations import Declared, DeclaredEvent, DeclaredKey
from .seeding.filling import SEEDED_DAYS, Seeded, seed
from .settings.parsing import SettingError, with_switches
from .settings.switches import Switches
from .storage.errors import SandboxBusyError, SandboxDiskError, SandboxFileError
from .wire.messages import Request, Response
from .workspace import DEFAULT_TIMEZONE, Sandbox

__all__ = [
    "DEFAULT_TIMEZONE",
    "KINDS",
    "SEEDED_DAYS",
    "Behaviour",
    "Declared",
    "DeclaredEvent",
    "DeclaredKey",
    "Dropped",
    "Fault",
    "Faults",
    "Gateway",
    "Latency",
    "RateLimit",
    "Request",
    "Response",
    "Sandbox",
    "SandboxBusyError",
    "SandboxDiskError",
    "SandboxFileError",
    "Seeded",
    "SegmentExistsError",
    "SegmentNameError",
    "SegmentQueryError",
    "SettingError",
    "Switches",
    "add_segment",
    "end_scroll",
    "listen",
    "reset",
    "seed",
    "serve",
    "serving",
    "with_switches",
]
