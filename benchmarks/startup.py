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

from measuring import NOTHING, SCRIPT, installed_environment, peak, ratios, report, run_in_turn
from table import TABLE

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
# What rows are called after how the command was installed; the others are called what is run in the project.
OLD = ", old pip"
ROWS = tuple(TABLE["startup.py"])


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
        for row in ROWS:
            script = str(old_script) if row.endswith(OLD) else SCRIPT
            commands[row] = [script, *row.removesuffix(OLD).split()]
        os.chdir(folder)
        runs = run_in_turn(commands, rounds, environment=environment)
        os.chdir(ROOT)
    for row in ROWS:
        if row.endswith(OLD):
            floor = row.removesuffix(OLD)
        else:
            floor = "check" if row == "check --format json" else "python -c pass"
        report(row, ratios=ratios(runs[row], runs[floor]), memory=peak(runs[row]))


if __name__ == "__main__":
    main()
