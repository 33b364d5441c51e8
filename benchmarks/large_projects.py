"""Large projects: `check` and other commands that read all specs, as whole programs.

    python benchmarks/large_projects.py [--entries N] [--changed N] [--segments N] [--rounds N] [--before REVISION]

- `check` of N attributes, N events and N segments against itself at a revision, which is taken out of git, and
  against loading the files alone;
- `check --against` with the rule of each of N segments changed, against `breaking` on the same;
- `check`, `plan`, `fmt` and `mv` of a project with N segments against those with half of them, and the last three
  against `check`.

    python benchmarks/large_projects.py --write FOLDER [--attributes N] [--events N] [--segments N] [--rewritten]

writes such a project and nothing else; the benchmark makes its projects so, in programs of their own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import SCRIPT, installed_environment, peak, ratios, report, run_in_turn

# The last one before large projects were looked at.
BEFORE = "b7bd59fb"
# What is read with no places, and nothing checked.
LOAD = """\
import sys, yaml
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        yaml.load(file, yaml.CSafeLoader)
"""
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
        "attributes": ["attributes:", "  contact:", *lines_of(map(attribute_lines, range(size.attributes)))],
        "events": ["events:", *lines_of(map(event_lines, range(size.events)))],
        "segments": [
            "segments:",
            *lines_of(segment_lines(number, size, changed=changed) for number in range(size.segments)),
        ],
    }
    for name, lines in sections.items():
        (specs / f"{name}.yaml").write_text("\n".join(["version: 1", *lines]) + "\n")


def lines_of(entries: Iterable[list[str]]) -> list[str]:
    return [line for entry in entries for line in entry]


# --- measuring ----------------------------------------------------------------------------------------------


class Projects:
    """Projects in a folder, each made once, by a program of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, size: Size, *, rewritten: bool = False) -> str:
        name = f"{size.attributes}-{size.events}-{size.segments}{'-rewritten' if rewritten else ''}"
        folder = self._folder / name
        if not folder.exists():
            sizes = [
                part
                for key in ("attributes", "events", "segments")
                for part in (f"--{key}", str(getattr(size, key)))
            ]
            command = [sys.executable, __file__, "--write", str(folder), *sizes]
            subprocess.run([*command, *(["--rewritten"] if rewritten else [])], check=True)
        return str(folder)


def of_segments(count: int) -> Size:
    """As many attributes and events as a workspace holds, and so many segments."""
    return Size(attributes=240, events=100, segments=count)


def command(*arguments: str) -> list[str]:
    return [SCRIPT, *arguments]


def program_of(revision: str, folder: Path) -> Path | None:
    """The package as it was at a revision; None where git does not have that."""
    root = Path(__file__).parents[1]
    archive = subprocess.run(
        ["git", "-C", str(root), "archive", revision, "intercom_iac"], capture_output=True, check=False
    )
    if archive.returncode:
        return None
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder


def compare_with_itself(projects: Projects, entries: int, revision: str, rounds: int, folder: Path) -> None:
    project = projects.path(Size(entries, entries, entries))

    def check_of(package: Path) -> list[str]:
        start = f"import sys; sys.path.insert(0, {str(package)!r}); from intercom_iac.__main__ import main; main()"
        return [sys.executable, "-c", start, "check", "--project", project]

    programs = {
        "now": check_of(Path(__file__).parents[1]),
        "files": [sys.executable, "-c", LOAD, *map(str, Path(project, "specs").iterdir())],
    }
    before = program_of(revision, folder / "before")
    if before is None:
        print(f"  the revision {revision} is not in this repository: nothing to compare `check` with")
    else:
        programs["before"] = check_of(before)
    # More attributes than a workspace holds are an error, and everything is looked at all the same.
    runs = run_in_turn(programs, rounds, environment=installed_environment(), codes=(0, 3))
    if before is not None:
        report(
            "check, before",
            ratios=ratios(runs["now"], runs["before"]),
            memory=peak(runs["now"]),
            seconds=runs["now"][0].processor,
        )
    report("check, files", ratios=ratios(runs["now"], runs["files"]))


def compare_with_breaking(projects: Projects, segments: int, rounds: int) -> None:
    size = of_segments(segments)
    arguments = (
        "--project",
        projects.path(size, rewritten=True),
        "--against-folder",
        projects.path(size),
    )
    runs = run_in_turn(
        {name: command(name, *arguments) for name in ("breaking", "check")},
        rounds,
        environment=installed_environment(),
    )
    report(
        "check --against",
        ratios=ratios(runs["check"], runs["breaking"]),
        memory=peak(runs["check"]),
        seconds=runs["check"][0].processor,
    )


COMMANDS: dict[str, Sequence[str]] = {
    "check": (),
    "plan": (),
    "fmt": ("--check",),
    "mv": ("attribute.contact.field_0", "first_field", "--dry-run"),
}


def compare_sizes(projects: Projects, segments: int, rounds: int) -> None:
    counts = (segments // 2, segments)
    programs = {
        f"{name} {count}": command(name, *arguments, "--project", projects.path(of_segments(count)))
        for count in counts
        for name, arguments in COMMANDS.items()
    }
    runs = run_in_turn(programs, rounds, environment=installed_environment(), codes=(0, 1))
    for name in COMMANDS:
        half, all_of_them = (runs[f"{name} {count}"] for count in counts)
        report(f"{name} of twice", ratios=ratios(all_of_them, half), memory=peak(all_of_them))
        if name != "check":
            report(f"{name} of check", ratios=ratios(all_of_them, runs[f"check {segments}"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5_000)
    parser.add_argument("--changed", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--before", default=BEFORE)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--attributes", type=int, default=240)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--segments", type=int, default=4_000)
    parser.add_argument("--rewritten", action="store_true")
    options = parser.parse_args()
    if options.write is not None:
        size = Size(options.attributes, options.events, options.segments)
        write_project(options.write, size, changed=options.rewritten)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        projects = Projects(folder)
        print(f"large projects, processor time of whole programs, {options.rounds} rounds")
        compare_with_itself(projects, options.entries, options.before, options.rounds, folder)
        compare_with_breaking(projects, options.changed, options.rounds)
        compare_sizes(projects, options.segments, options.rounds)


if __name__ == "__main__":
    main()
