"""`segment preview` of twenty rules over people in NDJSON, whole programs: lean contacts and as the API returns them.

    python benchmarks/people_in_lines.py [--contacts N] [--many N] [--events N] [--rounds N]

The floor is `people_by_hand.py`: the same counts by a person who knows DuckDB, who takes the files to be right.
Goals, of its processor time: 2x and 500 MB lean, 2.5x and 1 GB as the API returns contacts, 2x with events and for
five times as many contacts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measuring import SCRIPT, peak, ratios, report, run, run_in_turn

HERE = Path(__file__).parent


def write(folder: Path, contacts: int, *more: str) -> None:
    """The files, made by a program of its own."""
    run([sys.executable, str(HERE / "audience.py"), str(folder), "--contacts", str(contacts), *more])


def commands(folder: Path, *, with_events: bool = False) -> dict[str, Sequence[str]]:
    """The floor and the command on the same files."""
    by_hand = [sys.executable, str(HERE / "people_by_hand.py"), str(folder)]
    preview = [SCRIPT, "--project", str(folder / "project"), "segment", "preview", "--today", "2026-06-01"]
    preview += [
        "--contacts",
        str(folder / "contacts.ndjson"),
        "--companies",
        str(folder / "companies.ndjson"),
    ]
    if with_events:
        by_hand.append("--events")
        preview += ["--events", str(folder / "events.ndjson")]
    return {"by hand": by_hand, "preview": preview}


def refuse_unequal(floor: Sequence[str], preview: Sequence[str]) -> None:
    """The answers of both, by their numbers."""
    by_hand = subprocess.run(floor, capture_output=True, text=True, check=True).stdout.split()
    lines = subprocess.run(preview, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [line.split() for line in lines[2 : 1 + len(by_hand)]]
    found = [lines[0].split()[0], *(row[1] for row in rows)]
    assert [count.replace(",", "") for count in found] == by_hand, (found, by_hand)


def compare(row: str, folder: Path, rounds: int, *, with_events: bool = False) -> None:
    programs = commands(folder, with_events=with_events)
    refuse_unequal(programs["by hand"], programs["preview"])
    finished = run_in_turn(programs, rounds)
    preview, floor = finished["preview"], finished["by hand"]
    report(row, ratios=ratios(preview, floor), memory=peak(preview), seconds=preview[0].processor)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=1_000_000)
    arguments.add_argument("--many", type=int, default=5_000_000)
    arguments.add_argument("--events", type=int, default=3_000_000)
    arguments.add_argument("--rounds", type=int, default=2)
    options = arguments.parse_args()
    contacts, many, events = options.contacts, options.many, options.events
    print("people in NDJSON: processor time of whole programs, against the same by hand")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "lean", contacts)
        compare("lean", folder / "lean", options.rounds)
        write(folder / "events", contacts, "--events", str(events))
        compare("events", folder / "events", options.rounds, with_events=True)
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), contacts, "--shape", "api")
        compare("api", Path(name), options.rounds)
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), many)
        compare("many lean", Path(name), 1)


if __name__ == "__main__":
    main()
