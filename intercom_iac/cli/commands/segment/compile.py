"""`segment compile`: the declared segments in a target form."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ... import options
from ...compile_options import models_folder, segment_target_options
from ...compiled_output import finish_segments, print_compiled, write_models
from ...day_options import day_options
from ...notices import print_notice

EXAMPLES = options.examples(
    "segment compile",
    "segment compile trial_ending_soon --to english",
    "segment compile --to sql --dialect bigquery --counts",
    "segment compile --to dbt --dialect snowflake --out models/intercom",
)


@click.command(epilog=EXAMPLES)
@click.argument("keys", nargs=-1)
@segment_target_options
@click.option("--counts", is_flag=True, help="One SQL statement that counts them all in one pass.")
@day_options
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def compile_command(
    keys: tuple[str, ...],
    target: str,
    dialect: str,
    live: bool,
    out: Path | None,
    counts: bool,
    zone: ZoneInfo | None,
    project: options.ProjectOptions,
    output: str,
) -> int:
    """Compile the segments KEYS (default: all that are not archived), as `rule compile` does, or to models of dbt."""
    from intercom_iac.application import compile_counts, compile_segments, compile_to_dbt

    folder = models_folder(target, out, live=live, counts=counts)
    if folder is not None:
        files = compile_to_dbt(project.session, keys, dialect=dialect, zone=zone, notify=print_notice)
        write_models(folder, files, output)
        return 0
    if counts:
        statement = compile_counts(
            project.session, keys, target, dialect=dialect, zone=zone, notify=print_notice
        )
        print_compiled(statement, target, output)
        return 0
    segments = compile_segments(
        project.session, keys, target, dialect=dialect, zone=zone, live=live, notify=print_notice
    )
    return finish_segments(segments, target, output)
