"""Options of a sync: what to read, how, and what may be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intercom_iac.lazy_dataclass import dataclass

from .memory_options import memory_limit_option
from .options import WholeNumber, detailed_exitcode_option, writes_parallelism_option

if TYPE_CHECKING:
    from intercom_iac.application import SyncRequest

F = TypeVar("F", bound=Callable[..., Any])

_KINDS = ("contacts", "companies", "events")
_LEAST_PAUSE, _LONGEST_PAUSE = 1, 7 * 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncChoices:
    """What is done with the plan of a sync: `out` saves it, `plan` and `retry` name files that take its place."""

    dry_run: bool
    auto_approve: bool
    detailed_exitcode: bool
    parallelism: int
    show_values: bool
    out: Path | None
    plan: Path | None
    retry: Path | None
    replace: str | None
    watch: int | None


def _mappings(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> dict[str, tuple[str, str | None]]:
    mappings: dict[str, tuple[str, str | None]] = {}
    for text in value:
        column, equals, target = text.partition("=")
        attribute, colon, shape = target.partition(":")
        if not equals or not column.strip() or not attribute.strip() or (colon and not shape.strip()):
            message = f"`{text}` maps no column; write COLUMN=ATTRIBUTE or COLUMN=ATTRIBUTE:SHAPE"
            raise click.BadParameter(message, ctx, param)
        if column in mappings:
            raise click.BadParameter(f"the column `{column}` is mapped twice", ctx, param)
        mappings[column] = (attribute, shape or None)
    return mappings


def _file(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and str(value) == "-":
        raise click.BadParameter("it is written to a file, and `-` is none", ctx, param)
    return value


def sync_options(command: F) -> F:
    """Everything of `sync` but the workspace and the format, given to the command as `request: SyncRequest` and
    `choices: SyncChoices`."""

    @wraps(command)
    def with_request(**options: Any) -> Any:
        names = [*SyncChoices.__dataclass_fields__]
        choices = SyncChoices(**{name: options.pop(name) for name in names})
        request = _request(**{name: options.pop(name) for name in _REQUESTED})
        return command(request=request, choices=choices, **options)

    decorated: Any = with_request
    for option in reversed((*_ARGUMENTS, *_READING, *_DOING)):
        decorated = option(decorated)
    return decorated


_REQUESTED = (
    *("kind", "source", "key", "mapped", "null", "mode", "cache_days", "verify", "rejects", "failed"),
    "memory_limit",
)


def _request(
    *, kind: str | None, source: str | None, mapped: dict[str, tuple[str, str | None]], **options: Any
) -> SyncRequest:
    from intercom_iac.application import SYNCED_RECORDS, SyncRequest

    if kind is not None and kind not in SYNCED_RECORDS:
        if source is not None:
            from intercom_iac.diagnostics import Misuse
            from intercom_iac.text import did_you_mean

            raise Misuse(
                f"`{kind}` is not what rows can be",
                hint=did_you_mean(kind, _KINDS) or "rows are `contacts`, `companies` or `events`",
            )
        # What the rows of a source are, the project file says as well.
        kind, source = None, kind
    record = None if kind is None else SYNCED_RECORDS[kind]
    return SyncRequest(record=record, source=source, columns=mapped, **options)


_PATH = click.Path(dir_okay=False, path_type=Path)
_ARGUMENTS = (
    click.argument("kind", metavar="[contacts|companies|events]", required=False),
    click.argument("source", metavar="[SOURCE]", required=False),
)
_READING = (
    click.option(
        "--key",
        type=click.Choice(("external_id", "email", "company_id")),
        help="What records are known by (default: external_id, else email; of companies company_id).",
    ),
    click.option(
        "--map",
        "mapped",
        metavar="COLUMN=ATTRIBUTE[:SHAPE]",
        multiple=True,
        callback=_mappings,
        help="The attribute of a column that is called otherwise, and how its values are written; repeatable.",
    ),
    click.option(
        "--null",
        type=click.Choice(("keep", "clear")),
        help="What an empty cell does to the value in Intercom (default: keep).",
    ),
    click.option(
        "--mode",
        type=click.Choice(("update_only", "upsert", "create_only")),
        help="Whether records that Intercom does not have are left out, made as well, or all that is made "
        "(default: update_only).",
    ),
    click.option(
        "--cache-days",
        metavar="DAYS",
        type=WholeNumber(0, 365),
        help="For how long what was compared is taken to be there as it was (default: 7).",
    ),
    click.option("--verify", is_flag=True, help="Read the workspace, whatever was acknowledged before."),
    memory_limit_option("What the engine may use, such as 1GB; the rest goes to temporary files."),
)
_DOING = (
    click.option("--dry-run", is_flag=True, help="Show the plan, and write nothing to Intercom."),
    click.option("--auto-approve", is_flag=True, help="Do not ask; a saved plan is never asked about."),
    writes_parallelism_option,
    click.option("--out", metavar="FILE", type=_PATH, callback=_file, help="Save the plan for --plan."),
    click.option("--plan", metavar="FILE", type=_PATH, help="Do what a saved plan says."),
    detailed_exitcode_option,
    click.option(
        "--rejects",
        metavar="FILE",
        type=_PATH,
        callback=_file,
        help="Write the rows that may not be sent there, as CSV: row, column and reason.",
    ),
    click.option(
        "--failed",
        metavar="FILE",
        type=_PATH,
        callback=_file,
        help="Write what Intercom refused there, for --retry.",
    ),
    click.option("--retry", metavar="FILE", type=_PATH, help="Send again what --failed wrote there."),
    click.option(
        "--replace",
        metavar="NEW",
        help="Copy the values of the attribute that NEW takes the place of, for those that have none of NEW.",
    ),
    click.option(
        "--watch",
        metavar="SECONDS",
        type=WholeNumber(_LEAST_PAUSE, _LONGEST_PAUSE),
        help="Do it again every so many seconds, until it is stopped.",
    ),
    click.option("--show-values", is_flag=True, help="Show values of people in samples, not masked."),
)
