"""`segment preview` of many segments, overlaps included, against their counts alone in one pass of DuckDB.

    python benchmarks/many_rules.py [--contacts N] [--rounds N]

The floor is the statement of `segment compile --to sql --counts`, which says nothing of overlaps, over the same
Parquet files.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import installed_environment, peak, ratios, report, run, run_in_turn
from preview import HERE, counts_alone, hand_written, preview_command, write_people

SEGMENTS = (50, 100, 200)


def write_segments(folder: Path, segments: int) -> Path:
    """A project of so many segments; the few people beside it are not asked."""
    beside = folder / f"segments{segments}"
    program = [sys.executable, str(HERE / "audience.py"), str(beside), "--contacts", "100", "--parquet"]
    run([*program, "--segments", str(segments)])
    return beside / "project"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=2)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "people")
        write_people(folder, options.contacts)
        for segments in SEGMENTS:
            project = write_segments(folder, segments)
            programs = {
                "floor": hand_written(folder, f"counts{segments}", [counts_alone(project)]),
                "preview": preview_command(folder, project=project),
            }
            found = run_in_turn(programs, options.rounds, environment=installed_environment())
            preview = found["preview"]
            report(
                f"{segments} rules",
                ratios=ratios(preview, found["floor"]),
                memory=peak(preview),
                seconds=preview[0].processor,
            )


if __name__ == "__main__":
    main()
