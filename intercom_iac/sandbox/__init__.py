"""An embedded Intercom workspace, API version 2.16, over one SQLite file.

It stands in for Intercom on a laptop and in CI: `Sandbox(path).handle(request)` in the same process, or `serve` over
HTTP. What it answers follows the official API description; where that is silent, a field of `Switches` or a
docstring names the assumption. It imports nothing of the rest of this package, so that a mistake about the wire
cannot hide by being made on both sides.
"""

from intercom_iac.sandbox.errors import SandboxBusyError, SandboxFileError
from intercom_iac.sandbox.messages import Request, Response
from intercom_iac.sandbox.seeding import SEEDED_DAYS, Seeded, seed
from intercom_iac.sandbox.server import listen, serve
from intercom_iac.sandbox.switches import Switches
from intercom_iac.sandbox.workspace import (
    Sandbox,
    SegmentExistsError,
    SegmentNameError,
    SegmentQueryError,
    add_segment,
    reset,
)

__all__ = [
    "SEEDED_DAYS",
    "Request",
    "Response",
    "Sandbox",
    "SandboxBusyError",
    "SandboxFileError",
    "Seeded",
    "SegmentExistsError",
    "SegmentNameError",
    "SegmentQueryError",
    "Switches",
    "add_segment",
    "listen",
    "reset",
    "seed",
    "serve",
]
