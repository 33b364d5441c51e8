"""What a use-case tells while it is at work, before there is a value to return.

An adapter passes a function that takes these; each kind is for it to put into words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from intercom_iac.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from intercom_iac.applying import AbandonedApply
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.journal import LockHolder

    from .rules.evaluation_day import EvaluationDay


@dataclass(frozen=True, slots=True)
class SlowCall:
    """A call of the API takes long. Told by another thread than the one that called the use-case."""

    text: str


@dataclass(frozen=True, slots=True)
class WriteUnderWay:
    """Another process writes to the workspace now, so that a plan of it may not hold for long."""

    holder: LockHolder


@dataclass(frozen=True, slots=True)
class ApplyCutOff:
    """The last apply to the workspace was killed; this is what its journal says."""

    apply: AbandonedApply


@dataclass(frozen=True, slots=True)
class PublishCutOff:
    """The last publish to the workspace was killed with so many of its writes done."""

    done: int
    writes: int


@dataclass(frozen=True, slots=True)
class DecidedBefore:
    """Segments, by key, whose rules ask for the tag or the attribute of another one that is written now."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunTakenOver:
    """The last sync was cut off; so many of its writes are done, and are not looked at again."""

    done: int


@dataclass(frozen=True, slots=True)
class CacheSetAside:
    """What Intercom was last known to have could not be read; the file was moved to `path`."""

    path: Path


@dataclass(frozen=True, slots=True)
class UnreadableJournal:
    """What the last apply came to is not known. Nothing is planned from a journal, so it stops nothing."""

    error: IntercomIacError


@dataclass(frozen=True, slots=True)
class WritesTo:
    """A live workspace is about to be written to: its id and name as it tells them.

    `confirmed_by` is the workspace of the project file whose `app_id` says so; None for a server on this machine.
    """

    app_id: str
    name: str
    confirmed_by: str | None


@dataclass(frozen=True, slots=True)
class UnverifiedRemarks:
    """A saved plan has remarks about breaking changes, which are not compared again."""


@dataclass(frozen=True, slots=True)
class FilesNotGiven:
    """Kinds of files that the rules read and that were not given: `companies`, `events`."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListsInPart:
    """How many contacts list only the first of the `tags` or `companies` that were counted by."""

    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SegmentsLeftOut:
    """Segments, by key, that ask for one which was built in Intercom, so that nothing else can decide them."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaysCounted:
    """The day and the time zone that rules are evaluated with, where that decides whom they select.

    `moves`: the day is that of each evaluation to come, and not the one of now.
    """

    day: EvaluationDay
    moves: bool = False


@dataclass(frozen=True, slots=True)
class CallsAhead:
    """How many calls of the API a survey of a workspace makes at most, told before the first one."""

    calls: int
    workspace: str


@dataclass(frozen=True, slots=True)
class CallsMade:
    """How many of these calls are made; told after each one, by any thread."""

    calls: int
    of: int


@dataclass(frozen=True, slots=True)
class NotCounted:
    """The addresses at which a plan left people uncounted, since it makes a bounded number of searches."""

    addresses: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class SpecsNotRead:
    """The specs have so many errors, so what their rules read is not known."""

    errors: int


@dataclass(frozen=True, slots=True)
class ComparedWithFiles:
    """The workspace is compared with the specs as the files have them, since there is no revision to compare with."""

    reason: str


Notice = (
    SlowCall
    | SpecsNotRead
    | NotCounted
    | CallsAhead
    | CallsMade
    | ComparedWithFiles
    | WriteUnderWay
    | ApplyCutOff
    | PublishCutOff
    | CacheSetAside
    | DecidedBefore
    | RunTakenOver
    | UnreadableJournal
    | WritesTo
    | UnverifiedRemarks
    | FilesNotGiven
    | SegmentsLeftOut
    | ListsInPart
    | DaysCounted
)
Notify = Callable[[Notice], None]


def ignore_notice(notice: Notice) -> None:
    """Tells nobody."""
