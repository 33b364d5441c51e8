"""The sizes of segments among people in files, and how far they overlap: one pass over the contacts in DuckDB."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import combinations
from typing import Any

from intercom_iac.compilers import sql
from intercom_iac.model import Field, Predicate, fields_of

from .files import Files
from .tables import Tables

# What fits into one 64-bit number with a bit a segment.
_BITS = 60


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
    """How many contacts there are, how many of them each segment has, and how many each two share."""

    contacts: int
    sizes: tuple[Size, ...]
    overlaps: tuple[Overlap, ...]


def preview(
    rules: Mapping[str, Predicate],
    files: Files,
    *,
    today: date,
    zone: tzinfo,
    ids: bool = False,
    watch: Callable[[float], None] | None = None,
) -> Preview:
    """The sizes and overlaps of the rules, by their keys.

    `watch` is told now and then what part of the work under way is done, 0 to 1. Raises `Misuse` where a file is not
    what it should be.
    """
    with _connection() as connection:
        tables = Tables(_Watched(connection, watch), _fields(rules.values()))
        tables.make(files)
        also = ("c.position", "c.id") if ids else ()
        flags = sql.flags(tuple(rules.values()), sql.DIALECTS["duckdb"], today=today, zone=zone, also=also)
        if ids:
            tables.run(f"create temp table flagged as {flags}")
            flags = "from flagged"
        groups = tables.connection.execute(_grouped(flags, len(rules))).fetchall()
        members = {key: _members(connection, at) if ids else None for at, key in enumerate(rules)}
    return _counted(tuple(rules), groups, members)


def _fields(rules: Any) -> list[Field]:
    found = {(each.model, each.name): each for rule in rules for each in fields_of(rule)}
    return list(found.values())


def _grouped(flags: str, count: int) -> str:
    """How many contacts there are of each combination of flags, the flags as bits of a few numbers."""
    masks = [
        " + ".join(f"(s{at}::bigint << {at - begin})" for at in range(begin, min(begin + _BITS, count)))
        for begin in range(0, count, _BITS)
    ]
    return f"select count(*), {', '.join(masks) or 0} from ({flags}) group by all"


def _members(connection: Any, at: int) -> tuple[str, ...]:
    rows = connection.execute(f"select id from flagged where s{at} order by position").fetchall()
    return tuple(each for (each,) in rows)


def _counted(
    keys: Sequence[str], groups: Sequence[tuple[int, ...]], members: Mapping[str, tuple[str, ...] | None]
) -> Preview:
    sizes = dict.fromkeys(range(len(keys)), 0)
    shared = dict.fromkeys(combinations(range(len(keys)), 2), 0)
    for count, *masks in groups:
        held = [at for at in sizes if masks[at // _BITS] >> (at % _BITS) & 1]
        for at in held:
            sizes[at] += count
        for pair in combinations(held, 2):
            shared[pair] += count
    return Preview(
        sum(each[0] for each in groups),
        tuple(Size(keys[at], count, members[keys[at]]) for at, count in sizes.items()),
        tuple(Overlap(keys[one], keys[other], count) for (one, other), count in shared.items()),
    )


# --- DuckDB -------------------------------------------------------------------------------------------------


def _connection() -> Any:
    import duckdb

    # Nothing is fetched, and what does not fit into memory goes where temporary files go.
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": tempfile.gettempdir(),
        }
    )


class _Watched:
    """A connection whose statements are watched while they run."""

    def __init__(self, connection: Any, watch: Callable[[float], None] | None) -> None:
        self._connection = connection
        self._watch = watch

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        if self._watch is None:
            return self._connection.execute(statement, list(values))
        done = threading.Event()
        watcher = threading.Thread(target=self._tell, args=(done, self._watch), daemon=True)
        watcher.start()
        try:
            return self._connection.execute(statement, list(values))
        finally:
            done.set()
            watcher.join()

    def _tell(self, done: threading.Event, watch: Callable[[float], None]) -> None:
        while not done.wait(0.1):
            percent = self._connection.query_progress()
            if percent >= 0:
                watch(percent / 100)
