"""Whole programs side by side: processor time and peak memory of each, and the ratio of each pair of runs.

Whoever imports this imports nothing large: the peak of a program begins with that of the one that started it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

SCRIPT = str(Path(sys.executable).with_name("intercom-iac"))
NOTHING = (sys.executable, "-c", "pass")
_ROWS = "BENCHMARK_ROWS"
_MB = 1024  # the kernel counts in KB


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program: processor and real time in seconds, peak memory in MB."""

    processor: float
    real: float
    memory: float


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a ratio may be, and in MB the memory; None asks nothing."""

    ratio: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: the work, what it is measured against, the ratios of the pairs and the memory in MB."""

    work: str
    against: str
    ratios: tuple[float, ...]
    goal: Goal
    memory: float | None = None
    figures: str = ""

    @property
    def is_met(self) -> bool:
        too_slow = self.goal.ratio is not None and median(self.ratios) > self.goal.ratio
        too_large = self.goal.memory is not None and (self.memory or 0) > self.goal.memory
        return not too_slow and not too_large

    @property
    def measured(self) -> str:
        parts = [ratio_text(self.ratios)] if self.ratios else []
        parts += [] if self.memory is None else [memory_text(self.memory)]
        return ", ".join([*parts, *([self.figures] if self.figures else [])])

    @property
    def goal_text(self) -> str:
        parts = [] if self.goal.ratio is None else [f"{self.goal.ratio:g}x"]
        parts += [] if self.goal.memory is None else [memory_text(self.goal.memory)]
        return ", ".join([*parts, *([] if self.is_met else ["missed"])])


def memory_text(megabytes: float) -> str:
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.0f} MB"


def ratio_text(ratios: Sequence[float]) -> str:
    """The median, and from where to where where these are far from each other."""
    middle, low, high = median(ratios), min(ratios), max(ratios)
    return f"{middle:.2f}x" + (f" ({low:.2f} to {high:.2f})" if high > 1.1 * low else "")


def run(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None, codes: Sequence[int] = (0,)
) -> Run:
    """Runs a program to its end, its output thrown away. Raises `AssertionError` with what it said on an exit code
    that is none of `codes`."""
    with TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        real = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode in codes, (
            f"{command} ended with {process.returncode}: {said.read()[-2000:]}"
        )
    return Run(used.ru_utime + used.ru_stime, real, used.ru_maxrss / _MB)


def run_in_turn(
    commands: Mapping[str, Sequence[str]],
    rounds: int,
    *,
    environment: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> dict[str, list[Run]]:
    """Each program in turn, so that a machine whose speed drifts drifts for all; a first round is not counted."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            finished = run(command, environment=environment, codes=codes)
            if number:  # the first brings files into memory and compiles modules
                found[name].append(finished)
    return found


def ratios(runs: Sequence[Run], floor: Sequence[Run]) -> tuple[float, ...]:
    """The processor time of each run against that of the floor in the same round."""
    return tuple(one.processor / other.processor for one, other in zip(runs, floor, strict=True))


def peak(runs: Sequence[Run]) -> float:
    """The most memory of any of the runs, in MB."""
    return max(finished.memory for finished in runs)


def own_peak() -> float:
    """The most memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB


def installed_environment() -> dict[str, str]:
    """The environment in which Python keeps compiled modules, as it does for an installed program."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def report(row: Row) -> None:
    """Prints a row; where `run.py` runs the benchmark, it has the row for its table."""
    goal = f"   goal {row.goal_text}" if row.goal_text else ""
    print(f"  {row.work:<60} {row.measured} of {row.against}{goal}", flush=True)
    if path := os.environ.get(_ROWS):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row)) + "\n")


def read_rows(path: Path) -> list[Row]:
    """The rows that benchmarks run with `rows_environment` reported."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = [json.loads(line) for line in lines]
    return [Row(**{**row, "ratios": tuple(row["ratios"]), "goal": Goal(**row["goal"])}) for row in found]


def rows_environment(path: Path) -> dict[str, str]:
    return {**installed_environment(), _ROWS: str(path)}


def table(rows: Sequence[Row]) -> str:
    """The rows as the table of the README."""
    lines = [f"| {row.work} | {row.against} | {row.measured} | {row.goal_text} |" for row in rows]
    return "\n".join(["| what | against | measured | goal |", "|---|---|---|---|", *lines])
