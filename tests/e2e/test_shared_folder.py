"""A project file that somebody else put into a shared folder: no command reads it, and no token leaves."""

from __future__ import annotations

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can give files away"
)
COMMANDS = (
    "check",
    "check --format sarif",
    "check --fix",
    "check --diff",
    "fmt --check",
    "plan",
    "plan --all",
    "plan --format markdown",
    "apply --auto-approve",
    "breaking --against HEAD",
    "explain attribute.contact.seats",
    "rule compile true --to english",
    "segment list",
    "sandbox reset",
)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def shared(scratch, asked: list[str], monkeypatch: pytest.MonkeyPatch):
    """Somebody else's project sends tokens to a listener of theirs; commands run in a folder of mine below it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers.get("Authorization", ""))
            self.send_error(401)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    scratch.write(
        {
            "intercom-iac.yaml": f"version: 1\nworkspaces: {{x: {{base_url: '{url}', token_env: MY_TOKEN}}}}\n",
            "specs/a.yaml": "version: 1\n",
            "mine/x": "",
        }
    )
    os.chown(scratch.root / "intercom-iac.yaml", 12345, 12345)
    monkeypatch.setenv("MY_TOKEN", "token-of-the-person")
    monkeypatch.chdir(scratch.root / "mine")
    yield scratch
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_reads_it(shared, asked: list[str], command: str) -> None:
    result = shared.run(command)
    assert result.code == 3
    assert f"`{shared.root / 'intercom-iac.yaml'}` belongs to the user 12345" in result.err
    assert "INTERCOM_IAC_SAFE_PROJECT=" in result.err
    assert asked == []


def test_it_is_read_where_it_is_allowed(shared, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared.run("check --project ..").code == 0
    monkeypatch.setenv("INTERCOM_IAC_SAFE_PROJECT", str(shared.root))
    assert shared.run("check").code == 0
    assert shared.run("plan").code == 4
    assert asked == ["Bearer token-of-the-person"]


def test_state_of_another_owner_is_left_alone_without_a_project(scratch, tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").unlink()
    (tmp_path / ".intercom-iac").mkdir()
    os.chown(tmp_path / ".intercom-iac", 12345, 12345)
    result = scratch.run("sandbox reset")
    assert result.code == 3
    assert "belongs to the user 12345" in result.err
