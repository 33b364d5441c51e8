"""`payload`: records that are or were sent to Intercom."""

from __future__ import annotations

import click

from ...lazy_commands import LazyCommands
from ...options import examples


@click.group(
    commands=LazyCommands(__name__, ("check",)),
    epilog=examples("payload check events.ndjson --kind event", "payload check --help"),
)
def payload_command() -> None:
    """Check records that are or were sent against the specs."""
