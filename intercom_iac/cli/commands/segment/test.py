"""`segment test`: the tests of the declared segments, those they lack, and what they notice of mistakes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from ... import options
from ...day_options import today_option, zone_option
from ...segment_test_output import print_mutations, print_proposed, print_tested, refuse_options

EXAMPLES = options.examples(
    "segment test",
    "segment test trial_ending_soon --generate",
    "segment test trial_ending_soon --generate --write",
    "segment test --mutation --min-score 80 --format json",
)


@click.command(epilog=EXAMPLES)
@click.argument("keys", nargs=-1)
@click.option(
    "--generate", is_flag=True, help="Print tests of people at the edges of each clause, as a diff."
)
@click.option("--write", is_flag=True, help="With --generate: write them into the spec files.")
@click.option("--mutation", is_flag=True, help="Tell which small mistakes in the rules no test notices.")
@click.option(
    "--min-score",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="With --mutation: exit 1 where fewer of the mistakes are noticed.",
)
@today_option("The day that is today for tests that give none (default: today).")
@zone_option("the project file's, else UTC")
@options.workspace_option
@options.project_option
@options.format_option("text", "json")
def test_command(
    keys: tuple[str, ...],
    generate: bool,
    write: bool,
    mutation: bool,
    min_score: float | None,
    zone: ZoneInfo | None,
    project: options.ProjectOptions,
    output: str,
) -> int:
    """Run the tests of the segments KEYS (default: all that are not archived).

    Exits with 1 where a test fails. --generate finds people at the edges of clauses, as few as show each clause on
    both sides beside those of the tests. --mutation changes the rules by one small mistake at a time.
    """
    refuse_options(generate=generate, write=write, mutation=mutation, min_score=min_score)
    if generate:
        return print_proposed(project.session, keys, zone, output, write=write)
    if mutation:
        return print_mutations(project.session, keys, zone, output, min_score=min_score)
    return print_tested(project.session, keys, zone, output)
