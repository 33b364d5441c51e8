"""Who oversees a sync at a terminal: what is asked, what is shown meanwhile, and how it ends."""

from __future__ import annotations

import io
from dataclasses import replace

import click
import pytest

from intercom_iac.cli.progress_bars import progress_bars
from intercom_iac.cli.sync_console import SyncConsole
from intercom_iac.diagnostics import Misuse, Unreachable
from intercom_iac.syncing import SyncedSource, SyncPlan, SyncReport
from intercom_iac.writes import Delivery, DeliveryProgress

PLAN = SyncPlan(
    record="contact",
    source="people",
    workspace="live",
    app_id="a",
    mode="upsert",
    rows=3,
    rejected=0,
    update=2,
)
REPORT = SyncReport(workspace="live", app_id="a", sources=(SyncedSource(plan=PLAN),))
DONE = Delivery(done=2, failed=0, not_tried=0)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def console(output: str = "text", *, asks: bool = True) -> SyncConsole:
    return SyncConsole(output, show_values=False, asks=asks, on_lines=False, progress=None)


def test_nobody_is_asked_where_machines_read() -> None:
    with pytest.raises(Misuse):
        console("json")


@pytest.mark.parametrize(("answer", "approved"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_somebody_at_a_terminal_is_asked(
    answer: str, approved: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert console().approve(REPORT) is approved
    assert "Make these 2 writes to live?" in capsys.readouterr().out


@pytest.mark.parametrize("stdin", [None, io.StringIO("y\n")])
def test_where_nobody_is_there_it_is_said(stdin: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", stdin)
    with pytest.raises(Misuse, match="nobody is there"):
        console().approve(REPORT)


def test_progress_is_one_line_on_a_terminal_and_a_line_now_and_then_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("intercom_iac.cli.progress_line.time.monotonic", lambda: now[0])
    terminal = Terminal()
    for stream, lines in ((None, 1), (terminal, 0)):
        if stream is not None:
            monkeypatch.setattr("sys.stderr", stream)
        followed = console()
        for done in range(0, 100, 10):
            now[0] += 4
            followed.follow(
                DeliveryProgress(
                    total=100, done=done, failed=0, not_tried=100 - done, rate=2.5, seconds_left=40
                )
            )
        printed = capsys.readouterr().err if stream is None else terminal.getvalue()
        assert printed.count("\n") == lines
    assert terminal.getvalue().count("\r") == 10
    # The outcome of a run that was stopped begins a line of its own.
    followed.conclude(replace(REPORT, outcome=replace(DONE, not_tried=1, interrupted=True)))
    assert terminal.getvalue().endswith(" left\n")


def test_the_line_of_progress_is_ended_once_and_never_left_half_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("intercom_iac.cli.progress_line.time.monotonic", lambda: now[0])
    for done, interrupted in ((10, False), (7, True)):
        terminal = Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        followed = console()
        for _ in range(2):
            now[0] += 4
            followed.follow(
                DeliveryProgress(
                    total=10, done=done, failed=0, not_tried=10 - done, rate=None, seconds_left=None
                )
            )
        delivery = Delivery(done=done, failed=0, not_tried=10 - done, interrupted=interrupted)
        followed.conclude(replace(REPORT, outcome=delivery))
        assert terminal.getvalue().count("\n") == 1
        assert terminal.getvalue().endswith("written\n")


def test_the_plan_begins_on_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("intercom_iac.cli.progress_bars.time.monotonic", lambda: now[0])
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("sys.stdout", terminal)
    with progress_bars() as bars:
        reviewed = SyncConsole("text", show_values=False, asks=False, on_lines=False, progress=bars)
        reviewed.watch("looking for contacts", 0.0)
        now[0] += 2
        reviewed.watch("looking for contacts", 1.0)
        reviewed.review(REPORT)
        shown = terminal.getvalue()
        reviewed.watch("planning", 1.0)
    assert "looking for contacts" in shown
    assert "\ncontacts of people -> live" in click.unstyle(shown)
    assert terminal.getvalue() == shown


@pytest.mark.parametrize(
    ("report", "code", "detailed"),
    [
        (None, 1, 1),
        (REPORT, 0, 2),
        (replace(REPORT, outcome=DONE), 0, 2),
        (replace(REPORT, outcome=replace(DONE, done=1, failed=1)), 1, 1),
        (replace(REPORT, outcome=replace(DONE, done=0, not_tried=2, interrupted=True)), 1, 1),
        (replace(REPORT, outcome=replace(DONE, not_tried=1, stopped=Unreachable("no answer"))), 5, 5),
        (replace(REPORT, changed_meanwhile=1, outcome=DONE), 1, 1),
        (replace(REPORT, sources=(SyncedSource(plan=replace(PLAN, rejected=1)),)), 1, 1),
        (replace(REPORT, sources=(SyncedSource(plan=replace(PLAN, update=0)),)), 0, 0),
    ],
)
def test_how_it_ends(report: SyncReport | None, code: int, detailed: int) -> None:
    assert console().finish(report, detailed_exitcode=False) == code
    assert console().finish(report, detailed_exitcode=True) == detailed
