"""`segment diff`: who entered and who left a segment between two moments."""

from __future__ import annotations

from typing import Unpack
from zoneinfo import ZoneInfo

import click

from ... import options
from ...day_options import day_options
from ...moment_options import MomentOptions, moment_options
from ...notices import print_notice
from ...people_output import print_membership_diff

EXAMPLES = options.examples(
    "segment diff pro_users --between monday.ndjson tuesday.ndjson",
    "segment diff trial_ending_soon --between monday.ndjson workspace",
    "segment diff trials --between old.parquet new.parquet --on 2026-01-30 2026-01-31 --format json",
)
_HAS_CHANGES = 2


@click.command(epilog=EXAMPLES)
@click.argument("key")
@moment_options
@options.detailed_exitcode_option
@options.parallelism_option
@day_options
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def diff_command(
    project: options.ProjectOptions,
    key: str,
    detailed_exitcode: bool,
    parallelism: int,
    zone: ZoneInfo | None,
    output: str,
    **moments: Unpack[MomentOptions],
) -> int:
    """Say who entered and who left the segment KEY between two exports of people, or since one of them.

    Files are those of `segment preview`. `workspace` in the place of a file is the workspace as it is now.
    """
    from intercom_iac.application import compare_members

    diff = compare_members(
        project.session, key, **moments, zone=zone, parallelism=parallelism, notify=print_notice
    )
    print_membership_diff(diff, output)
    return _HAS_CHANGES if detailed_exitcode and (diff.entered or diff.left) else 0
