"""`segment relate`: how the declared segments stand to everybody and to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ...options import ProjectOptions, examples, format_option, project_option, workspace_option
from ...relate_options import proof_options
from ...relate_output import print_related

if TYPE_CHECKING:
    from intercom_iac.application import ProofRequest

EXAMPLES = examples(
    "segment relate",
    "segment relate --format html > segments.html",
    "segment relate trial_ending_soon",
    "segment relate trial_ending_soon power_users_not_paid --today 2026-03-14",
)


@click.command(epilog=EXAMPLES)
@click.argument("keys", nargs=-1)
@proof_options
@workspace_option
@project_option
@format_option("text", "json", "html")
def relate_command(
    keys: tuple[str, ...], request: ProofRequest, project: ProjectOptions, output: str
) -> None:
    """Prove how one segment stands to everybody, how two stand to each other, or how all or several do.

    As `rule relate`, for the segments KEYS. Without any, all that are not archived are related, each to each.
    """
    from intercom_iac.application import relate_segments

    print_related(relate_segments(project.session, keys, request), output)
