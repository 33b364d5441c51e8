"""The README and docs/performance.md show the rows, floors and goals that the benchmarks have."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BENCHMARKS = ROOT / "benchmarks"
DECLARED = runpy.run_path(str(BENCHMARKS / "table.py"))
README, PERFORMANCE = ROOT / "README.md", ROOT / "docs" / "performance.md"


def rows(page: Path) -> list[str]:
    """The lines of the tables of benchmarks."""
    tables = page.read_text("utf-8").split(DECLARED["HEAD"])[1:]
    return [line for table in tables for line in table.partition("\n\n")[0].splitlines()[2:]]


@pytest.mark.parametrize("page", [README, PERFORMANCE], ids=lambda page: page.name)
def test_pages_show_what_the_benchmarks_declare(page: Path) -> None:
    text = page.read_text("utf-8")
    # With nothing measured, the column of what was measured stays as it is, and all else is as it is declared.
    assert text == DECLARED["fill_tables"](text, {})
    assert len(rows(page)) == len(DECLARED["ROWS"])


def test_both_pages_show_the_same_figures() -> None:
    assert sorted(rows(README)) == sorted(rows(PERFORMANCE))


def test_rows_are_told_apart_by_their_names_and_by_what_they_say() -> None:
    declared = [row for rows in DECLARED["TABLE"].values() for row in rows.values()]
    assert len(declared) == len(DECLARED["ROWS"]) == len({(row.work, row.against) for row in declared})


def test_what_is_measured_is_put_into_the_row_and_held_to_its_goal() -> None:
    measurement = DECLARED["Measurement"]
    found = {
        "lean": measurement(ratios=(2.5,), memory=400.0),
        "api": measurement(ratios=(1.0,), memory=1_100.0),
    }
    lines = DECLARED["table"](found, ["lean", "api", "many lean"]).splitlines()[2:]
    assert [line.split(" | ")[2:] for line in lines] == [
        ["2.50x, 400 MB", "2x, 500 MB, missed |"],
        ["1.00x, 1.1 GB", "2.5x, 1 GB, missed |"],
        ["not measured", "2x |"],
    ]


def test_each_benchmark_that_reports_is_in_the_table() -> None:
    calls = re.compile(r"^ +report\(", re.MULTILINE)
    reporting = {path.name for path in BENCHMARKS.glob("*.py") if calls.search(path.read_text("utf-8"))}
    assert reporting == set(DECLARED["TABLE"])
