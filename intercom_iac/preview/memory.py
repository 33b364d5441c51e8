"""How much memory people in files take when they are read one by one, held to a limit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from intercom_iac.diagnostics import Misuse

from .files import Files
from .json.lines import line_blocks
from .limits import memory_bytes, memory_text

_ID = 200
"""Bytes that stay of each contact and company: its id and its line, so that a second one is known."""


def memory_check(limit: str, files: Files) -> Callable[[], None]:
    """What raises `Misuse` as soon as this process has taken more than the limit.

    Raises it at once where the ids alone, with what is taken already, will not fit.
    """
    most = memory_bytes(limit)
    ids = sum(_ID * _line_count(path) for path in (files.contacts, files.companies) if path is not None)
    if (least := _memory_taken() + ids) > most:
        raise Misuse(
            f"`--memory-limit {limit}` is too little: the program and the ids in the files take {memory_text(least)}",
            hint=f"allow {memory_text(2 * least)}, or count by `segment preview --ids`, which keeps less in memory",
        )

    def check() -> None:
        if _memory_taken() > most:
            raise Misuse(
                f"`--memory-limit {limit}` is reached: the rule reads more of these files than it allows",
                hint="raise it, or count by `segment preview --ids`, which puts the rest into temporary files",
            )

    return check


def _line_count(path: Path) -> int:
    """About how many lines a file has, by the first of them; none of what is no file that can be read twice."""
    if not path.is_file():
        return 0
    first = next(islice(_blocks(path), 1), None)
    return 0 if first is None else path.stat().st_size * first[0] // first[1]


def _blocks(path: Path) -> Iterator[tuple[int, int]]:
    return ((len(lines), len(text)) for _, lines, text in line_blocks(path) if text)


def _memory_taken() -> int:
    """The bytes that this process has in memory; the most that it has had, where only that is known.

    The most is no measure on Linux: a program begins with that of the one which started it.
    """
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource
        import sys

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
