"""`rule compile`: one rule in a target form."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from ...compile_options import target_options
from ...compiled_output import print_compiled
from ...console import print_diagnostics
from ...day_options import day_options
from ...notices import print_day
from ...options import ProjectOptions, examples, format_option, project_option, workspace_option
from ...rule_input import read_rule_argument, rule_form_option

EXAMPLES = examples(
    "rule compile 'plan_type = trial' --to search",
    "rule compile 'trial_end_date within next 3 days' --today 2026-01-31 --timezone Europe/Dublin",
    "rule compile 'segment vip and role = user' --live",
    "rule compile 'plan_type = trial' --to sql --dialect postgres",
    "rule compile --from json rule.json --to english",
)


@click.command(epilog=EXAMPLES)
@click.argument("text")
@rule_form_option
@target_options
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def compile_command(
    text: str,
    form: str,
    target: str,
    dialect: str,
    live: bool,
    zone: ZoneInfo | None,
    project: ProjectOptions,
    output: str,
) -> int:
    """Compile TEXT to Intercom's contact search, an audience, SQL, English, or its typed tree.

    With `--from json`, TEXT is the file of a typed tree, or - for standard input.

    A search query selects every member; where it selects more, `exact` is false, and `residual` decides.
    """
    from intercom_iac.application import compile_rule

    rule = read_rule_argument(project.session, text, form)
    print_diagnostics(rule.warnings)
    compiled = compile_rule(project.session, rule.predicate, target, dialect=dialect, zone=zone, live=live)
    print_diagnostics(compiled.diagnostics)
    if compiled.failed:
        return 3
    print_day(compiled.day)
    print_compiled(compiled, target, output)
    return 0
