"""What the tests share: projects in a scratch folder, the command line in this process, and no quiet skips in CI."""

from __future__ import annotations

import gc
import json
import os
import shlex
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# What skips say that want data which is no part of the checkout.
BESIDE_THE_CHECKOUT = (
    "the official API description",
    "the recordings of the real API",
    "the corpus of real tracking plans",
)

# Python is often told to write no bytecode, as in containers. Each program that a test starts would compile hundreds
# of modules then, more work than most of them do: it is kept for the run, away from the sources.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# `make fuzz`: other examples each time, and more of them (`generators.examples`).
settings.register_profile("fuzz", settings.get_profile("suite"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_configure() -> None:
    """Signals do what they do for a program started from a terminal, in the programs that tests start too.

    Under `nohup`, in a script that ignores them and in the background of one, the tests inherit that they are ignored
    or held back, and what they start would.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, handler)


def pytest_collection_finish() -> None:
    """Seventeen thousand tests are half a million objects that stay: the collector need not go through them each time
    that a test makes many of its own, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Where INTERCOM_IAC_NO_SKIPS is set, as in CI, what would be skipped for want of a tool fails with its reason.

    The data that lies beside the checkout, or does not, is no tool that CI could install: Intercom's API description,
    recordings of the API, and tracking plans.
    """
    report = yield
    if (
        report.skipped
        and os.environ.get("INTERCOM_IAC_NO_SKIPS")
        and not any(data in str(report.longrepr) for data in BESIDE_THE_CHECKOUT)
    ):
        report.outcome = "failed"
    return report


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Scratch:
    """A project in a folder of its own."""

    root: Path
    _run: Callable[[list[str]], Result]

    def write(self, files: Mapping[str, str]) -> Scratch:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        return self

    def spec(self, text: str, name: str = "example.yaml") -> Scratch:
        """One spec file; `version: 1` is put before it."""
        return self.write({f"specs/{name}": f"version: 1\n{text}"})

    def run(self, command: str, *more: str) -> Result:
        """A command as a shell would split it, then further arguments as they are."""
        return self._run([*shlex.split(command), *more])

    def apply(self, *more: str) -> Result:
        result = self.run("apply --auto-approve", *more)
        assert result.code == 0, result
        return result

    def plan(self, *more: str) -> Any:
        result = self.run("plan --format json", *more)
        assert result.code == 0, result
        return result.json


PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scratch:
    """An empty project on the embedded workspace; commands run in its folder, in this process."""
    from intercom_iac.cli import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("INTERCOM_TOKEN", raising=False)
    monkeypatch.delenv("INTERCOM_IAC_TOKEN_FD", raising=False)
    # Calls are tried as often as ever, without the pauses between: tests/unit/workspace holds how long those are.
    monkeypatch.setattr("intercom_iac.workspace.client.client._FIRST_PAUSE", 0.001)

    def call(arguments: list[str]) -> Result:
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return Scratch(tmp_path, call).write({"intercom-iac.yaml": PROJECT, "specs/.keep": ""})
