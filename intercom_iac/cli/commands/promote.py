"""`promote`: a plan for one workspace of what another one has as declared."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options
from ..notices import print_notice
from ..plan_output import finish_plan, print_plan

EXAMPLES = options.examples(
    "promote --from staging --to production",
    "promote --from staging --to production --out plan.json",
    "promote --from staging --to production --only segment.trial_ending_soon",
    "promote --from staging --to production --format markdown --detailed-exitcode",
)


@click.command(epilog=EXAMPLES)
@click.option("--from", "source", metavar="NAME", required=True, help="The workspace that has it already.")
@click.option("--to", "target", metavar="NAME", required=True, help="The workspace that the plan is for.")
@options.only_option
@options.plan_file_option
@options.detailed_exitcode_option
@options.parallelism_option
@options.full_option
@options.project_option
@options.format_option("text", "json", "markdown")
def promote_command(
    project: options.ProjectOptions,
    source: str,
    target: str,
    only: tuple[str, ...],
    out: Path | None,
    detailed_exitcode: bool,
    parallelism: int,
    full: bool,
    output: str,
) -> int:
    """Plan for one workspace what another one has as the specs declare it, and change nothing.

    A rule is promoted with all that it needs, or not at all. What is left out is listed, and so is what the first
    workspace has and the specs do not. The plan is applied as any other: `apply FILE`. People are never copied.
    """
    from intercom_iac.application import promote

    made = promote(
        project.session,
        source=source,
        target=target,
        only=only,
        parallelism=parallelism,
        notify=print_notice,
    )
    print_plan(made, output, full=full)
    return finish_plan(made, output, out, detailed_exitcode=detailed_exitcode)
