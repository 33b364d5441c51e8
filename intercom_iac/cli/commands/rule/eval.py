"""`rule eval`: who of the people in a file satisfies a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ... import options
from ...console import print_diagnostics
from ...day_options import day_options
from ...memory_options import evaluation_limits_options
from ...notices import print_notice
from ...people_output import print_evaluated_witnesses, print_evaluation

if TYPE_CHECKING:
    from intercom_iac.preview import Files

EXAMPLES = options.examples(
    "rule eval 'plan_type = trial' --contacts contacts.ndjson",
    "rule eval 'company.plan = enterprise' --contacts c.ndjson --companies o.ndjson --today 2026-01-31",
    "rule eval 'plan_type = trial' --witness witness.json",
)


@click.command(epilog=EXAMPLES)
@click.argument("text")
@options.people_options("JSON objects, one a line, as Intercom's API returns them")
@evaluation_limits_options
@day_options
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def eval_command(
    text: str,
    people: Files | Path,
    limit: str | None,
    zone: ZoneInfo | None,
    project: options.ProjectOptions,
    output: str,
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
        found = evaluate_rule(session, rule.predicate, people, zone=zone, memory=limit, notify=print_notice)
        print_evaluation(found, output)
