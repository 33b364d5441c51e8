"""`rule`: one rule, ad hoc, against the specs."""

from __future__ import annotations

import click

from ...lazy_commands import LazyCommands
from ...options import examples


@click.group(
    commands=LazyCommands(__name__, ("compile", "debug", "eval", "relate")),
    epilog=examples("rule compile 'plan_type = trial' --to search", "rule eval --help"),
)
def rule_command() -> None:
    """Compile, evaluate, relate or look into rules against the specs."""
