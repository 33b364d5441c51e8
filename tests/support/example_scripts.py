"""The scripts of examples/, run to their end in a scratch folder, and what they have to say on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def run_example(name: str, folder: Path, programs: Path) -> str:
    """What a script prints, which ends well and leaves nothing in its folder. `programs` has the program."""
    environment = {
        **os.environ,
        "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TMPDIR": str(folder),
        "NO_COLOR": "1",
    }
    for variable in ("INTERCOM_TOKEN", "FORCE_COLOR", "GITHUB_ACTIONS"):
        environment.pop(variable, None)
    done = subprocess.run(
        ["bash", EXAMPLES / name],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert list(folder.iterdir()) == []
    return done.stdout


def assert_in_order(output: str, said: Iterable[str]) -> None:
    """Holds that the texts stand in the output, one behind the other."""
    at = 0
    for words in said:
        found = output.find(words, at)
        assert found >= 0, f"{words!r} is missing after {output[max(0, at - 200) : at]!r}"
        at = found + len(words)
