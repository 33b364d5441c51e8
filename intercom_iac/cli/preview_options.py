"""Where the people of a preview are: files that DuckDB or Spark reads, or a PostgreSQL database."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from .day_options import zone_option
from .memory_options import memory_limit_option, threads_option

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from intercom_iac.preview import Files, PostgresTables, SparkFiles

F = TypeVar("F", bound=Callable[..., Any])

_FORM = "JSON objects, one a line, as Intercom's API returns them; or Parquet"


def people_source_options(command: F) -> F:
    """`--contacts`, `--companies`, `--events`, `--tags` with `--engine`, or `--database-env` with
    `--database-schema`: given to the command as `people`; `--memory-limit` and `--threads` as `limits`."""
    return _people_options(_limits_options(command), required=True)


class PeopleToCount(TypedDict):
    """Where people are counted, None for nowhere, and in which time zone."""

    people: Files | SparkFiles | PostgresTables | None
    zone: ZoneInfo | None


def people_to_count_options(command: F) -> F:
    """The same, given to the command as `people`, None where none of them says where people are; and `--timezone`."""
    return _people_options(zone_option("the project file's, else UTC")(command), required=False)


def _limits_options(command: F) -> F:
    @wraps(command)
    def with_limits(*, memory_limit: str | None, threads: int | None, **options: Any) -> Any:
        from intercom_iac.preview import EngineLimits

        return command(limits=EngineLimits(memory=memory_limit, threads=threads), **options)

    threads_help = "How many threads the engine works with (default: one for each processor)."
    memory_help = "What the engine may use, such as 1GB; the rest goes to temporary files."
    decorated: Any = threads_option(threads_help)(with_limits)
    return memory_limit_option(memory_help)(decorated)


def _people_options(command: F, *, required: bool) -> F:
    @wraps(command)
    def with_people(
        *,
        contacts: str | None,
        companies: str | None,
        events: str | None,
        tags: str | None,
        engine: str,
        database_env: str | None,
        database_schema: str | None,
        **options: Any,
    ) -> Any:
        files = {"contacts": contacts, "companies": companies, "events": events, "tags": tags}
        if database_env is not None:
            given = [f"--{name}" for name, path in files.items() if path is not None]
            if engine == "spark":
                given.append("--engine spark")
            return command(people=_tables(database_env, database_schema, given), **options)
        if not required and not any(files.values()) and engine == "duckdb" and database_schema is None:
            return command(people=None, **options)
        return command(people=_files(files, engine, database_schema), **options)

    decorated: Any = with_people
    for option in reversed(_options()):
        decorated = option(decorated)
    return decorated


def _options() -> list[Callable[[Any], Any]]:
    listed = [
        click.option(f"--{name}", metavar="FILE", help=f"{name.capitalize()}: {_FORM}.")
        for name in ("contacts", "companies", "events")
    ]
    return [
        *listed,
        click.option(
            "--tags",
            metavar="FILE",
            help="The answer of GET /tags, for rules over tags: contacts list theirs by id alone.",
        ),
        click.option(
            "--engine",
            type=click.Choice(["duckdb", "spark"]),
            default="duckdb",
            show_default=True,
            help="What reads the files: DuckDB in this process, or Spark, which reads Parquet from anywhere.",
        ),
        click.option(
            "--database-env",
            metavar="NAME",
            help="Count in a PostgreSQL database instead: the environment variable that holds its address.",
        ),
        click.option(
            "--database-schema",
            metavar="NAME",
            help="The schema of the database's tables, where the search path does not lead to them.",
        ),
    ]


def _tables(variable: str, schema: str | None, given: list[str]) -> PostgresTables:
    """Raises `Misuse` for options that say otherwise, and for a variable that is not set."""
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.preview import PostgresTables

    if given:
        raise Misuse(f"`--database-env` and `{given[0]}` cannot be used together")
    address = os.environ.get(variable)
    if not address:
        raise Misuse(
            f"the environment variable `{variable}` is not set",
            hint="it holds the address of the database, such as postgresql://HOST/NAME",
        )
    return PostgresTables(address=address, variable=variable, schema=schema)


def _files(files: dict[str, str | None], engine: str, schema: str | None) -> Files | SparkFiles:
    """Raises `Misuse` for options that do not go together, or where there is no file of contacts."""
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.preview import Files, SparkFiles

    contacts, companies, events, tags = (files[name] for name in ("contacts", "companies", "events", "tags"))
    if schema is not None:
        raise Misuse("`--database-schema` is for `--database-env`")
    if contacts is None:
        raise Misuse(
            "missing option `--contacts`",
            hint="pass `--contacts FILE`, or `--database-env NAME` for people in PostgreSQL",
        )
    if engine == "duckdb":
        paths = [None if path is None else Path(path) for path in (companies, events, tags)]
        return Files(Path(contacts), *paths)
    if tags is not None:
        raise Misuse("`--tags` is for JSON: Parquet lists the names of tags in the column `tags`")
    return SparkFiles(contacts, companies, events)
