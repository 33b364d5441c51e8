"""`plan`: what apply would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from .. import options
from ..notices import print_notice
from ..plan_output import finish_plan, finish_plans, no_plan_as_markdown, print_plan, refuse_beside_all
from ..revision_options import revision_options

if TYPE_CHECKING:
    from intercom_iac.application import PlanRequest

EXAMPLES = options.examples(
    "plan",
    "plan -w production --out plan.json",
    "plan --detailed-exitcode --format markdown > comment.md",
    "plan --target attribute.contact",
    "plan --all --format markdown",
    "plan --against origin/main",
)


@click.command(epilog=EXAMPLES)
@options.workspace_option
@options.all_option
@options.target_option
@options.plan_file_option
@options.detailed_exitcode_option
@options.parallelism_option
@revision_options()
@options.full_option
@options.project_option
@options.format_option("text", "json", "markdown", "html")
def plan_command(
    project: options.ProjectOptions,
    all_workspaces: bool,
    out: Path | None,
    detailed_exitcode: bool,
    full: bool,
    output: str,
    **request: Unpack[PlanRequest],
) -> int:
    """Show what apply would do, and change nothing."""
    from intercom_iac.application import plan, plan_all

    if all_workspaces:
        refuse_beside_all(project.workspace, out, output, full=full)
        plans = plan_all(project.session, **request, notify=print_notice)
        return finish_plans(plans, output, detailed_exitcode=detailed_exitcode)
    with no_plan_as_markdown(output, project):
        made = plan(project.session, **request, notify=print_notice)
    print_plan(made, output, full=full)
    return finish_plan(made, output, out, detailed_exitcode=detailed_exitcode)
