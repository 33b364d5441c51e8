"""How much processor time a command takes on a small project, against a bare `python -c pass` in the same round.

    python benchmarks/startup.py [ROUNDS]

The project is this repository's own. `check --format json` is held to its text besides.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import NOTHING, SCRIPT, Goal, Row, installed_environment, peak, ratios, report, run_in_turn

ROOT = Path(__file__).parents[1]
ROUNDS = 15
# What pip before 25.2 writes for a command.
OLD_SCRIPT = """\
#!{python}
# -*- coding: utf-8 -*-
import re
import sys
from intercom_iac.__main__ import main
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit(main())
"""
# What is run in a copy of the project -> the most that it may take of `python -c pass`.
COMMANDS = {
    "--version": 1.3,
    "--help": 1.3,
    "check --help": 6,
    "check": 10,
    "check --format json": None,
    "plan": 18,
    "show plan.json": 7,
    "breaking --against-folder before": 18,
    "rule compile plan_type=trial": 12,
}


def copy_project(folder: Path) -> None:
    for name in ("intercom-iac.yaml", "specs"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    print(f"start-up, {rounds} rounds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        for project in (folder, folder / "before"):
            project.mkdir()
            copy_project(project)
        environment = installed_environment()
        subprocess.run(
            [SCRIPT, "--project", str(folder), "plan", "--out", str(folder / "plan.json")],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        old_script = folder / "old-script"
        old_script.write_text(OLD_SCRIPT.format(python=sys.executable))
        old_script.chmod(0o755)
        commands = {"python -c pass": list(NOTHING)}
        commands |= {command: [SCRIPT, *command.split()] for command in COMMANDS}
        commands |= {f"{command}, old pip": [str(old_script), command] for command in ("--version", "check")}
        os.chdir(folder)
        runs = run_in_turn(commands, rounds, environment=environment)
        os.chdir(ROOT)
    for command, goal in COMMANDS.items():
        report(
            Row(
                work=f"`{command}`",
                against="`python -c pass`",
                ratios=ratios(runs[command], runs["python -c pass"]),
                goal=Goal(ratio=goal),
                memory=peak(runs[command]),
            )
        )
    for command in ("--version", "check"):
        report(
            Row(
                work=f"`{command}` by the script of pip before 25.2",
                against="by that of later ones",
                ratios=ratios(runs[f"{command}, old pip"], runs[command]),
                goal=Goal(),
            )
        )
    report(
        Row(
            work="`check --format json`",
            against="`check` in text",
            ratios=ratios(runs["check --format json"], runs["check"]),
            goal=Goal(ratio=1.1),
        )
    )


if __name__ == "__main__":
    main()
