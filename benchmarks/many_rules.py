"""`segment preview` of many segments, overlaps included, against their counts alone in one pass of DuckDB.

    python benchmarks/many_rules.py [--contacts N] [--rounds N]

The floor is the statement of `segment compile --to sql --counts`, which says nothing of overlaps, over the same
Parquet files. Goals: 2x with 50 segments, 3x with 100, 5x with 200.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import SCRIPT, Goal, Row, installed_environment, peak, ratios, report, run, run_in_turn
from preview import HERE, hand_written, preview_command, write_people

GOALS = {50: Goal(2), 100: Goal(3), 200: Goal(5)}


def write_segments(folder: Path, segments: int) -> Path:
    """A project of so many segments; the few people beside it are not asked."""
    beside = folder / f"segments{segments}"
    program = [sys.executable, str(HERE / "audience.py"), str(beside), "--contacts", "100", "--parquet"]
    run([*program, "--segments", str(segments)])
    return beside / "project"


def counts_alone(project: Path) -> str:
    asked = ["--to", "sql", "--dialect", "duckdb", "--counts", "--today", "2026-06-01", "--timezone", "UTC"]
    command = [SCRIPT, "segment", "compile", "--project", str(project), *asked]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=2)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "people")
        write_people(folder, options.contacts)
        for segments, goal in GOALS.items():
            project = write_segments(folder, segments)
            programs = {
                "floor": hand_written(folder, f"counts{segments}", [counts_alone(project)]),
                "preview": preview_command(folder, project=project),
            }
            found = run_in_turn(programs, options.rounds, environment=installed_environment())
            report(
                Row(
                    work=f"`segment preview`, {segments} rules, overlaps, {options.contacts:,} contacts",
                    against="counts alone, one pass of DuckDB",
                    ratios=ratios(found["preview"], found["floor"]),
                    goal=goal,
                    memory=peak(found["preview"]),
                )
            )


if __name__ == "__main__":
    main()
