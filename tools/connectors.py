"""Installs the connectors that tests/contract/test_connectors.py runs, each in an environment of its own.

Both say which Pythons they are for, and those are older than some that this project runs on: one that fits is taken
from the running one, the PATH and pyenv's.

    python tools/connectors.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "tests" / "contract" / "connectors"
CONNECTORS = ("singer", "airbyte")
PYTHONS = ("3.11", "3.10")
"""What the pinned versions are for, the best first."""


def main() -> None:
    """Raises SystemExit where no Python fits, CalledProcessError where pip fails."""
    python = next(_fitting(), None)
    if python is None:
        sys.exit(f"the connectors need Python {' or '.join(PYTHONS)}, and none is on the PATH or in pyenv")
    for name in CONNECTORS:
        _install(python, FOLDER / f".venv-{name}", FOLDER / f"{name}.txt")


def _install(python: str, environment: Path, requirements: Path) -> None:
    ready, wanted = environment / ".ready", requirements.read_text(encoding="utf-8")
    if ready.is_file() and ready.read_text(encoding="utf-8") == wanted:
        return
    print(f"installing {requirements.name} into {environment.name}", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", environment], check=True)
    pip = [environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--requirement", requirements], check=True)
    ready.write_text(wanted, encoding="utf-8")


def _fitting() -> Iterator[str]:
    for version in PYTHONS:
        if sys.version_info[:2] == tuple(map(int, version.split("."))):
            yield sys.executable
        if found := shutil.which(f"python{version}"):
            yield found
        pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
        yield from map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python")))


if __name__ == "__main__":
    main()
