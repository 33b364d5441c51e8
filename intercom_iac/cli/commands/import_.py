"""`import`: specs for what a workspace has, or for what another tool's tracking plan says."""

from __future__ import annotations

import click

from ..import_options import ImportOptions, import_options
from ..import_output import print_import
from ..options import ProjectOptions, examples, format_option, project_option, workspace_option
from ..survey_progress import survey_progress


@click.command(
    epilog=examples(
        "import -w production --dry-run",
        "import -w production",
        "import --only 'attribute.company' --into specs/companies",
        "import --from tracking-plan.json --prefix app_",
        "import --from plans/*.json --format json",
    )
)
@import_options
@click.option("--dry-run", is_flag=True, help="Show what would be written, as a diff, and write nothing.")
@workspace_option
@project_option
@format_option("text", "json")
def import_command(asked: ImportOptions, project: ProjectOptions, dry_run: bool, output: str) -> int:
    """Write specs for what a workspace has and the specs lack, or for other tools' tracking plans.

    Comments and entries that are there stay as they are; what differs is listed. Nothing is changed in Intercom: a
    token that only reads is enough.
    """
    from intercom_iac.application import import_proposal, import_workspace, propose_from_files

    session = project.session
    if asked.files:
        proposal = propose_from_files(
            asked.files,
            source_format=asked.source_format,
            prefix=asked.prefix,
            only=asked.only,
            except_=asked.except_,
            min_volume=asked.min_volume,
            naming=session.project.settings.naming,
        )
        imported = import_proposal(session, proposal, asked.request())
    else:
        with survey_progress() as notify:
            imported = import_workspace(session, asked.request(), people=asked.sample, notify=notify)
    print_import(session, imported, output, dry_run=dry_run, updated=asked.update)
    return 0
