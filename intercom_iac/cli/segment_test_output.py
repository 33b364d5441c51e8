"""What comes of the tests of segments on standard output, and how the program ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from .console import echo, plural, print_json, screen_size

if TYPE_CHECKING:
    from intercom_iac.application import Session


def refuse_options(*, generate: bool, write: bool, mutation: bool, min_score: float | None) -> None:
    """Refuses options that say nothing together."""
    if generate and mutation:
        raise click.UsageError("--generate and --mutation are two things; ask for one of them")
    if write and not generate:
        raise click.UsageError("--write goes with --generate")
    if min_score is not None and not mutation:
        raise click.UsageError("--min-score goes with --mutation")


def print_tested(session: Session, keys: Sequence[str], zone: ZoneInfo | None, output: str) -> int:
    """Runs tests; 1 where one fails."""
    from intercom_iac.application import run_segment_tests
    from intercom_iac.reporting import tested_json, tested_text

    tested = run_segment_tests(session, keys, zone)
    if output == "json":
        print_json(tested_json(tested))
    else:
        echo(tested_text(tested, screen_size()[0]))
    return 1 if tested.failed else 0


def print_proposed(
    session: Session, keys: Sequence[str], zone: ZoneInfo | None, output: str, *, write: bool
) -> int:
    """Prints the tests that are missing as a diff, and writes them where asked to."""
    from intercom_iac.application import propose_segment_tests, write_segment_tests
    from intercom_iac.reporting import proposed_json, proposed_text

    proposed = propose_segment_tests(session, keys, zone)
    if write:
        write_segment_tests(session, proposed)
    if output == "json":
        print_json(proposed_json(proposed, written=write))
        return 0
    if not write:
        from .fix_output import print_diffs

        print_diffs(session.project.root, proposed.files)
    echo(proposed_text(proposed, screen_size()[0]), err=not write)
    if proposed.files:
        files = plural(len(proposed.files), "file")
        echo(f"{files} written" if write else f"{files} would change; --write writes it all", err=True)
    return 0


def print_mutations(
    session: Session, keys: Sequence[str], zone: ZoneInfo | None, output: str, *, min_score: float | None
) -> int:
    """Prints what the tests notice of mistakes; 1 where the score is below the one asked for."""
    from intercom_iac.application import mutate_segments
    from intercom_iac.reporting import mutations_json, mutations_text

    mutations = mutate_segments(session, keys, zone)
    if output == "json":
        print_json(mutations_json(mutations))
    else:
        echo(mutations_text(mutations, screen_size()[0]))
    if min_score is None or mutations.score is None or mutations.score >= min_score:
        return 0
    echo(f"{mutations.score:g}% is less than the {min_score:g}% asked for", err=True)
    return 1
