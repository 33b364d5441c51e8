"""500 entries put into a spec file of 5,000 lines: spliced in, against the file dumped again by ruamel.yaml.

    python benchmarks/splicing.py [--entries N] [--lines N] [--rounds N]

Both begin with the text and end with a text that has the entries in it, turn by turn in one process; the ratio is
that of their medians. ruamel.yaml keeps comments too, and nothing of how the rest was laid out. What it takes to dump
what it has read already is printed beside it.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import time
from collections.abc import Callable

from measuring import own_peak, report
from ruamel.yaml import YAML

from intercom_iac.specs import Entry, EntryUpdate, add_entries, update_entries
from intercom_iac.text import SourceFile


def file_of(lines: int) -> str:
    """A spec file of about so many lines, with comments."""
    text = ["# Attributes of people.", "version: 1", "attributes:", "  contact:"]
    number = 0
    while len(text) < lines:
        text += [
            f"    # what attribute {number} is for",
            f"    attribute_{number}:",
            "      type: options",
            "      options: [free, trial, pro, enterprise]",
            f"      description: 'What attribute {number} says: where it comes from'  # billing",
            f"      owner: team_{number % 20}",
        ]
        number += 1
    return "\n".join(text) + "\n"


def entries_of(count: int) -> list[Entry]:
    return [
        Entry(
            ("attributes", "contact", f"imported_{number}"),
            {"type": "string", "description": f"Imported attribute {number}: as Intercom has it"},
        )
        for number in range(count)
    ]


def spliced(text: str, entries: list[Entry]) -> str:
    return add_entries(SourceFile("specs/a.yaml", text), entries)


def updated(text: str, entries: list[Entry]) -> str:
    updates = [
        EntryUpdate(
            path=("attributes", "contact", f"attribute_{number}"), key="description", value="another one"
        )
        for number in range(len(entries))
    ]
    return update_entries(SourceFile("specs/a.yaml", text), updates)


def dumped(text: str, entries: list[Entry]) -> str:
    yaml = YAML()
    data = yaml.load(text)
    for entry in entries:
        data["attributes"]["contact"][entry.name] = dict(entry.data)
    written = io.StringIO()
    yaml.dump(data, written)
    return written.getvalue()


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=500)
    arguments.add_argument("--lines", type=int, default=5_000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    text, entries = file_of(options.lines), entries_of(options.entries)
    yaml = YAML()
    data = yaml.load(text)
    contestants: dict[str, Callable[[], object]] = {
        "ruamel: load, dump": lambda: dumped(text, entries),
        "ruamel: dump alone": lambda: yaml.dump(data, io.StringIO()),
        "entries added": lambda: spliced(text, entries),
        "entries updated": lambda: updated(text, entries),
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(options.rounds):
        for name, work in contestants.items():
            times[name].append(timed(work))
    medians = {name: statistics.median(rounds) for name, rounds in times.items()}
    floor = medians["ruamel: load, dump"]
    lines = text.count("\n")
    print(f"{options.entries:,} entries into a file of {lines:,} lines, medians of {options.rounds} rounds")
    for name, median in medians.items():
        print(f"  {name:20} {median * 1000:8.0f} ms   {median / floor:.2f}x")
    for name in ("entries added", "entries updated"):
        pairs = zip(times[name], times["ruamel: load, dump"], strict=True)
        report(name, ratios=[one / other for one, other in pairs], memory=own_peak())


if __name__ == "__main__":
    main()
