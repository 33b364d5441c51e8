"""Large projects: `check` and what else reads all specs, whole programs.

    python benchmarks/large_projects.py write FOLDER --entries N [--files N] [--changed]

writes a project of N attributes, N events and N segments.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import chain as _chain
from pathlib import Path

chain = _chain.from_iterable


PROJECT = """\
version: 1
specs: specs
timezone: UTC
workspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}
"""
PLANS = ("free", "trial", "pro", "enterprise")
KINDS = ("options", "integer", "float", "date", "boolean", "string")


@dataclass(frozen=True, slots=True)
class Size:
    """How many entries of each kind a project has."""

    attributes: int
    events: int
    segments: int


def attribute_lines(number: int) -> list[str]:
    kind = KINDS[number % len(KINDS)]
    return [
        f"    field_{number}:",
        f"      type: {kind}",
        *([f"      options: [{', '.join(PLANS)}]"] if kind == "options" else []),
        f"      description: What field {number} says, and where it comes from",
        f"      owner: team_{number % 20}",
    ]


def event_lines(number: int) -> list[str]:
    return [
        f"  event_{number}:",
        f"    description: Step {number} was taken",
        "    metadata:",
        "      pages: {type: integer, description: Pages}",
        "      from: {type: string, description: Where it began}",
    ]


def clause(number: int) -> str:
    """A clause on an attribute of the type that the number of the attribute says."""
    match KINDS[number % len(KINDS)]:
        case "options":
            return f"field_{number} = {PLANS[number // 6 % 4]}"
        case "integer":
            return f"field_{number} > {number % 90}"
        case "float":
            return f"field_{number} < {number % 90}.5"
        case "date":
            return f"field_{number} within last {1 + number % 60} days"
        case "boolean":
            return f"not field_{number}" if number // 6 % 2 else f"field_{number}"
        case _:
            return f"field_{number} contains part{number % 7}"


def rule(number: int, project: Size, *, changed: bool = False) -> str:
    """Three or four clauses, on attributes and an event, as lifecycle teams write them."""
    shift = number // project.attributes * 17
    first, second, third = (
        clause((number * step + place + shift) % project.attributes) for place, step in enumerate((1, 7, 31))
    )
    last = f"event event_{number % project.events} within last {7 + number % 21 + changed} days"
    match number % 5:
        case 0:
            return f"({first} or {second}) and {third} and {last}"
        case 1:
            return f"{first} and not {last}"
        case _:
            return f"{first} and {second} and {last}"


def segment_lines(number: int, project: Size, *, changed: bool) -> list[str]:
    return [
        f"  segment_{number}:",
        f"    name: Segment {number}",
        f"    rule: {rule(number, project, changed=changed)}",
        f"    description: Whom campaign {number} is for",
        f"    owner: team_{number % 20}",
    ]


def write_project(folder: Path, size: Size, *, changed: bool = False) -> None:
    """A project of this size, with a file of each section; `changed`: the rule of each segment is another."""
    specs = folder / "specs"
    specs.mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text(PROJECT)
    sections = {
        "attributes": ["attributes:", "  contact:", *chain(map(attribute_lines, range(size.attributes)))],
        "events": ["events:", *chain(map(event_lines, range(size.events)))],
        "segments": [
            "segments:",
            *chain(segment_lines(number, size, changed=changed) for number in range(size.segments)),
        ],
    }
    for name, lines in sections.items():
        (specs / f"{name}.yaml").write_text("\n".join(["version: 1", *lines]) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("write")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--attributes", type=int, default=240)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--segments", type=int, default=5000)
    parser.add_argument("--changed", action="store_true")
    o = parser.parse_args()
    write_project(o.folder, Size(o.attributes, o.events, o.segments), changed=o.changed)


if __name__ == "__main__":
    main()
