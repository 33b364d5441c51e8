"""The README's table of benchmarks has the rows, the floors and the goals that the benchmarks have."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[3]
BENCHMARKS = ROOT / "benchmarks"
DECLARED = runpy.run_path(str(BENCHMARKS / "table.py"))


def test_the_readme_shows_the_table() -> None:
    _, head, rest = (ROOT / "README.md").read_text("utf-8").partition(DECLARED["HEAD"])
    shown = head + rest.partition("\n\n")[0]
    # What nobody measured now stays as it was: the measured column, and whether the goal was missed.
    assert shown == DECLARED["table"]({}, before=shown.splitlines()[2:])


def test_rows_are_told_apart_by_their_names_and_by_what_they_say() -> None:
    rows = [row for rows in DECLARED["TABLE"].values() for row in rows.values()]
    assert len(rows) == len(DECLARED["ROWS"]) == len({(row.work, row.against) for row in rows})


def test_each_benchmark_that_reports_is_in_the_table() -> None:
    reporting = {
        path.name
        for path in BENCHMARKS.glob("*.py")
        if path.name != "measuring.py" and "report(" in path.read_text("utf-8")
    }
    assert reporting == set(DECLARED["TABLE"])
