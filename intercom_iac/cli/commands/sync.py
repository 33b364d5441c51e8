"""`sync`: Intercom brought in line with a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options
from ..day_options import today_option
from ..sync_options import SyncChoices, sync_options
from ..sync_output import run_sync

if TYPE_CHECKING:
    from intercom_iac.application import SyncRequest

EXAMPLES = options.examples(
    "sync contacts people.parquet --dry-run",
    "sync contacts people.csv --map plan=plan_type --map signed_up=signed_up_at:DD/MM/YYYY",
    "sync contacts \"select * from 'exports/*.parquet' where active\" --auto-approve",
    "sync companies firms.csv --mode upsert --out sync.plan",
    "sync --plan sync.plan --failed failed.ndjson",
    "sync --auto-approve --watch 300",
)


@click.command(epilog=EXAMPLES)
@sync_options
@today_option("The day to count from (default: today in the workspace).")
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def sync_command(
    project: options.ProjectOptions, request: SyncRequest, choices: SyncChoices, output: str
) -> int:
    """Bring contacts, companies or events in Intercom in line with a table.

    SOURCE is a source of the project file by its name, a file (CSV, NDJSON, Parquet), a folder or a glob of them, or
    a query. Without it, every source of that kind is read; without a kind, all that the project file declares:
    companies, then contacts, then events.

    Only properties that differ are written. What a record's key is not found by is left out, unless --mode says
    otherwise. A row that may not be sent is rejected, and the rest goes on.

    Exits with 1 when a row was rejected or a write failed, with 6 when a limit of `safety` is exceeded.
    """
    return run_sync(project, request, choices, output)
