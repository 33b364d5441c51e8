"""`drift`: what changed in the workspace behind the specs' back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options
from ..drift_options import drift_options
from ..drift_output import print_drift
from ..notices import print_notice

if TYPE_CHECKING:
    from intercom_iac.project import BaseReference

EXAMPLES = options.examples(
    "drift",
    "drift -w production --format markdown > issue.md",
    "drift --against v1.2.0 --sample 1000",
    "drift --adopt attribute.contact.plan_type",
    "drift --adopt 'attribute.contact.hs_*' segment.trials",
)


@click.command(epilog=EXAMPLES)
@options.workspace_option
@drift_options
@options.project_option
@options.format_option("text", "json", "markdown")
def drift_command(
    project: options.ProjectOptions,
    against: BaseReference | None,
    sample: int,
    adopt: tuple[str, ...],
    output: str,
) -> int:
    """Say what the workspace has otherwise than the specs of a revision.

    Specs that are not committed yet are no drift. With --adopt the specs of the files take over what the workspace
    has at these addresses, and the report is of what still differs from the files.

    Exits with 2 when something drifted, with 1 when something could not be adopted.
    """
    from intercom_iac.application import find_drift

    report = find_drift(project.session, against=against, sample=sample, adopt=adopt, notify=print_notice)
    print_drift(report, output)
    return 1 if report.not_adopted else 2 if report.drifted else 0
