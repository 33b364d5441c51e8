"""`rule eval`: who of the people in a file satisfies a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ...console import echo, plural, print_diagnostics, print_json
from ...day_options import day_options
from ...notices import print_notice
from ...options import (
    ProjectOptions,
    examples,
    format_option,
    people_options,
    project_option,
    workspace_option,
)
from ...people_output import day_json, warn_of_truncated_lists

if TYPE_CHECKING:
    from intercom_iac.preview import Files

EXAMPLES = examples(
    "rule eval 'plan_type = trial' --contacts contacts.ndjson",
    "rule eval 'company.plan = enterprise' --contacts c.ndjson --companies o.ndjson --today 2026-01-31",
)


@click.command(epilog=EXAMPLES)
@click.argument("text")
@people_options("JSON objects, one a line, as Intercom's API returns them")
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def eval_command(
    text: str, files: Files, zone: ZoneInfo | None, project: ProjectOptions, output: str
) -> None:
    """Say which contacts of a file satisfy TEXT, in the file's order."""
    from intercom_iac.application import evaluate_rule, read_rule
    from intercom_iac.text import printable

    rule = read_rule(project.session, text)
    print_diagnostics(rule.warnings)
    evaluation = evaluate_rule(project.session, rule.predicate, files, zone=zone, notify=print_notice)
    warn_of_truncated_lists(evaluation.in_part)
    members = evaluation.members
    if output == "json":
        print_json({**day_json(evaluation.day), "count": len(members), "members": list(members)})
    else:
        for member in members:
            echo(printable(member))
        echo(plural(len(members), "member"), err=True)
