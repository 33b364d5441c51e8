"""examples/sync.sh goes its way to the end, with fewer people, and says at each step what a person would look for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.example_scripts import assert_in_order, run_example

SAID = [
    "$ intercom-iac sync contacts people --dry-run",
    "1,000 unchanged",
    "Nothing to write",
    "$ intercom-iac sync contacts people --dry-run",
    "~ 10 to update",
    "u0: free -> enterprise",
    "killed",
    "$ intercom-iac sync --auto-approve",
    "the last run was cut off: ",
    "+ 10 to send",
    "Synced: ",
    "$ intercom-iac sync --auto-approve",
    "10 sent before",
    "Nothing to write",
    "$ intercom-iac segment publish big_customers --auto-approve",
    "Published: 10 done.",
    "error[SYNC140]: `people` changes",
    "Done; 1000 people were kept in line.",
]


def test_people_are_kept_in_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEOPLE", "1000")
    # The program itself: one that is started beforehand goes on when it is killed.
    assert_in_order(run_example("sync.sh", tmp_path, Path(sys.executable).parent), SAID)
