"""`sandbox seed`: the embedded workspace filled."""

from __future__ import annotations

from datetime import date, datetime

import click

from ...options import WholeNumber, examples
from ...sandbox_options import SandboxOptions, sandbox_options
from ...sandbox_output import print_seeded


@click.command(epilog=examples("sandbox seed", "sandbox seed --people 10000 --seed 7"))
@click.option("--people", type=WholeNumber(0, 10_000_000), default=200, show_default=True)
@click.option(
    "--seed",
    "number",
    type=WholeNumber(),
    default=1,
    show_default=True,
    help="The same number, the same people.",
)
@click.option(
    "--today",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the people's dates are around (default: today).",
)
@sandbox_options
def seed_command(people: int, number: int, day: datetime | None, sandbox: SandboxOptions) -> None:
    """Fill it with believable people, companies and events.

    Custom attributes that the workspace has get values of their types and options. Events, their metadata and the
    tags that rules ask for are those of the specs; where these declare no event, or there is no project, the events
    are a few of our own.
    """
    from intercom_iac.application import seed_sandbox

    today = day.date() if day else date.today()  # noqa: DTZ011  the user's own day
    path = sandbox.file()
    seeded = seed_sandbox(path, sandbox.session, people=people, number=number, today=today)
    print_seeded(seeded)
