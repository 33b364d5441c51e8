"""`apply`: does what a plan says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from .. import options
from ..apply_console import ApplyConsole
from ..revision_options import revision_options

if TYPE_CHECKING:
    from intercom_iac.application import PlanRequest

EXAMPLES = options.examples(
    "apply",
    "apply plan.json --max-age 24h",
    "apply -w staging --auto-approve",
    "apply --allow-destructive",
    "apply --against HEAD^1",
)


@click.command(epilog=EXAMPLES)
@click.argument("planfile", required=False, type=click.Path(path_type=Path))
@options.workspace_option
@options.target_option
@click.option("--auto-approve", is_flag=True, help="Do not ask; a saved plan is never asked about.")
@click.option("--allow-destructive", is_flag=True, help="Let the plan archive and delete.")
@options.max_age_option
@options.parallelism_option
@revision_options()
@options.project_option
@options.format_option("text", "json")
def apply_command(
    project: options.ProjectOptions,
    planfile: Path | None,
    auto_approve: bool,
    allow_destructive: bool,
    max_age: timedelta | None,
    output: str,
    **request: Unpack[PlanRequest],
) -> int:
    """Do what the plan in PLANFILE says, or plan now and do that.

    Changes that do not need each other are made at once. Stops at the first that fails, when those under way
    have ended, and says what was done, what failed and what was not tried. A saved plan is refused (exit 6)
    unless the specs and the workspace give just that plan now.
    """
    from intercom_iac.application import apply, read_plan_to_apply

    saved = read_plan_to_apply(planfile, workspace=project.workspace, max_age=max_age, **request)
    console = ApplyConsole(output, asks=saved is None and not auto_approve)
    leave = {"approved": auto_approve, "allow_destructive": allow_destructive}
    return console.finish(apply(project.session, console, saved=saved, **leave, **request))
