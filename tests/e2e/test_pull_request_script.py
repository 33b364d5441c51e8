"""examples/pull-request.sh goes its way to the end, and says at each step what a person would look for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What stands in its output, in this order.
SAID = [
    "Applied: ",
    "$ intercom-iac check --against main",
    "error[BACK703]: `attribute.contact.source`: the option `outbound` is removed",
    "$ intercom-iac breaking --against main",
    "Breaking\n  attribute.contact.source",
    "Breaking, accepted\n  attribute.contact.source",
    "$ intercom-iac plan --out plan.json",
    "saved the plan: intercom-iac apply plan.json",
    "$ intercom-iac show plan.json --format markdown",
    "<!-- intercom-iac plan sandbox -->",
    "$ intercom-iac apply plan.json",
    "Applied: 3 done.",
    "attribute.contact.job_role: Edited by hand",
    "$ intercom-iac apply plan.json",
    "error[PLAN608]: the workspace has changed since the plan was made: attribute.contact.job_role has changed",
    "All of that was in ",
]


def test_from_the_branch_to_a_stale_plan(tmp_path: Path, warm: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{warm}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TMPDIR": str(tmp_path),
        "NO_COLOR": "1",
    }
    for name in ("INTERCOM_TOKEN", "FORCE_COLOR", "GITHUB_ACTIONS"):
        environment.pop(name, None)
    done = subprocess.run(
        ["bash", ROOT / "examples" / "pull-request.sh"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    at = 0
    for each in SAID:
        found = done.stdout.find(each, at)
        assert found >= 0, f"{each!r} is missing after {done.stdout[max(0, at - 200) : at]!r}"
        at = found + len(each)
    assert list(tmp_path.iterdir()) == []
