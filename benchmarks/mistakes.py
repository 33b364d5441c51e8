"""`check` of projects with thousands of mistakes, against the same projects without them.

Files and entries are as many and as long on both sides.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from growing import attributes, lines, options, write
from measuring import SCRIPT, installed_environment, peak, ratios, report, run_in_turn


def of_options(count: int, text: str) -> str:
    """One rule that lists so many values; an attribute has 500 options."""
    listed = ", ".join(text.format(number % 500) for number in range(count))
    return options(500, f"plan in ({listed})")


def of_attributes(count: int, text: str) -> str:
    named = (f"{text.format(number % 250)} > {number}" for number in range(count))
    users = (f"  user_{n}: {{name: User {n}, rule: '{rule}'}}\n" for n, rule in enumerate(named))
    return attributes(250) + "segments:\n" + "".join(users)


def of_segments(count: int, text: str) -> str:
    declared = lines(count, "  segment_@: {name: Segment @, rule: field_1 > @}\n")
    users = lines(count, f"  user_@: {{name: User @, rule: 'segment {text.format('@')}'}}\n")
    return attributes(250) + "segments:\n" + declared + users


def of_comments(count: int, text: str) -> str:
    return "version: 1\nattributes:\n  contact:\n" + lines(
        count, f"    field_@: {{type: integer}}  # {text}: the app has sent it so\n"
    )


# The row, what makes the specs, how it is written with and without the mistake, and how many there are.
KINDS: dict[str, tuple[Callable[[int, str], str], str, str, int]] = {
    "options": (of_options, "optn_{}", "option_{}", 8_000),
    "attributes": (of_attributes, "feild_{}", "field_{}", 2_000),
    "segments": (of_segments, "segmetn_{}", "segment_{}", 2_000),
    "silences": (of_comments, "intercom-iac: ignore LINT551", "an ordinary comment, no code", 8_000),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"check with mistakes, processor time against check without, {rounds} rounds")
    for row, (make, wrong, right, count) in KINDS.items():
        with tempfile.TemporaryDirectory() as name:
            commands: dict[str, tuple[str, ...]] = {}
            for side, text in {"with": wrong, "without": right}.items():
                write(Path(name) / side, {"specs/all.yaml": make(count, text)})
                commands[side] = (SCRIPT, "--project", str(Path(name) / side), "check")
            found = run_in_turn(commands, rounds, environment=installed_environment(), codes=(0, 3))
        report(
            row,
            ratios=ratios(found["with"], found["without"]),
            memory=peak(found["with"]),
            seconds=found["with"][0].processor,
        )


if __name__ == "__main__":
    main()
