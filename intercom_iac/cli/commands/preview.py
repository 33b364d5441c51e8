"""`segment preview`: how many people each segment has, among people in files."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ..console import echo, print_json
from ..days import day_options
from ..options import examples, format_option, people_options, project_option, workspace_option


@click.command(
    epilog=examples(
        "segment preview --contacts contacts.ndjson",
        "segment preview trial_ending_soon --contacts contacts.ndjson --ids",
        "segment preview --contacts c.parquet --companies o.parquet --today 2026-01-31 --format json",
    )
)
@click.argument("keys", nargs=-1)
@people_options("JSON objects, one a line, as Intercom's API returns them; or Parquet")
@click.option("--ids", is_flag=True, help="List the ids of the contacts, in the file's order.")
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def preview(
    keys: tuple[str, ...],
    contacts: Path,
    companies: Path | None,
    events: Path | None,
    tags: Path | None,
    ids: bool,
    today: date | None,
    zone: ZoneInfo | None,
    workspace: str | None,
    project: str | None,
    output: str,
) -> None:
    """Count the people of the segments KEYS (default: all that are not archived) in files of people.

    Where neither --timezone nor the project file says it, the workspace is asked for its time zone, and for nothing
    else. Parquet has the columns that docs/rules.md describes.
    """
    from intercom_iac.preview import Files
    from intercom_iac.preview import preview as preview_of
    from intercom_iac.reporting import preview_json, preview_text

    from ..calendar import calendar_of, tell_calendar
    from ..loading import chosen_segments, project_of, schema_of, warn_of_lists_in_part, warn_of_missing

    of = project_of(project)
    chosen = chosen_segments(schema_of(of, workspace), keys)
    rules = {chosen_segment.key: chosen_segment.typed_rule for chosen_segment in chosen}
    warn_of_missing(rules.values(), companies=companies, events=events)
    calendar = calendar_of(of, workspace, rules.values(), today=today, zone=zone)
    if calendar.problem is not None:
        # Whatever it is else, the head of the preview says it.
        tell_calendar(calendar, rules.values())
    day, zone = calendar.today, calendar.zone
    with _bars() as watch:
        found = preview_of(
            rules, Files(contacts, companies, events, tags), today=day, zone=zone, ids=ids, watch=watch
        )
    warn_of_lists_in_part(found.in_part)
    if output == "json":
        names = {chosen_segment.key: chosen_segment.name for chosen_segment in chosen}
        print_json(preview_json(found, names, today=day, timezone=zone.key))
    else:
        width = shutil.get_terminal_size().columns
        echo(preview_text(found, today=day, timezone=zone.key, width=width, blocks=_has_blocks()))


# What takes less needs no bar.
_SOON = 1.0


@contextmanager
def _bars() -> Generator[Callable[[str, float], None] | None]:
    """A progress bar a stage on standard error, where that is a terminal and the work takes its time."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]  closed
        yield None
        return
    begin = time.monotonic()
    with ExitStack() as shown:
        bar = None

        def watch(stage: str, part: float) -> None:
            nonlocal bar
            if time.monotonic() - begin < _SOON:
                return
            if bar is None or bar.label != stage:
                shown.close()
                bar = shown.enter_context(
                    click.progressbar(length=100, label=stage, file=sys.stderr, show_eta=False)
                )
            # A stage of several statements begins again with each: its bar stays where it was.
            bar.update(max(0, int(100 * part) - bar.pos))

        yield watch


def _has_blocks() -> bool:
    try:
        "█▏".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError, AttributeError):  # there is no stream where it is closed
        return False
    return True
