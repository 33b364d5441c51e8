"""What use-cases tell while they are at work, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from intercom_iac.text import printable
from intercom_iac.text.lists import brief_list

from .console import echo, plural, print_meanwhile
from .people_output import warn_of_truncated_lists

if TYPE_CHECKING:
    from intercom_iac.application import EvaluationDay


def print_notice(notice: Notice) -> None:
    """Prints what an adapter's `notify` is given."""
    match notice:
        case SlowCall(text):
            print_meanwhile(text)
        case CallsAhead() | CallsMade() | SpecsNotRead() | ComparedWithFiles() | NotCounted():
            _print_of_survey(notice)
        case WriteUnderWay(holder):
            article = "an" if holder.work == "apply" else "a"
            text = (
                f"warning: {article} {holder.work} is under way (process {holder.process}): "
                "the plan may not hold for long"
            )
            echo(text, err=True)
        case ApplyCutOff(apply):
            from intercom_iac.reporting import abandoned_apply_text

            echo(abandoned_apply_text(apply), err=True)
        case PublishCutOff(done, writes):
            text = (
                f"note: the last publish was cut off with {done:,} of {plural(writes, 'write')} done; who is to "
                "enter and to leave is found anew"
            )
            echo(text, err=True)
        case DecidedBefore(keys):
            text = (
                f"note: decided before what their rules ask for is written: {brief_list(keys)}; another run "
                "brings them in line"
            )
            echo(printable(text), err=True)
        case CacheSetAside() | RunTakenOver():
            echo(_sync_text(notice), err=True)
        case UnreadableJournal(error):
            echo(f"warning: {printable(error.message)}\n  help: {error.hint}", err=True)
        case WritesTo():
            _print_where(notice)
        case UnverifiedRemarks():
            echo(
                "note: what the plan says of breaking changes was found by `plan --against`, and is not compared "
                "again: nothing is done for it",
                err=True,
            )
        case FilesNotGiven() | SegmentsLeftOut() | DaysCounted() | ListsInPart():
            _print_of_rules(notice)


def _print_of_rules(notice: FilesNotGiven | SegmentsLeftOut | DaysCounted | ListsInPart) -> None:
    match notice:
        case FilesNotGiven(kinds):
            for kind in kinds:
                echo(f"warning: {kind} are read, and without `--{kind}` nobody has any", err=True)
        case SegmentsLeftOut(keys):
            left_out = f"note: left out, since only Intercom can decide who belongs: {brief_list(keys)}"
            echo(printable(left_out), err=True)
        case ListsInPart(counts):
            warn_of_truncated_lists(counts)
        case DaysCounted(day, moves):
            print_day(day, moves=moves)


def print_day(day: EvaluationDay, *, moves: bool = False) -> None:
    """Prints which days are counted, where that decides whom the rules select."""
    if not day.matters:
        return
    first = "the day of each run" if moves else day.today.isoformat()
    days = f"days are counted from {first} in {day.zone.key}"
    if day.problem is None:
        echo(printable(f"{days}, {day.source}"), err=True)
        return
    text = f"warning: {days}, and the time zone of {day.source} is not known: {day.problem}"
    echo(printable(text), err=True)
    echo("  help: say it with `timezone: Europe/Dublin` in the project file, or with --timezone", err=True)


def _print_of_survey(
    notice: CallsAhead | CallsMade | SpecsNotRead | ComparedWithFiles | NotCounted,
) -> None:
    match notice:
        case NotCounted(addresses, most):
            text = f"note: a plan counts people at {most} addresses at most: not counted at {brief_list(addresses)}"
            echo(printable(text), err=True)
        case ComparedWithFiles(reason):
            echo(printable(f"compared with the files as they are: {reason}"), err=True)
        case CallsAhead(calls, workspace):
            text = (
                f"reading `{workspace}`: {calls} calls of the API, and one for each further page of its lists"
            )
            echo(printable(text), err=True)
        case CallsMade():
            pass
        case SpecsNotRead(errors):
            text = f"warning: the specs have {plural(errors, 'error')}, so what their rules read is not known"
            echo(f"{text}\n  help: `check` tells them", err=True)


def _print_where(notice: WritesTo) -> None:
    reason = "on this machine"
    if notice.confirmed_by is not None:
        reason = f"as `app_id` of `{notice.confirmed_by}` says"
    echo(f"writing to the workspace {printable(f'{notice.app_id} ({notice.name})')}, {reason}", err=True)


def _sync_text(notice: CacheSetAside | RunTakenOver) -> str:
    """What a sync found of the runs before it."""
    if isinstance(notice, RunTakenOver):
        return f"the last run was cut off: {plural(notice.done, 'write')} done, which will not be made again"
    return (
        f"warning: the cache could not be read, and is `{printable(str(notice.path))}` now\n"
        "  help: all rows are compared with the workspace; events are sent again, which Intercom drops"
    )
