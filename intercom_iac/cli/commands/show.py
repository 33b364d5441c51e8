"""`show`: a saved plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ..options import examples, format_option, full_option


@click.command(
    epilog=examples("show plan.json", "show plan.json --full", "show plan.json --format html > plan.html")
)
@click.argument("planfile", type=click.Path(path_type=Path))
@full_option
@format_option("text", "json", "markdown", "html")
def show(planfile: Path, full: bool, output: str) -> None:
    """Show the plan that `plan --out` saved in PLANFILE."""
    from intercom_iac.planning import decode

    from ..files import read_bytes
    from .plan import print_plan

    print_plan(decode(read_bytes(planfile), str(planfile)), output, full=full, now=datetime.now(UTC))
