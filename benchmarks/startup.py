"""How long the program takes to answer, against a bare `python -c pass` in the same run.

Goals: `--version` at most 1.3x, `--help` at most 4.5x.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROUNDS = 25
SCRIPT = str(Path(sys.executable).with_name("intercom-iac"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "intercom-iac --version": [SCRIPT, "--version"],
    "intercom-iac --help": [SCRIPT, "--help"],
    "intercom-iac check --help": [SCRIPT, "check", "--help"],
}


def seconds(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    for command in COMMANDS.values():
        seconds(command)
    # In turn, so that a machine whose speed drifts drifts for all of them.
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            taken[name].append(seconds(command))
    floor = median(taken["python -c pass"])
    print(f"start-up, median of {ROUNDS}")
    for name, each in taken.items():
        print(f"  {name:<28} {1000 * median(each):6.1f} ms  {median(each) / floor:5.2f}x")


if __name__ == "__main__":
    main()
