"""Scratch git repositories, the same wherever the tests run: nobody's configuration is read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | _NOBODY
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, *names: str) -> str:
    """A commit of these files, or of all, in the repository of a folder, which is made if need be."""
    if not any((each / ".git").exists() for each in (folder, *folder.parents)):
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "--", *(names or (".",)))
    git(folder, "commit", "-q", "--allow-empty", "-m", "a change")
    return git(folder, "rev-parse", "HEAD")
