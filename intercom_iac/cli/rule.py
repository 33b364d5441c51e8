"""`rule`: one rule, ad hoc, against the specs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from .compiling import TARGETS
from .console import echo, plural, print_diagnostics, print_json
from .days import day_options, today_in
from .options import examples, format_option, project_option

if TYPE_CHECKING:
    from intercom_iac.model import Predicate


@click.group(epilog=examples("rule compile 'plan_type = trial' --to search", "rule eval --help"))
def rule() -> None:
    """Compile or evaluate one rule against the specs."""


@rule.command(
    "compile",
    epilog=examples(
        "rule compile 'plan_type = trial' --to search",
        "rule compile 'trial_end_date within next 3 days' --today 2026-01-31 --timezone Europe/Dublin",
        "rule compile 'company.plan = enterprise' --to english",
    ),
)
@click.argument("text")
@click.option("--to", "target", type=click.Choice(TARGETS), default="search", show_default=True)
@day_options
@project_option
@format_option("text", "json")
def compile_(
    text: str, target: str, today: date | None, zone: ZoneInfo, project: str | None, output: str
) -> int:
    """Compile TEXT to Intercom's contact search, an audience, English, or its typed tree.

    A search query selects every member; where it selects more, `exact` is false and `residual` is the rule
    that decides among what comes back.
    """
    from .compiling import compiled

    made = compiled(_predicate(text, project), target, today=today or today_in(zone), zone=zone)
    print_diagnostics(made.diagnostics)
    if made.failed:
        return 3
    if output == "json":
        print_json(made.data)
    else:
        echo(made.text)
    return 0


@rule.command(
    "eval",
    epilog=examples(
        "rule eval 'plan_type = trial' --contacts contacts.ndjson",
        "rule eval 'company.plan = enterprise' --contacts c.ndjson --companies o.ndjson --today 2026-01-31",
    ),
)
@click.argument("text")
@click.option(
    "--contacts", type=click.Path(path_type=Path), required=True, help="Contacts, a JSON object a line."
)
@click.option("--companies", type=click.Path(path_type=Path), help="Companies, a JSON object a line.")
@click.option("--events", type=click.Path(path_type=Path), help="Events, a JSON object a line.")
@day_options
@project_option
@format_option("text", "json")
def eval_(
    text: str,
    contacts: Path,
    companies: Path | None,
    events: Path | None,
    today: date | None,
    zone: ZoneInfo,
    project: str | None,
    output: str,
) -> None:
    """Say which contacts of a file satisfy TEXT, in the file's order.

    The objects are as Intercom's API returns them.
    """
    from intercom_iac.diagnostics import printable
    from intercom_iac.model import evaluator

    from .people import people

    holds = evaluator(_predicate(text, project), today=today or today_in(zone), zone=zone)
    members = [str(each.contact.get("id")) for each in people(contacts, companies, events) if holds(each)]
    if output == "json":
        print_json({"count": len(members), "members": members})
    else:
        for each in members:
            echo(printable(each))
        echo(plural(len(members), "member"), err=True)


def _predicate(text: str, project: str | None) -> Predicate:
    """The typed rule. Raises `InvalidSpecs` with every mistake; warnings are printed."""
    from intercom_iac.diagnostics import Excerpt, InvalidSpecs
    from intercom_iac.rules import compile_rule

    from .loading import schema_of

    schema = schema_of(project)
    predicate, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), schema)
    if predicate is None:
        raise InvalidSpecs(diagnostics)
    print_diagnostics([each for each in diagnostics if not each.is_error])
    return predicate
