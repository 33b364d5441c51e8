"""`drift`: what changed in the workspace behind the specs' back."""

from __future__ import annotations

import click

from .. import options
from ..drift_output import print_drift
from ..notices import print_notice

EXAMPLES = options.examples(
    "drift",
    "drift -w production --format markdown > issue.md",
    "drift --against v1.2.0 --sample 1000",
    "drift --adopt attribute.contact.plan_type",
    "drift --adopt attribute.contact.country segment.trials",
)


@click.command(epilog=EXAMPLES)
@options.workspace_option
@click.option(
    "--against",
    metavar="REV",
    help="The revision whose specs hold; a path such as `.` is a folder  [default: HEAD]",
)
@click.option(
    "--sample",
    metavar="N",
    type=options.WholeNumber(0, 100_000),
    default=0,
    show_default=True,
    help="How many people to read: for events that nobody declared, and for renames under way.",
)
@click.option(
    "--adopt",
    metavar="ADDRESS",
    multiple=True,
    help="Write what the workspace has there into the specs; repeatable, and more addresses may follow.",
)
@click.argument("more", metavar="[ADDRESS]...", nargs=-1)
@options.project_option
@options.format_option("text", "json", "markdown")
def drift_command(
    project: options.ProjectOptions,
    against: str | None,
    sample: int,
    adopt: tuple[str, ...],
    more: tuple[str, ...],
    output: str,
) -> int:
    """Say what the workspace has otherwise than the specs of a revision.

    Specs that are not committed yet are no drift. With --adopt the specs of the files take over what the workspace
    has at these addresses, and the report is of what still differs from the files.

    Exits with 2 when something drifted, with 1 when something could not be adopted.
    """
    from intercom_iac.application import find_drift
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.project import parse_against

    if more and not adopt:
        raise Misuse("`drift` takes no addresses by themselves", hint=f"`drift --adopt {more[0]}` adopts one")
    base = None if against is None else parse_against(against)
    report = find_drift(
        project.session, against=base, sample=sample, adopt=(*adopt, *more), notify=print_notice
    )
    print_drift(report, output)
    return 1 if report.not_adopted else 2 if report.drifted else 0
