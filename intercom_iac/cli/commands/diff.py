"""`diff`: two live workspaces compared."""

from __future__ import annotations

import click

from .. import options
from ..console import echo, print_json, screen_size
from ..notices import print_notice

_DIFFERENT = 2

EXAMPLES = options.examples(
    "diff -w staging -w production",
    "diff -w staging -w production --only attribute.contact",
    "diff -w staging -w production --only 'plan_*' --format json",
    "diff -w staging -w production --detailed-exitcode",
)


@click.command(epilog=EXAMPLES)
@click.option(
    "-w",
    "--workspace",
    "workspaces",
    metavar="NAME",
    multiple=True,
    help="A workspace of the project file; given twice, for the two that are compared.",
)
@options.only_option
@options.detailed_exitcode_option
@options.parallelism_option
@options.project_option
@options.format_option("text", "json", "markdown")
def diff_command(
    project: options.ProjectOptions,
    workspaces: tuple[str, ...],
    only: tuple[str, ...],
    detailed_exitcode: bool,
    parallelism: int,
    output: str,
) -> int:
    """Compare two live workspaces: what one of them has alone, and what they have otherwise.

    Reads only. Things are the same by their names, never by their ids; the specs are not asked.
    """
    from intercom_iac.application import diff_workspaces
    from intercom_iac.reporting import workspace_diff_json, workspace_diff_markdown, workspace_diff_text

    diff = diff_workspaces(
        project.session, workspaces, only=only, parallelism=parallelism, notify=print_notice
    )
    if output == "json":
        print_json(workspace_diff_json(diff))
    elif output == "markdown":
        echo(workspace_diff_markdown(diff), nl=False)
    else:
        echo(workspace_diff_text(diff, screen_size()[0]))
    return _DIFFERENT if detailed_exitcode and diff.differences.differ else 0
