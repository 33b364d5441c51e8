"""What use-cases tell while they are at work is on standard error, each notice in words of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.application.notices import (
    ApplyCutOff,
    CacheSetAside,
    CallsAhead,
    CallsMade,
    ComparedWithFiles,
    DaysCounted,
    DecidedBefore,
    FilesNotGiven,
    ListsInPart,
    NotCounted,
    Notice,
    PublishCutOff,
    RunTakenOver,
    SegmentsLeftOut,
    SlowCall,
    SpecsNotRead,
    UnreadableJournal,
    UnverifiedRemarks,
    WritesTo,
    WriteUnderWay,
)
from intercom_iac.application.rules.evaluation_day import EvaluationDay
from intercom_iac.applying import AbandonedApply
from intercom_iac.cli.notices import print_notice
from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import LockHolder

DAY = EvaluationDay(date(2026, 1, 31), ZoneInfo("UTC"), "as --timezone says", matters=True)
UNKNOWN = EvaluationDay(date(2026, 1, 31), ZoneInfo("UTC"), "live", matters=True, problem="no answer")
SAID = [
    (SlowCall("waiting"), "waiting\n"),
    (
        CallsAhead(30, "live"),
        "reading `live`: 30 calls of the API, and one for each further page of its lists\n",
    ),
    (CallsMade(1, 22), ""),
    (SpecsNotRead(1), "warning: the specs have 1 error, so what their rules read is not known\n"),
    (
        NotCounted(("segment.a",), 20),
        "note: a plan counts people at 20 addresses at most: not counted at `segment.a`\n",
    ),
    (WriteUnderWay(LockHolder("7")), "an apply is under way (process 7)"),
    (ApplyCutOff(AbandonedApply("own", 7, 1, 2, (), (), ())), "the last apply to `own` was cut off"),
    (ListsInPart({"tags": 2}), "warning: 2 contacts list only the first tags, and the rules see no others"),
    (PublishCutOff(3, 8), "the last publish was cut off with 3 of 8 writes done"),
    (
        DecidedBefore(("a", "b")),
        "decided before what their rules ask for is written: `a` and `b`; another run",
    ),
    (
        CacheSetAside(Path("a.unreadable")),
        "warning: the cache could not be read, and is `a.unreadable` now\n",
    ),
    (RunTakenOver(1200), "the last run was cut off: 1200 writes done, which will not be made again\n"),
    (UnreadableJournal(IntercomIacError("it is a pipe", hint="remove it")), "help: remove it"),
    (WritesTo("abc", "Acme", "live"), "writing to the workspace abc (Acme), as `app_id` of `live` says\n"),
    (WritesTo("abc", "Acme", None), "writing to the workspace abc (Acme), on this machine\n"),
    (UnverifiedRemarks(), "is not compared again"),
    (
        FilesNotGiven(("companies", "events")),
        "warning: events are read, and without `--events` nobody has any\n",
    ),
    (
        SegmentsLeftOut(("vip", "hot")),
        "note: left out, since only Intercom can decide who belongs: `vip` and `hot`\n",
    ),
    (ComparedWithFiles("no commit"), "compared with the files as they are: no commit\n"),
    (DaysCounted(DAY), "days are counted from 2026-01-31 in UTC, as --timezone says\n"),
    (DaysCounted(UNKNOWN), "the time zone of live is not known: no answer"),
]


@pytest.mark.parametrize(("notice", "said"), SAID)
def test_a_notice_is_printed_on_standard_error(
    notice: Notice, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_notice(notice)
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_every_kind_is_printed() -> None:
    assert {type(notice) for notice, _ in SAID} == {*get_args(Notice)}
