"""The sizes of segments among people in files, and how far they overlap: one pass over the contacts in DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, tzinfo

from intercom_iac.compilers import sql
from intercom_iac.diagnostics import Misuse, require_extra
from intercom_iac.engines import Watch, open_duckdb
from intercom_iac.model import Predicate

from .counting import count_and_list_members, count_members
from .files import Files
from .limits import NO_LIMITS, EngineLimits
from .needs import Needs, refuse_columns_alike
from .sizes import Preview
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

    `watch` is told now and then how far the work is. Raises `Misuse` where a file is not what it should be or the
    memory too little, and `MissingExtra` where DuckDB is not installed.
    """
    require_extra("preview", "a preview of people in files")
    import duckdb

    needs = Needs.from_rules(rules.values())
    refuse_columns_alike(needs.fields)
    engine = limits.fit_threads()
    try:
        with open_duckdb(watch=watch, memory_limit=engine.memory, threads=engine.threads) as connection:
            names = read_tag_names(files.tags) if "tags" in needs.lists else None
            tables = Tables(connection, needs, names)
            tables.make(files)
            in_part = {name: count for name in needs.lists if (count := tables.in_part(name))}
            connection.stage = "asking the rules"
            also = (f"c.{POSITION}", "c.id") if ids else ()
            masks = sql.masks(tuple(rules.values()), connection.dialect, today=today, zone=zone, also=also)
            if ids:
                found = count_and_list_members(tuple(rules), masks, connection.rows, order=POSITION)
            else:
                found = count_members(tuple(rules), masks, connection.rows)
    except duckdb.OutOfMemoryException as error:
        raise Misuse(
            "the people do not fit into the memory that may be taken, nor where temporary files go",
            hint="raise `--memory-limit`, pass `--threads 1`, or make room for temporary files",
        ) from error
    except duckdb.Error as error:
        raise Misuse(f"the files cannot be read: {str(error).splitlines()[0]}") from error
    return replace(found, in_part=in_part)
