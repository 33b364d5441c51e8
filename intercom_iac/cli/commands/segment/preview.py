"""`segment preview`: how many people each segment has, among people in files or a database."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ... import options
from ...day_options import day_options
from ...notices import print_notice
from ...people_output import print_preview, warn_of_truncated_lists
from ...preview_options import people_source_options
from ...progress_bars import progress_bars

if TYPE_CHECKING:
    from intercom_iac.preview import EngineLimits, Files, PostgresTables, SparkFiles

EXAMPLES = options.examples(
    "segment preview --contacts contacts.ndjson",
    "segment preview trial_ending_soon --contacts contacts.ndjson --ids",
    "segment preview --contacts c.parquet --companies o.parquet --today 2026-01-31 --format json",
    "segment preview --engine spark --contacts s3a://lake/contacts",
    "segment preview --database-env DATABASE_URL",
)


@click.command(epilog=EXAMPLES)
@click.argument("keys", nargs=-1)
@people_source_options
@click.option("--ids", is_flag=True, help="List the ids of the contacts; of files in their order.")
@day_options
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def preview_command(
    keys: tuple[str, ...],
    people: Files | SparkFiles | PostgresTables,
    ids: bool,
    limits: EngineLimits,
    zone: ZoneInfo | None,
    project: options.ProjectOptions,
    output: str,
) -> None:
    """Count the people of the segments KEYS (default: all not archived) in files of people or in a database.

    Where neither --timezone nor the project file says it, the workspace is asked for its time zone, and for nothing
    else. Parquet and a PostgreSQL database have the columns that docs/rules.md describes.
    """
    from intercom_iac.application import preview_segments

    with progress_bars() as bars:
        previewed = preview_segments(
            project.session, keys, people, zone, ids=ids, limits=limits, notify=print_notice, progress=bars
        )
    warn_of_truncated_lists(previewed.preview.in_part)
    print_preview(previewed, output)
