"""The program as a process: start-up, completion, pipes, signals, and a workspace over HTTP."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from intercom_iac.cli.program_help import COMMANDS
from intercom_iac.sandbox import Request, Sandbox
from support.http_servers import QuietHandler, serving_requests
from support.small_project import SPEC


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


def process(arguments: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "intercom_iac", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **more},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_answer_before_heavy_imports(tmp_path: Path, option: str) -> None:
    code = (
        f"import sys; sys.argv = ['intercom-iac', '{option}']\n"
        "from intercom_iac.__main__ import main; main()\n"
        "print(sorted({'click', 'pydantic', 'httpx', 'lark', 'yaml'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert result.stdout.startswith(
        "intercom-iac 0.1.0\n" if option == "--version" else "Usage: intercom-iac"
    )
    assert result.stdout.endswith("\n[]\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_imports_click_and_little_else(tmp_path: Path, command: str) -> None:
    code = (
        f"import sys\nfrom intercom_iac.cli import run\nrun(['{command}', '--help'])\n"
        "print(sorted({'pydantic', 'httpx', 'lark', 'yaml', 'jsonschema', 'sqlite3'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert result.stdout.endswith("[]\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(tmp_path: Path, shell: str) -> None:
    script = process([], tmp_path, _INTERCOM_IAC_COMPLETE=f"{shell}_source")
    assert "_INTERCOM_IAC_COMPLETE" in script.stdout


def test_completion_offers_commands_and_options(tmp_path: Path) -> None:
    offered = process(
        [], tmp_path, _INTERCOM_IAC_COMPLETE="bash_complete", COMP_WORDS="intercom-iac pl", COMP_CWORD="1"
    )
    assert offered.stdout == "plain,plan\n"
    offered = process(
        [],
        tmp_path,
        _INTERCOM_IAC_COMPLETE="bash_complete",
        COMP_WORDS="intercom-iac plan --det",
        COMP_CWORD="2",
    )
    assert offered.stdout == "plain,--detailed-exitcode\n"


def test_output_cut_off_by_a_pipe_is_no_traceback(project) -> None:
    command = f"{sys.executable} -m intercom_iac schema | head -1"
    result = subprocess.run(
        command, shell=True, cwd=project.root, capture_output=True, text=True, check=False
    )
    assert result.stderr == ""


@contextmanager
def held_workspace(at: int, go_on: threading.Event) -> Iterator[str]:
    """The address of an embedded workspace that answers so many writes, and the others once it may go on."""
    workspace = Sandbox(None)
    writes = itertools.count(1)

    class Handler(QuietHandler):
        def answer(self) -> None:
            if self.command != "GET" and next(writes) > at:
                go_on.wait(60)
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found = workspace.handle(
                Request(self.command, url.path, dict(parse_qsl(url.query)), headers, body)
            )
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(found.body)

        do_GET = do_POST = do_PUT = do_DELETE = answer

    with workspace, serving_requests(Handler) as url:
        yield url


def test_ctrl_c_stops_an_apply_between_two_changes(project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW", "any")
    names = "".join(f"    field_{n}: {{type: string}}\n" for n in range(40))
    project.spec(f"attributes:\n  contact:\n{names}")
    go_on = threading.Event()
    with held_workspace(10, go_on) as url:
        project.write(
            {
                "intercom-iac.yaml": f"version: 1\nworkspaces: {{slow: {{base_url: '{url}', token_env: SLOW}}}}\n"
            }
        )
        with subprocess.Popen(
            [sys.executable, "-m", "intercom_iac", "apply", "--auto-approve"],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if line.startswith("  [ 3/40]"):
                    child.send_signal(signal.SIGINT)
                    break
            assert child.stderr is not None
            assert any("stopping after" in line for line in child.stderr)
            go_on.set()
            out, err = child.communicate(timeout=60)
        assert child.returncode == 1
        assert "Interrupted: " in out
        assert "not tried" in out
        assert "Traceback" not in err
        made = project.plan()
    assert 0 < made["summary"]["create"] < 38
    assert made["limits"]["attributes"]["used"] == 40 - made["summary"]["create"]


def test_a_served_sandbox_is_planned_and_applied_over_http(project, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "intercom_iac", "sandbox", "serve", "--port", "0", "--db", "served.db"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as child:
        try:
            _tour(project, child, monkeypatch)
        finally:
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=60) == 0
    gone = project.run("plan")
    assert gone.code == 5
    assert "cannot be reached: the connection was refused" in gone.err


def _tour(project, child: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert child.stdout is not None
    line = child.stdout.readline()
    url = next(word for word in line.replace(";", " ").split() if word.startswith("http://"))
    project.write(
        {"intercom-iac.yaml": f"version: 1\nworkspaces: {{live: {{base_url: '{url}', token_env: SERVED}}}}\n"}
    )
    missing = project.run("plan")
    assert missing.code == 4
    monkeypatch.setenv("SERVED", "a-very-secret-token")
    assert project.run("plan --detailed-exitcode --out plan.json").code == 2
    assert "a-very-secret-token" not in (project.root / "plan.json").read_text()
    assert project.run("apply plan.json").code == 0
    assert [each["action"] for each in project.plan()["changes"]] == ["manual"]


@pytest.mark.parametrize("group", ["", "rule", "segment", "sandbox", "sandbox segment"])
def test_a_group_without_a_command_shows_its_help(scratch, group: str) -> None:
    result = scratch.run(group)
    assert result.code == 3
    assert "Usage: intercom-iac" in result.err
    assert "error" not in result.err
