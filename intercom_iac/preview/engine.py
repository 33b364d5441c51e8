"""The sizes of segments among people in files, and how far they overlap: one pass over the contacts in DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from itertools import combinations
from typing import Any

from intercom_iac.compilers import sql
from intercom_iac.diagnostics import Misuse, require_extra
from intercom_iac.engines import DuckDBEngine, Watch, open_duckdb
from intercom_iac.model import Field, Predicate, fields_of, reads_tags, walk
from intercom_iac.model.predicate import SomeCompany

from .files import Files
from .tables import POSITION, Tables
from .tags import read_tag_names


@dataclass(frozen=True, slots=True)
class Size:
    """How many contacts a segment has; `ids` in the file's order where they were asked for."""

    key: str
    count: int
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many contacts two segments share."""

    first: str
    second: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How many contacts there are, how many of them each segment has, and how many each two share.

    `in_part`: how many contacts list only the first of the `tags` or `companies` that the rules ask for.
    """

    contacts: int
    sizes: tuple[Size, ...]
    overlaps: tuple[Overlap, ...]
    in_part: Mapping[str, int] = field(default_factory=dict[str, int])


def preview(
    rules: Mapping[str, Predicate],
    files: Files,
    *,
    today: date,
    zone: tzinfo,
    ids: bool = False,
    watch: Watch | None = None,
) -> Preview:
    """The sizes and overlaps of the rules, by their keys.

    `watch` is told now and then how far the work is. Raises `Misuse` where a file is not what it should be, and
    `MissingExtra` where DuckDB is not installed.
    """
    require_extra("preview", "a preview of people in files")
    import duckdb

    try:
        with open_duckdb(watch=watch) as connection:
            names = read_tag_names(files.tags) if any(map(reads_tags, rules.values())) else None
            tables = Tables(connection, _fields(rules.values()), names)
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
    return replace(_preview(tuple(rules), groups, members), in_part=in_part)


def required_lists(rule: Predicate) -> tuple[str, ...]:
    """Which of a contact's lists the rule asks for: `tags`, `companies`."""
    nodes = tuple(walk(rule))
    companies = any(isinstance(node, SomeCompany) for node in nodes)
    return (*(("tags",) if reads_tags(rule) else ()), *(("companies",) if companies else ()))


def _fields(rules: Iterable[Predicate]) -> list[Field]:
    found = {(field.owner, field.name): field for rule in rules for field in fields_of(rule)}
    return list(found.values())


def _flag_counts(flags: str, count: int) -> str:
    """How many contacts there are of each combination of flags."""
    columns = ["count(*)", *(f"s{at}" for at in range(count))]
    return f"select {', '.join(columns)} from ({flags}) group by all"


def _members(connection: DuckDBEngine, at: int) -> tuple[str, ...]:
    rows = connection.execute(f"select id from flagged where s{at} order by {POSITION}").fetchall()
    return tuple(contact_id for (contact_id,) in rows)


def _preview(
    keys: Sequence[str], groups: Sequence[tuple[Any, ...]], members: Mapping[str, tuple[str, ...] | None]
) -> Preview:
    sizes = dict.fromkeys(range(len(keys)), 0)
    shared = dict.fromkeys(combinations(range(len(keys)), 2), 0)
    for count, *flags in groups:
        held = [at for at, holds in enumerate(flags) if holds]
        for at in held:
            sizes[at] += count
        for pair in combinations(held, 2):
            shared[pair] += count
    return Preview(
        sum(group[0] for group in groups),
        tuple(Size(keys[at], count, members[keys[at]]) for at, count in sizes.items()),
        tuple(Overlap(keys[one], keys[other], count) for (one, other), count in shared.items()),
    )
