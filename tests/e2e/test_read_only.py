"""An embedded workspace that cannot be written to: it is planned with, and a change to it is refused in words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Root may write everywhere but where it gives that up.
POWERS = "-dac_override,-dac_read_search"
GIVEN_UP = ["setpriv", f"--bounding-set={POWERS}", f"--inh-caps={POWERS}"] if os.geteuid() == 0 else []

pytestmark = pytest.mark.skipif(
    bool(GIVEN_UP) and shutil.which("setpriv") is None, reason="root, and no setpriv to be somebody less"
)


@pytest.fixture
def project(scratch) -> Iterator[object]:
    scratch.spec("attributes: {contact: {tier: {type: string}}}\n")
    scratch.apply()
    scratch.spec("attributes: {contact: {tier: {type: string}, seats: {type: integer}}}\n")
    # The journal has a place of its own to be in, which can be written.
    (scratch.root / ".intercom-iac" / "sandbox.db").rename(scratch.root / "db")
    (scratch.root / "kept").mkdir()
    (scratch.root / "db").rename(scratch.root / "kept" / "work.db")
    scratch.write({"intercom-iac.yaml": "version: 1\nworkspaces: {sandbox: {sandbox: kept/work.db}}\n"})
    yield scratch
    (scratch.root / "kept").chmod(0o755)


def ended(project, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GIVEN_UP, sys.executable, "-m", "intercom_iac", *command.split()],
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def read_only_file(kept: Path) -> None:
    (kept / "work.db").chmod(0o444)


def read_only_folder(kept: Path) -> None:
    kept.chmod(0o555)


def both(kept: Path) -> None:
    read_only_file(kept)
    read_only_folder(kept)


@pytest.mark.parametrize("made", [read_only_file, read_only_folder, both])
def test_it_is_planned_with_and_not_applied_to(project, made: Callable[[Path], None]) -> None:
    made(project.root / "kept")
    planned = ended(project, "plan --detailed-exitcode")
    assert (planned.returncode, planned.stderr) == (2, "")
    assert "+ attribute.contact.seats" in planned.stdout
    applied = ended(project, "apply --auto-approve")
    assert applied.returncode == 1
    assert "kept/work.db` cannot be stored: attempt to write a readonly database" in applied.stdout
    assert "Stopped: 0 done, 1 failed, 0 not tried." in applied.stdout
    assert "Traceback" not in applied.stderr
    assert ended(project, "plan").stdout == planned.stdout


def test_what_stands_in_the_log_alone_is_not_left_out(project) -> None:
    kept = project.root / "kept"
    with sqlite3.connect(kept / "work.db") as writing:
        writing.execute("insert into meta values ('more', 'x')")
        writing.commit()
        log = (kept / "work.db-wal").read_bytes()
    writing.close()
    (kept / "work.db-wal").write_bytes(log)
    both(kept)
    refused = ended(project, "plan")
    assert refused.returncode == 1
    assert "what was written last stands in `work.db-wal`" in refused.stderr


def test_there_is_none_to_be_made(project) -> None:
    kept = project.root / "kept"
    (kept / "work.db").unlink()
    read_only_folder(kept)
    refused = ended(project, "plan")
    assert refused.returncode == 1
    assert "cannot be opened: permission denied" in refused.stderr
