"""What `project` and `specs.load` know of the machine they run on comes through the port, or is handed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "intercom_iac"
ROOMS = ("project", "specs/load", "specs/checks", "specs/policy")
FILES = sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py"))
READS = r"\.open\(|\bopen\(|scandir|listdir|iterdir|glob\(|\.read_text\(|\.read_bytes\(|\.is_file\(|\.is_symlink\(\)"
# The port itself; and the git directory of a repository, which is no part of a project.
READERS = {"project/files.py", "project/revisions/repository.py"}


@pytest.mark.parametrize("file", FILES)
def test_no_file_of_a_project_is_read_beside_the_port(file: str) -> None:
    reads = re.search(READS, (ROOT / file).read_text("utf-8"))
    assert (reads is None) is (file not in READERS)


@pytest.mark.parametrize("file", FILES)
def test_the_environment_is_never_read(file: str) -> None:
    assert not re.search(r"os\.environ|getenv", (ROOT / file).read_text("utf-8"))
