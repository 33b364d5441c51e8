"""The sizes of segments among people in files, and how far they overlap: one pass over the contacts in DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, tzinfo

from intercom_iac.compilers import sql
from intercom_iac.diagnostics import Misuse, require_extra
from intercom_iac.engines import DuckDBEngine, Watch, open_duckdb
from intercom_iac.model import Field, Predicate, fields_of, reads_tags, walk
from intercom_iac.model.predicate import SomeCompany

from .files import Files
from .limits import NO_LIMITS, EngineLimits
from .sizes import Preview, sum_groups
from .tables import POSITION, Tables
from .tags import read_tag_names


def preview(
    rules: Mapping[str, Predicate],
    files: Files,
    *,
    today: date,
    zone: tzinfo,
    ids: bool = False,
    limits: EngineLimits = NO_LIMITS,
    watch: Watch | None = None,
) -> Preview:
    """The sizes and overlaps of the rules, by their keys.

    `watch` is told now and then how far the work is. Raises `Misuse` where a file is not what it should be, and
    `MissingExtra` where DuckDB is not installed.
    """
    require_extra("preview", "a preview of people in files")
    import duckdb

    try:
        with open_duckdb(watch=watch, memory_limit=limits.memory, threads=limits.threads) as connection:
            names = read_tag_names(files.tags) if any(map(reads_tags, rules.values())) else None
            tables = Tables(connection, distinct_fields(rules.values()), names)
            tables.make(files)
            asked = dict.fromkeys(name for rule in rules.values() for name in required_lists(rule))
            in_part = {name: count for name in asked if (count := tables.in_part(name))}
            connection.stage = "asking the rules"
            also = (f"c.{POSITION}", "c.id") if ids else ()
            flags = sql.flags(
                tuple(rules.values()), sql.DIALECTS["duckdb"], today=today, zone=zone, also=also
            )
            if ids:
                connection.execute(f"create temp table flagged as {flags}")
                flags = "from flagged"
            groups = connection.execute(_flag_counts(flags, len(rules))).fetchall()
            members = {key: _members(connection, at) if ids else None for at, key in enumerate(rules)}
    except duckdb.Error as error:
        raise Misuse(f"the files cannot be read: {str(error).splitlines()[0]}") from error
    return replace(sum_groups(tuple(rules), groups, members), in_part=in_part)


def required_lists(rule: Predicate) -> tuple[str, ...]:
    """Which of a contact's lists the rule asks for: `tags`, `companies`."""
    nodes = tuple(walk(rule))
    companies = any(isinstance(node, SomeCompany) for node in nodes)
    return (*(("tags",) if reads_tags(rule) else ()), *(("companies",) if companies else ()))


def distinct_fields(rules: Iterable[Predicate]) -> list[Field]:
    """The fields that the rules read, each once."""
    found = {(field.owner, field.name): field for rule in rules for field in fields_of(rule)}
    return list(found.values())


def _flag_counts(flags: str, count: int) -> str:
    """How many contacts there are of each combination of flags."""
    columns = ["count(*)", *(f"s{at}" for at in range(count))]
    return f"select {', '.join(columns)} from ({flags}) group by all"


def _members(connection: DuckDBEngine, at: int) -> tuple[str, ...]:
    rows = connection.execute(f"select id from flagged where s{at} order by {POSITION}").fetchall()
    return tuple(contact_id for (contact_id,) in rows)
