"""Options of `rule compile` and `segment compile`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from intercom_iac.application.rules.targets import DBT, DIALECTS, TARGETS

F = TypeVar("F", bound=Callable[..., Any])


def target_options(command: F) -> F:
    """`--to`, `--dialect` and `--live`."""
    return _options_of(TARGETS)(command)


def segment_target_options(command: F) -> F:
    """The same for segments, of which dbt's models can be made, and `--out`."""
    return _options_of((*TARGETS, DBT))(
        click.option(
            "--out",
            metavar="DIR",
            type=click.Path(file_okay=False, path_type=Path),
            help="Of dbt: the folder of the models, in the `models` of a dbt project.",
        )(command)
    )


def models_folder(target: str, out: Path | None, *, live: bool, counts: bool) -> Path | None:
    """The folder that models of dbt are written to; None for another target. Refuses what does not go together."""
    if target != DBT:
        if out is not None:
            raise click.UsageError("--out goes with --to dbt")
        return None
    for option, is_given in (("--live", live), ("--counts", counts)):
        if is_given:
            raise click.UsageError(f"{option} does not go with --to dbt")
    if out is None:
        raise click.UsageError(
            "--to dbt writes files: name their folder with --out, as in --out models/intercom"
        )
    return out


def _options_of(targets: Sequence[str]) -> Callable[[F], F]:
    return lambda command: _with_targets(command, targets)


def _with_targets(command: F, targets: Sequence[str]) -> F:
    command = click.option(
        "--live",
        is_flag=True,
        help="Of search: read the ids of segments built in Intercom from the workspace.",
    )(command)
    command = click.option(
        "--dialect",
        type=click.Choice(DIALECTS),
        default=DIALECTS[0],
        show_default=True,
        help="Of SQL and dbt; the tables it reads are those of docs/rules.md.",
    )(command)
    return click.option(
        "--to",
        "target",
        type=click.Choice(targets),
        default=TARGETS[0],
        show_default=True,
        help="What to make.",
    )(command)
