"""examples/sync.sh goes its way to the end, with fewer people, and says at each step what a person would look for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.example_scripts import assert_in_order, run_example

SAID = [
    "$ intercom-iac sync contacts people --dry-run",
    "4,000 unchanged",
    "Nothing to write",
    "$ intercom-iac sync contacts people --dry-run",
    "~ 40 to update",
    "u0: free -> enterprise",
    "killed",
    "$ intercom-iac sync --auto-approve",
    "the last run was cut off: ",
    "+ 40 to send",
    "Synced: ",
    "$ intercom-iac sync --auto-approve",
    "40 sent before",
    "Nothing to write",
    "$ intercom-iac segment publish big_customers --auto-approve",
    "Published: 40 done.",
    "error[SYNC140]: `people` changes",
    "Done; 4000 people were kept in line.",
]


PROGRAM = """\
#!/bin/sh
case " $* " in
*" --parallelism 1 "*) exec "{itself}" "$@" ;;
*) exec "{warm}" "$@" ;;
esac
"""


@pytest.fixture
def programs(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Path:
    """A folder with the program that starts at once; the run that is killed is the program itself."""
    folder = tmp_path_factory.mktemp("programs")
    program = folder / "intercom-iac"
    itself = Path(sys.executable).with_name("intercom-iac")
    program.write_text(PROGRAM.format(itself=itself, warm=warm / "intercom-iac"))
    program.chmod(0o755)
    return folder


def test_people_are_kept_in_line(tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEOPLE", "4000")
    assert_in_order(run_example("sync.sh", tmp_path, programs), SAID)
