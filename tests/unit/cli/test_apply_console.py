"""The person at the terminal who oversees an apply."""

from __future__ import annotations

import io
import signal
import sys

import pytest

from intercom_iac.application import Overseer
from intercom_iac.applying import Outcome
from intercom_iac.cli.apply_console import ApplyConsole
from intercom_iac.diagnostics import Misuse

COMPLETE = Outcome(done=(), failed=None, not_tried=(), manual=())


def test_it_is_an_overseer() -> None:
    overseer: Overseer = ApplyConsole("text", asks=True)
    assert overseer


def test_machines_are_not_asked() -> None:
    ApplyConsole("json", asks=False)
    with pytest.raises(Misuse, match="nobody can be asked"):
        ApplyConsole("json", asks=True)


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_nobody_is_there_without_a_terminal(monkeypatch: pytest.MonkeyPatch, stream: object) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(Misuse, match="nobody is there"):
        ApplyConsole("text", asks=True).approve(None)  # pyright: ignore


def test_the_first_signal_asks_to_stop_and_the_second_interrupts(capfd: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with ApplyConsole("text", asks=False).interruptible() as should_stop:
        assert not should_stop()
        signal.raise_signal(signal.SIGTERM)
        assert should_stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert "stopping after the changes under way" in capfd.readouterr().err


def test_the_outcome_decides_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    console = ApplyConsole("text", asks=False)
    assert console.finish(COMPLETE) == 0
    assert capsys.readouterr() == ("", "")
    assert console.finish(None) == 1
    assert capsys.readouterr().err == "not approved: nothing was changed\n"
