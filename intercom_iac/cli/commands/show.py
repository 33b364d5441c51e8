"""`show`: a saved plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ..options import examples, format_option, full_option
from ..plan_output import print_plan


@click.command(
    epilog=examples("show plan.json", "show plan.json --full", "show plan.json --format html > plan.html")
)
@click.argument("planfile", type=click.Path(path_type=Path))
@full_option
@format_option("text", "json", "markdown", "html")
def show_command(planfile: Path, full: bool, output: str) -> None:
    """Show the plan that `plan --out` saved in PLANFILE."""
    from intercom_iac.application import read_plan

    print_plan(read_plan(planfile), output, full=full, now=datetime.now(UTC))
