"""`mv`: another name for an attribute, an event or a segment."""

from __future__ import annotations

import click

from ..console import echo, plural, print_json
from ..options import ProjectOptions, examples, format_option, project_option


@click.command(
    epilog=examples(
        "mv attribute.contact.plan_type billing_plan",
        "mv segment.hot segment.hot_leads --dry-run",
        "mv event.signup event.signed_up --format json",
    )
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change, as text a diff.")
@project_option
@format_option("text", "json")
def mv_command(old: str, new: str, dry_run: bool, project: ProjectOptions, output: str) -> None:
    """Rename what stands at the address OLD, in every file of the project.

    NEW is an address of the same kind and owner, or the name alone. An attribute or an event gets a new entry behind
    the old one, which is deprecated: Intercom cannot rename it. A segment's key is renamed, and its name in Intercom
    stays. Rules, references, silences, and addresses in the project file are rewritten.
    """
    from intercom_iac.application import move, write_renamed
    from intercom_iac.reporting import renamed_json, renamed_text

    renamed = move(project.session, old, new)
    if not dry_run:
        write_renamed(project.session, renamed)
    if output == "json":
        print_json(renamed_json(renamed, written=not dry_run))
        return
    echo(renamed_text(renamed), nl=False, err=dry_run)
    if dry_run:
        from ..fix_output import print_diffs

        print_diffs(project.session.project.root, renamed.files)
    files = plural(len(renamed.files), "file")
    echo(f"{files} would change" if dry_run else f"{files} written", err=True)
