"""`rule debug`: a rule at a stage on its way to being compiled."""

from __future__ import annotations

import click

from ...console import echo, print_diagnostics, print_json
from ...options import ProjectOptions, examples, format_option, project_option, workspace_option

EXAMPLES = examples(
    "rule debug tokens 'plan_type = trial'",
    "rule debug types 'plan_type = trial and company.size > 50'",
    "rule debug normal 'not (plan_type = trial or email is unknown)'",
)


@click.command(epilog=EXAMPLES)
@click.argument("stage", type=click.Choice(["tokens", "tree", "types", "normal"]))
@click.argument("text")
@workspace_option
@project_option
@format_option("text", "json")
def debug_command(stage: str, text: str, project: ProjectOptions, output: str) -> None:
    """Show what TEXT is at a stage on its way to being compiled.

    tokens: the words as the grammar takes them. tree: what was read, before any name is looked up. types: every
    name resolved. normal: `not` pushed down to the tests and other segments written out, as compilers take it.
    """
    from intercom_iac import application

    if stage == "tokens":
        view = application.view_tokens(text)
    elif stage == "tree":
        view = application.view_syntax(text)
    else:
        rule = application.read_rule(project.session, text)
        print_diagnostics(rule.warnings)
        show = application.view_types if stage == "types" else application.view_normal_form
        view = show(rule.predicate)
    if output == "json":
        print_json(view.data)
    else:
        echo(view.text)
