"""`segment diff`: who entered and who left a segment between two moments."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ... import options
from ...day_options import day_options, two_days_option
from ...notices import print_notice
from ...people_output import print_membership_diff

EXAMPLES = options.examples(
    "segment diff pro_users --between monday.ndjson tuesday.ndjson",
    "segment diff trial_ending_soon --between monday.ndjson workspace",
    "segment diff trials --between old.parquet new.parquet --on 2026-01-30 2026-01-31 --format json",
)


@click.command(epilog=EXAMPLES)
@click.argument("key")
@click.option(
    "--between", nargs=2, metavar="OLD NEW", required=True, help="Files of contacts, or `workspace`."
)
@click.option(
    "--companies", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="Companies."
)
@click.option("--events", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="Events.")
@click.option("--tags", metavar="FILE", type=click.Path(path_type=Path), help="The answer of GET /tags.")
@two_days_option
@options.detailed_exitcode_option
@options.parallelism_option
@day_options
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def diff_command(
    key: str,
    between: tuple[str, str],
    companies: tuple[Path, ...],
    events: tuple[Path, ...],
    tags: Path | None,
    days: tuple[date, date] | None,
    detailed_exitcode: bool,
    parallelism: int,
    zone: ZoneInfo | None,
    project: options.ProjectOptions,
    output: str,
) -> int:
    """Say who entered and who left the segment KEY between two exports of people, or since one of them.

    Files are those of `segment preview`; --companies and --events are for both, or given twice, one for each.
    `workspace` in the place of a file is the workspace as it is now.
    """
    from intercom_iac.application import compare_members

    files = {"companies": companies, "events": events}
    diff = compare_members(
        project.session, key, between, **files, tags=tags, days=days, zone=zone, parallelism=parallelism,
        notify=print_notice,
    )  # fmt: skip
    print_membership_diff(diff, output)
    return 2 if detailed_exitcode and (diff.entered or diff.left) else 0
