"""`sandbox segment`: what a person does about segments in Intercom's screens."""

from __future__ import annotations

import click

from ....lazy_commands import LazyCommands
from ....options import examples


@click.group(
    commands=LazyCommands(__name__, ("add",)),
    epilog=examples('sandbox segment add "At-risk enterprise"'),
)
def segment_command() -> None:
    """Stand for the person who builds segments in Intercom's screens."""
