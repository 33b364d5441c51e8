"""`rule relate`: how a rule stands to everybody, or two to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ...options import ProjectOptions, examples, format_option, project_option, workspace_option
from ...relate_options import proof_options
from ...relate_output import print_related

if TYPE_CHECKING:
    from intercom_iac.application import ProofRequest

EXAMPLES = examples(
    "rule relate 'plan_type is not pro or plan_type is not free'",
    "rule relate 'plan_type = trial' 'plan_type in (trial, pro)'",
    "rule relate 'signed_up_at before 2026-01-01 and signed_up_at within last 30 days' --today 2026-01-10",
    "rule relate 'segment paying' 'seats > 5' --format json",
)


@click.command(epilog=EXAMPLES)
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", required=False)
@proof_options
@workspace_option
@project_option
@format_option("text", "json", "html")
def relate_command(
    first: str, second: str | None, request: ProofRequest, project: ProjectOptions, output: str
) -> None:
    """Prove how the rule A stands to everybody, or how the rules A and B stand to each other.

    One is satisfied never, always or sometimes; two are equivalent, one narrower or wider than the other,
    overlapping or disjoint. Each relation comes with the people who show it. What cannot be proved is unknown, with
    the reason. No workspace is asked; docs/proofs.md says what is decided.
    """
    from intercom_iac.application import relate_texts

    texts = [first] if second is None else [first, second]
    print_related(relate_texts(project.session, texts, request), output)
