"""Options of a check of records."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from .options import WholeNumber

F = TypeVar("F", bound=Callable[..., Any])

# How many mistakes are printed where nobody says it; None is all of them.
_MOST_MISTAKES = {"text": 100, "json": 10_000, "ndjson": None}


def payload_options(command: F) -> F:
    """FILE, `--kind`, `--max-errors` and `--quarantine`, given to the command as `request: PayloadRequest` beside the
    format that it prints."""

    @wraps(command)
    def with_request(
        *,
        source: Path,
        kind: Any,
        max_errors: int | None,
        quarantine: Path | None,
        output: str,
        **options: Any,
    ) -> Any:
        from intercom_iac.application import PayloadRequest

        most = _MOST_MISTAKES[output] if max_errors is None else max_errors
        request = PayloadRequest(source=source, kind=kind, max_errors=most, quarantine=quarantine)
        return command(request=request, output=output, **options)

    decorated: Any = with_request
    for option in (
        click.option(
            "--quarantine",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write the invalid records there as they came, and their mistakes beside it.",
        ),
        click.option(
            "--max-errors",
            metavar="N",
            type=WholeNumber(0),
            help="How many mistakes to print; all are counted (default: 100 as text, 10,000 as json, all as ndjson).",
        ),
        click.option(
            "--kind",
            type=click.Choice(("contact", "company", "event", "boot")),
            help="What the records are; left out, each says it by its `type` or an `event_name`.",
        ),
        click.argument("source", metavar="FILE", type=click.Path(path_type=Path)),
    ):
        decorated = option(decorated)
    return decorated
