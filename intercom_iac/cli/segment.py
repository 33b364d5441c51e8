"""`segment`: the declared segments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from .compiling import target_options
from .console import echo, print_diagnostics, print_json
from .days import day_options
from .options import examples, format_option, project_option, workspace_option
from .preview import preview

if TYPE_CHECKING:
    from intercom_iac.model import Segment


@click.group(epilog=examples("segment list", "segment compile trial_ending_soon --to english"))
def segment() -> None:
    """List, compile or preview the segments of the specs."""


@segment.command("list", epilog=examples("segment list", "segment list --format json"))
@workspace_option
@project_option
@format_option("text", "json")
def list_(workspace: str | None, project: str | None, output: str) -> None:
    """List the segments: what they are called in Intercom, how they get there, what they read."""
    from intercom_iac.compilers import to_english
    from intercom_iac.model import fields_of
    from intercom_iac.text import printable

    from .loading import project_of, schema_of

    schema = schema_of(project_of(project), workspace)
    rows: list[dict[str, Any]] = [
        {
            "key": each.key,
            "address": each.address,
            "name": each.name,
            "status": each.status,
            "publish": list(each.publish),
            "rule": each.rule,
            "english": None if each.predicate is None else to_english(each.predicate),
            "reads": [] if each.predicate is None else [field.address for field in fields_of(each.predicate)],
            "owner": each.owner,
        }
        for each in schema.segments.values()
    ]
    if output == "json":
        print_json({"segments": rows})
        return
    for row in rows:
        how = ", ".join(row["publish"]) or "by hand"
        status = "" if row["status"] == "active" else f", {row['status']}"
        echo(f"{click.style(printable(row['key']), bold=True)}  {printable(row['name'])} ({how}{status})")
        if row["english"] is None:
            echo("  its rule names what the specs no longer have")
            continue
        echo(f"  {printable(row['english'])}")
        echo(f"  reads {printable(', '.join(row['reads'])) or 'no attribute'}")


@segment.command(
    "compile",
    epilog=examples(
        "segment compile",
        "segment compile trial_ending_soon --to english",
        "segment compile --to sql --dialect bigquery --counts",
    ),
)
@click.argument("keys", nargs=-1)
@target_options
@click.option("--counts", is_flag=True, help="One SQL statement that counts them all in one pass.")
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def compile_(
    keys: tuple[str, ...],
    target: str,
    dialect: str,
    counts: bool,
    today: date | None,
    zone: ZoneInfo | None,
    workspace: str | None,
    project: str | None,
    output: str,
) -> int:
    """Compile the segments KEYS (default: all that are not archived), as `rule compile` does."""
    from intercom_iac.text import printable

    from .calendar import calendar_of, tell_calendar
    from .compiling import COUNTS_DAYS, compiled
    from .loading import chosen_segments, project_of, schema_of

    of = project_of(project)
    chosen = chosen_segments(schema_of(of, workspace), keys)
    asked = [chosen_segment.typed_rule for chosen_segment in chosen] if target in COUNTS_DAYS else []
    calendar = calendar_of(of, workspace, asked, today=today, zone=zone)
    day, zone = calendar.today, calendar.zone
    tell_calendar(calendar, asked)
    if counts:
        _print_counts(chosen, target, dialect, day, zone, output)
        return 0
    made = {
        chosen_segment.key: compiled(chosen_segment.typed_rule, target, dialect=dialect, today=day, zone=zone)
        for chosen_segment in chosen
    }
    for each in made.values():
        print_diagnostics(each.diagnostics)
    if output == "json":
        print_json({key: each.data for key, each in made.items() if not each.failed})
    else:
        for key, each in made.items():
            if not each.failed:
                echo(f"{click.style(f'{printable(key)}:', bold=True)}\n{each.text}", exact=target == "sql")
    return 3 if any(each.failed for each in made.values()) else 0


def _print_counts(
    chosen: Sequence[Segment], target: str, dialect: str, today: date, zone: ZoneInfo, output: str
) -> None:
    from intercom_iac.compilers import sql
    from intercom_iac.diagnostics import Misuse

    if target != "sql":
        raise Misuse(f"`--counts` is about SQL, not about {target}", hint="pass `--to sql`")
    rules = {each.key: each.typed_rule for each in chosen}
    text = sql.counts(rules, sql.DIALECTS[dialect], today=today, zone=zone)
    if output == "json":
        print_json({"dialect": dialect, "sql": text})
    else:
        echo(text, exact=True)


segment.add_command(preview)
