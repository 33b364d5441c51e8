"""`rule eval`: who of the people in a file satisfies a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ...console import print_diagnostics
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
from ...people_output import print_evaluated_witnesses, print_evaluation

if TYPE_CHECKING:
    from intercom_iac.preview import Files

EXAMPLES = examples(
    "rule eval 'plan_type = trial' --contacts contacts.ndjson",
    "rule eval 'company.plan = enterprise' --contacts c.ndjson --companies o.ndjson --today 2026-01-31",
    "rule eval 'plan_type = trial' --witness witness.json",
)


@click.command(epilog=EXAMPLES)
@click.argument("text")
@people_options("JSON objects, one a line, as Intercom's API returns them")
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def eval_command(
    text: str, people: Files | Path, zone: ZoneInfo | None, project: ProjectOptions, output: str
) -> None:
    """Say which contacts of a file satisfy TEXT, in the file's order.

    A witness of a proof is asked on its own day and in its own time zone.
    """
    from intercom_iac.application import evaluate_rule, evaluate_witnesses, holds_witnesses, read_rule

    session = project.session
    rule = read_rule(session, text)
    print_diagnostics(rule.warnings)
    path = people if isinstance(people, Path) else people.contacts
    if isinstance(people, Path) or holds_witnesses(path):
        found = evaluate_witnesses(session, rule.predicate, path, zone=zone, notify=print_notice)
        print_evaluated_witnesses(found, output)
    else:
        evaluation = evaluate_rule(session, rule.predicate, people, zone=zone, notify=print_notice)
        print_evaluation(evaluation, output)
