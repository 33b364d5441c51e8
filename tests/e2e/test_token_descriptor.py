"""A token on a file descriptor: in no variable and no argument, where other processes might see it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SECRET = "dG9rOjEyMzQ1Njc4"


def test_a_child_process_takes_it(tmp_path: Path) -> None:
    """Down to the refused connection: the token was taken, and nothing tells it."""
    project = "version: 1\nworkspaces: {live: {base_url: 'http://127.0.0.1:9', app_id: abc}}\n"
    (tmp_path / "intercom-iac.yaml").write_text(project)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text("version: 1\n")
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    environment = {name: value for name, value in os.environ.items() if name != "INTERCOM_TOKEN"}
    with secret.open() as stream:
        ended = subprocess.run(
            [sys.executable, "-m", "intercom_iac", "plan"],
            cwd=tmp_path,
            env=environment | {"INTERCOM_IAC_TOKEN_FD": str(stream.fileno())},
            pass_fds=[stream.fileno()],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ended.returncode == 5, ended
    assert "cannot be reached: the connection was refused" in ended.stderr
    assert SECRET not in ended.stdout + ended.stderr
