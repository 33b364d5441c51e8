"""Whole programs side by side: processor time and peak memory of each, and the ratio of each pair of runs.

Whoever imports this imports nothing large: the peak of a program begins with that of the one that started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile

from table import MISSED, ROWS, Measurement

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
    return peak_of(os.getpid())


def peak_of(process: int) -> float:
    """The most memory of a process that runs, in MB; that of `run` begins with the one that started it."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / _MB


def installed_environment() -> dict[str, str]:
    """The environment in which Python keeps compiled modules, as it does for an installed program."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def report(
    name: str,
    *,
    ratios: Sequence[float] = (),
    memory: float | None = None,
    seconds: float | None = None,
    exponent: float | None = None,
    figures: str = "",
) -> None:
    """Prints a row of the table by its name; where `run.py` runs the benchmark, it has what was measured.
    Sizes that were given as arguments are named, because the row says those of the table."""
    row = ROWS[name]
    found = Measurement(
        ratios=tuple(ratios), memory=memory, seconds=seconds, exponent=exponent, figures=figures
    )
    against = f", against {row.against}" if row.against else ""
    goal = f"; goal {row.goal.text}" if row.goal.text else ""
    missed = "" if row.goal.is_met(found) else MISSED
    sizes = f" ({' '.join(sys.argv[1:])})" if sys.argv[1:] else ""
    print(f"  {row.work}: {found.text}{against}{goal}{missed}{sizes}", flush=True)
    if path := os.environ.get(_ROWS):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, **asdict(found)}) + "\n")


def read_measurements(path: Path) -> dict[str, Measurement]:
    """What benchmarks that were run with `rows_environment` reported, by the names of rows."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found: dict[str, Measurement] = {}
    for line in lines:
        row = json.loads(line)
        name = row.pop("name")
        found[name] = Measurement(**{**row, "ratios": tuple(row["ratios"])})
    return found


def rows_environment(path: Path) -> dict[str, str]:
    return {**installed_environment(), _ROWS: str(path)}
