"""`segment`: the declared segments."""

from __future__ import annotations

import click

from ...lazy_commands import LazyCommands
from ...options import examples


@click.group(
    commands=LazyCommands(__name__, ("compile", "list", "preview")),
    epilog=examples("segment list", "segment compile trial_ending_soon --to english"),
)
def segment_command() -> None:
    """List, compile or preview the segments of the specs."""
