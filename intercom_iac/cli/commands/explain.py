"""`explain`: a diagnostic code with its examples, or an object with what depends on it."""

from __future__ import annotations

import click

from ..console import echo, print_json
from ..day_options import today_option
from ..options import ProjectOptions, examples, format_option, project_option, workspace_option


@click.command(
    epilog=examples(
        "explain SPEC101", "explain attribute.contact.plan_type", "explain segment.trial_ending_soon"
    )
)
@click.argument("subject", metavar="CODE|ADDRESS")
@today_option("The day from which on rules are proved (default: today).")
@workspace_option
@project_option
@format_option("text", "json")
def explain_command(subject: str, project: ProjectOptions, output: str) -> None:
    """Explain a diagnostic code, or an object of the specs with what depends on it."""
    from intercom_iac.application import explain_code, explain_object, is_code
    from intercom_iac.reporting import code_json, code_text, object_text

    if is_code(subject):
        code = explain_code(subject)
        as_json, as_text = code_json(code), code_text(code)
    else:
        facts = explain_object(project.session, subject)
        as_json, as_text = facts, object_text(facts)
    if output == "json":
        print_json(as_json)
    else:
        echo(as_text)
