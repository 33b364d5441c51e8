"""`sandbox`: the embedded workspace, and what a person would do in Intercom's own screens."""

from __future__ import annotations

import click

from ...lazy_commands import LazyCommands
from ...options import examples


@click.group(
    commands=LazyCommands(__name__, ("export", "reset", "seed", "segment", "serve")),
    epilog=examples("sandbox seed --people 1000", "sandbox serve --port 8080"),
)
def sandbox_command() -> None:
    """Serve, fill, export or empty the embedded workspace.

    It answers like Intercom's API 2.16 over one SQLite file; nothing leaves this machine.
    """
