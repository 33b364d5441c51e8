"""`segment publish`: who is in a published segment gets its tag or attribute, who has left it loses it."""

from __future__ import annotations

from pathlib import Path

import click

from ... import options
from ...day_options import today_option

EXAMPLES = options.examples(
    "segment publish --dry-run",
    "segment publish trial_ending_soon --auto-approve",
    "segment publish -w production --out publish.plan",
    "segment publish --plan publish.plan --format json",
)


@click.command(epilog=EXAMPLES)
@click.argument("keys", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show who enters and leaves, and write nothing.")
@click.option("--auto-approve", is_flag=True, help="Do not ask; a saved plan is never asked about.")
@options.publish_plan_option
@click.option("--plan", metavar="FILE", type=click.Path(path_type=Path), help="Write what a saved plan has.")
@options.detailed_exitcode_option
@today_option("The day to count from (default: today in the workspace).")
@options.workspace_option
@options.writes_parallelism_option
@options.project_option
@options.format_option("text", "json")
def publish_command(
    project: options.ProjectOptions,
    keys: tuple[str, ...],
    dry_run: bool,
    auto_approve: bool,
    out: Path | None,
    plan: Path | None,
    detailed_exitcode: bool,
    parallelism: int,
    output: str,
) -> int:
    """Give the members of the segments KEYS (default: all that are published so) their tag or attribute.

    Members are found by the rule, or `from` a source. Only the difference is written: who has left loses the tag, or
    has `false` in the attribute. Apply makes the tag and the attribute first.
    """
    from intercom_iac.application import PublishRequest, publish

    from ...publish_console import PublishConsole

    request = PublishRequest(
        keys=keys, dry_run=dry_run, approved=auto_approve, out=out, plan=plan, parallelism=parallelism
    )
    console = PublishConsole(output, request)
    report = publish(project.session, console, request)
    return console.finish(report, request, detailed_exitcode=detailed_exitcode)
