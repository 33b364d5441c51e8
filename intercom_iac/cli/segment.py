"""`segment`: the declared segments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from .compiling import TARGETS
from .console import echo, print_diagnostics, print_json
from .days import day_options, today_in
from .options import examples, format_option, project_option

if TYPE_CHECKING:
    from intercom_iac.model import Schema, Segment


@click.group(epilog=examples("segment list", "segment compile trial_ending_soon --to english"))
def segment() -> None:
    """List or compile the segments of the specs."""


@segment.command("list", epilog=examples("segment list", "segment list --format json"))
@project_option
@format_option("text", "json")
def list_(project: str | None, output: str) -> None:
    """List the segments: what they are called in Intercom, how they get there, what they read."""
    from intercom_iac.diagnostics import printable
    from intercom_iac.model import fields_of
    from intercom_iac.rules import english

    from .loading import schema_of

    schema = schema_of(project)
    rows: list[dict[str, Any]] = [
        {
            "key": each.key,
            "address": each.address,
            "name": each.name,
            "status": each.status,
            "publish": list(each.publish),
            "rule": each.rule,
            "english": english(each.predicate),
            "reads": [field.address for field in fields_of(each.predicate)],
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
        echo(f"  {printable(row['english'])}")
        echo(f"  reads {printable(', '.join(row['reads'])) or 'no attribute'}")


@segment.command(
    "compile", epilog=examples("segment compile", "segment compile trial_ending_soon --to english")
)
@click.argument("keys", nargs=-1)
@click.option("--to", "target", type=click.Choice(TARGETS), default="search", show_default=True)
@day_options
@project_option
@format_option("text", "json")
def compile_(
    keys: tuple[str, ...],
    target: str,
    today: date | None,
    zone: ZoneInfo,
    project: str | None,
    output: str,
) -> int:
    """Compile the segments KEYS (default: all that are not archived), as `rule compile` does."""
    from .compiling import compiled
    from .loading import schema_of

    schema = schema_of(project)
    day = today or today_in(zone)
    made = {
        each.key: compiled(each.predicate, target, today=day, zone=zone) for each in _chosen(schema, keys)
    }
    for each in made.values():
        print_diagnostics(each.diagnostics)
    if output == "json":
        print_json({key: each.data for key, each in made.items()})
    else:
        for key, each in made.items():
            if not each.failed:
                echo(f"{click.style(f'{key}:', bold=True)}\n{each.text}")
    return 3 if any(each.failed for each in made.values()) else 0


def _chosen(schema: Schema, keys: Sequence[str]) -> list[Segment]:
    from intercom_iac.diagnostics import Misuse, did_you_mean

    for key in keys:
        if key not in schema.segments:
            hint = did_you_mean(key, schema.segments) or "`segment list` shows them"
            raise Misuse(f"the specs have no segment `{key}`", hint=hint)
    wanted = keys or [each.key for each in schema.segments.values() if each.status != "archived"]
    return [schema.segments[key] for key in wanted]
