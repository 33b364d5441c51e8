"""`rule`: one rule, ad hoc, against the specs."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ..compiling import predicate_of, target_options
from ..console import echo, plural, print_diagnostics, print_json
from ..days import day_options
from ..options import examples, format_option, people_options, project_option, workspace_option


@click.group(epilog=examples("rule compile 'plan_type = trial' --to search", "rule eval --help"))
def rule() -> None:
    """Compile, evaluate or look into one rule against the specs."""


@rule.command(
    "compile",
    epilog=examples(
        "rule compile 'plan_type = trial' --to search",
        "rule compile 'trial_end_date within next 3 days' --today 2026-01-31 --timezone Europe/Dublin",
        "rule compile 'company.plan = enterprise' --to english",
        "rule compile 'plan_type = trial' --to sql --dialect postgres",
    ),
)
@click.argument("text")
@target_options
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def compile_(
    text: str,
    target: str,
    dialect: str,
    today: date | None,
    zone: ZoneInfo | None,
    workspace: str | None,
    project: str | None,
    output: str,
) -> int:
    """Compile TEXT to Intercom's contact search, an audience, SQL, English, or its typed tree.

    A search query selects every member; where it selects more, `exact` is false and `residual` is the rule
    that decides among what comes back.
    """
    from ..calendar import calendar_of, tell_calendar
    from ..compiling import COUNTS_DAYS, compiled
    from ..loading import project_of

    of = project_of(project)
    predicate = predicate_of(text, of, workspace)
    asked = [predicate] if target in COUNTS_DAYS else []
    calendar = calendar_of(of, workspace, asked, today=today, zone=zone)
    made = compiled(predicate, target, dialect=dialect, today=calendar.today, zone=calendar.zone)
    print_diagnostics(made.diagnostics)
    if made.failed:
        return 3
    tell_calendar(calendar, asked)
    if output == "json":
        print_json(made.data)
    else:
        echo(made.text, exact=target == "sql")
    return 0


@rule.command(
    "eval",
    epilog=examples(
        "rule eval 'plan_type = trial' --contacts contacts.ndjson",
        "rule eval 'company.plan = enterprise' --contacts c.ndjson --companies o.ndjson --today 2026-01-31",
    ),
)
@click.argument("text")
@people_options("JSON objects, one a line, as Intercom's API returns them")
@day_options
@workspace_option
@project_option
@format_option("text", "json")
def eval_(
    text: str,
    contacts: Path,
    companies: Path | None,
    events: Path | None,
    tags: Path | None,
    today: date | None,
    zone: ZoneInfo | None,
    workspace: str | None,
    project: str | None,
    output: str,
) -> None:
    """Say which contacts of a file satisfy TEXT, in the file's order."""
    from intercom_iac.compilers import evaluator
    from intercom_iac.model import reads_tags
    from intercom_iac.preview import Files, lists_in_part, lists_read, people
    from intercom_iac.text import printable

    from ..calendar import calendar_json, calendar_of, tell_calendar
    from ..loading import project_of, warn_of_lists_in_part, warn_of_missing

    of = project_of(project)
    predicate = predicate_of(text, of, workspace)
    warn_of_missing([predicate], companies=companies, events=events)
    calendar = calendar_of(of, workspace, [predicate], today=today, zone=zone)
    tell_calendar(calendar, [predicate])
    holds = evaluator(predicate, today=calendar.today, zone=calendar.zone)
    crowd = people(Files(contacts, companies, events, tags), with_tags=reads_tags(predicate))
    asked = lists_read(predicate)
    in_part: Counter[str] = Counter()
    members: list[str] = []
    for person in crowd:
        in_part.update(name for name in lists_in_part(person.contact) if name in asked)
        if holds(person):
            members.append(str(person.contact["id"]))
    warn_of_lists_in_part(in_part)
    if output == "json":
        print_json({**calendar_json(calendar, [predicate]), "count": len(members), "members": members})
    else:
        for member in members:
            echo(printable(member))
        echo(plural(len(members), "member"), err=True)


@rule.command(
    "debug",
    epilog=examples(
        "rule debug tokens 'plan_type = trial'",
        "rule debug types 'plan_type = trial and company.size > 50'",
        "rule debug normal 'not (plan_type = trial or email is unknown)'",
    ),
)
@click.argument("stage", type=click.Choice(["tokens", "tree", "types", "normal"]))
@click.argument("text")
@workspace_option
@project_option
@format_option("text", "json")
def debug(stage: str, text: str, workspace: str | None, project: str | None, output: str) -> None:
    """Show what TEXT is at a stage on its way to being compiled.

    tokens: the words as the grammar takes them. tree: what was read, before any name is looked up. types: every
    name resolved. normal: `not` pushed down to the tests and other segments written out, as compilers take it.
    """
    from ..debugging import shown

    data, lines = shown(stage, text, project, workspace)
    if output == "json":
        print_json(data)
    else:
        echo(lines)
