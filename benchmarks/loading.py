"""Loading 2,000 spec files: our builder, with positions and duplicate keys, against PyYAML's C loader without.

    python benchmarks/loading.py [--files N] [--rounds N]

Both read the same texts from memory, turn by turn in one process; the ratio is that of their medians.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable

import yaml
from measuring import own_peak, report

from intercom_iac.specs.load.entries import SpecFile
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, Mapping
from intercom_iac.yaml.validation import validate


def generated(number: int) -> str:
    """A spec file as people write them: some 41 lines of attributes, an event and a segment."""
    lines = [f"# Specs of team {number}.", "version: 1", "attributes:", "  contact:"]
    for index in range(4):
        lines += [
            f"    attribute_{number}_{index}:",
            "      type: options" if index % 2 else "      type: integer",
            *(["      options: [free, trial, pro, enterprise]"] if index % 2 else []),
            f"      description: What attribute {index} of team {number} says, and where it comes from",
            f"      owner: team_{number % 20}",
        ]
    lines += [
        "events:",
        f"  event_{number}:",
        "    description: Something happened",
        "    metadata:",
        "      feature_name: {type: string, required: true, description: The feature}",
        "      seats: {type: integer}",
        "    owner: product",
        "segments:",
        f"  segment_{number}:",
        f"    name: Segment {number}",
        "    rule: >-",
        f"      attribute_{number}_1 = trial",
        f"      and attribute_{number}_0 > 50",
        "    publish: [audience, tag]",
        "    description: |",
        "      People who are on trial",
        "      and use a lot.",
        "    owner: growth",
        "    status: active",
    ]
    return "\n".join(lines) + "\n"


def timed(work: Callable[[str], object], texts: list[str]) -> float:
    gc.collect()
    begin = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begin


def ours(text: str) -> object:
    root, diagnostics = build(SourceFile("x.yaml", text))
    assert not diagnostics
    return root


def ours_and_validated(text: str) -> object:
    file = SourceFile("x.yaml", text)
    root, _ = build(file)
    assert isinstance(root, Mapping)
    spec, diagnostics, _ = validate(Document(file, root), SpecFile)
    assert not diagnostics
    return spec


def theirs(text: str) -> object:
    return yaml.load(text, yaml.CSafeLoader)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=2_000)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    texts = [generated(number) for number in range(options.files)]
    lines = sum(text.count("\n") for text in texts)
    contestants = {"CSafeLoader": theirs, "builder": ours, "builder + models": ours_and_validated}
    for work in contestants.values():
        timed(work, texts[:50])
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(options.rounds):
        for name, work in contestants.items():
            times[name].append(timed(work, texts))
    medians = {name: statistics.median(each) for name, each in times.items()}
    print(f"loading {options.files:,} files, {lines:,} lines, medians of {options.rounds} rounds")
    for name, median in medians.items():
        print(f"  {name:18} {median * 1000:8.0f} ms   {median / medians['CSafeLoader']:.2f}x")
    for row, name in (("files", "builder"), ("models", "builder + models")):
        pairs = zip(times[name], times["CSafeLoader"], strict=True)
        report(row, ratios=[one / other for one, other in pairs], memory=own_peak())


if __name__ == "__main__":
    main()
