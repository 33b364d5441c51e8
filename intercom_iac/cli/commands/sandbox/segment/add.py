"""`sandbox segment add`: a segment built, which no API call can do."""

from __future__ import annotations

from pathlib import Path

import click

from ....console import echo
from ....options import examples
from ....sandbox_options import SandboxOptions, sandbox_options


@click.command(
    epilog=examples(
        'sandbox segment add "At-risk enterprise"',
        "rule compile 'plan_type = trial' --to search > trial.json",
        "sandbox segment add Trial --query trial.json",
    )
)
@click.argument("name")
@click.option(
    "--query",
    "query_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A contact search (JSON) that selects its members; without it there are none.",
)
@sandbox_options
def add_command(name: str, query_file: Path | None, sandbox: SandboxOptions) -> None:
    """Build a segment called NAME, which no API call can do.

    The query's members are counted by `GET /segments`, listed by `GET /contacts/{id}/segments` and found by a
    search on `segment_id`. A compiled rule's days are counted from the day it was compiled, and stay.
    """
    from intercom_iac.application import add_sandbox_segment, read_segment_query
    from intercom_iac.text import printable

    query = None if query_file is None else read_segment_query(query_file)
    path = sandbox.file()
    built = add_sandbox_segment(path, name, query)
    if query is not None and not query.exact:
        echo("the query selects more people than its rule: what search cannot decide is left out", err=True)
    echo(f"the segment `{printable(built)}` stands in {printable(str(path))}")
