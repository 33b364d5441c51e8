"""What an engine spills is its owner's alone, and outlives no program."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from intercom_iac.engines.scratch import scratch_folder

KILLED = """
import os, signal, sys, tempfile
tempfile.tempdir = sys.argv[1]
from intercom_iac.engines.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "spilled").mkdir()
    (folder / "spilled" / "people.tmp").write_text("ada@example.com")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_program_left_is_removed_and_what_is_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    assert (left / "spilled" / "people.tmp").exists()
    (tmp_path / "intercom-iac-duckdb-of-another-kind").mkdir()
    with scratch_folder() as first, scratch_folder() as second:
        assert not left.exists()
        assert first.exists() and second.exists()
        assert stat.S_IMODE(first.stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["intercom-iac-duckdb-of-another-kind"]
