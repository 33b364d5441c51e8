"""A repository that others clone, with the pull requests of a forge, and a clone of it to work in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# Whoever runs the tests has settings of their own.
WHO = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **WHO},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout.strip()


class Origin:
    def __init__(self, folder: Path) -> None:
        self.bare = folder / "origin.git"
        self.work = folder / "work"
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        # As forges do: any commit may be asked for by its id.
        git(self.bare, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(folder, "clone", "--quiet", self.url, str(self.work))
        git(self.work, "checkout", "--quiet", "-B", "main")

    @property
    def url(self) -> str:
        # As a remote: a clone of a path would ignore `--depth`.
        return f"file://{self.bare}"

    def commit(self, message: str) -> None:
        git(self.work, "add", "--all")
        git(self.work, "commit", "--quiet", "--message", message)

    def push(self, branch: str) -> None:
        git(self.work, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")

    def open_pull_request(self, number: int, branch: str) -> None:
        """Makes what GitHub makes of a branch: its head, and the commit that merging it would."""
        git(self.work, "push", "--quiet", "--force", "origin", f"{branch}:refs/pull/{number}/head")
        git(self.work, "checkout", "--quiet", "--detach", "origin/main")
        git(self.work, "merge", "--quiet", "--no-ff", "--message", f"Merge {branch} into main", branch)
        git(self.work, "push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/merge")
        git(self.work, "checkout", "--quiet", branch)

    def merge(self, branch: str) -> None:
        git(self.work, "checkout", "--quiet", "main")
        git(self.work, "merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", branch)
        self.push("main")

    def sha(self, ref: str) -> str:
        return git(self.bare, "rev-parse", ref)

    def check_out(self, ref: str, into: Path, depth: int) -> str:
        """As a runner does: this commit, whose id it gives, and so many before it; all where depth is 0."""
        into.mkdir(parents=True, exist_ok=True)
        git(into, "init", "--quiet")
        git(into, "remote", "add", "origin", self.url)
        limit = [f"--depth={depth}"] if depth else []
        git(into, "fetch", "--quiet", *limit, "origin", f"+{ref}:refs/remotes/checked/out")
        git(into, "checkout", "--quiet", "--detach", "refs/remotes/checked/out")
        return git(into, "rev-parse", "HEAD")
