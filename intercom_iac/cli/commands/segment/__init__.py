"""`segment`: the declared segments."""

from __future__ import annotations

import click

from ...lazy_commands import LazyCommands
from ...options import examples


@click.group(
    commands=LazyCommands(__name__, ("compile", "diff", "list", "preview", "publish", "relate", "test")),
    epilog=examples(
        "segment list", "segment compile trial_ending_soon --to english", "segment publish --dry-run"
    ),
)
def segment_command() -> None:
    """List, compile, preview, compare, relate, test or publish the segments of the specs."""
