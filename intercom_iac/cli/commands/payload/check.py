"""`payload check`: what is wrong with records that are or were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ...day_options import today_option
from ...options import ProjectOptions, examples, format_option, project_option, workspace_option
from ...payload_options import payload_options
from ...payload_output import print_payload_check

if TYPE_CHECKING:
    from intercom_iac.application import PayloadRequest

EXAMPLES = examples(
    "payload check events.ndjson --kind event",
    "payload check contacts.csv.gz --kind contact --quarantine invalid.csv",
    "payload check companies.parquet --kind company --format json",
    "payload check - --max-errors 5 < sent.ndjson.zst",
)


@click.command(epilog=EXAMPLES)
@payload_options
@today_option("The day after which dates lie in the future (default: today).")
@workspace_option
@project_option
@format_option("text", "json", "ndjson")
def check_command(project: ProjectOptions, request: PayloadRequest, output: str) -> int:
    """Check the records of FILE, or of standard input for -, against the specs.

    JSON objects one a line, a JSON array, CSV and Parquet, also in gzip or zstd. Exits 1 where a record is invalid.
    """
    return print_payload_check(project, request, output)
